package io.entrawatch.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A server that writes down what it is sent, and answers the same to all but what it was told something else for. */
final class Listener implements AutoCloseable {

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Map<String, Answer> exceptions = new ConcurrentHashMap<>();
    private final Map<String, Queue<Answer>> first = new ConcurrentHashMap<>();
    private volatile Answer answer;

    /** @param line method, path and query */
    record Request(String line, Headers headers, String body) {}

    record Answer(int status, String body) {}

    Listener(String answer) throws IOException {
        this.answer = new Answer(200, answer);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::write);
        server.start();
    }

    void answerFromNowOn(int code, String text) {
        answer = new Answer(code, text);
    }

    void answerTo(String line, int code, String text) {
        exceptions.put(line, new Answer(code, text));
    }

    void answerFirst(String line, List<Answer> answers) {
        first.put(line, new ConcurrentLinkedQueue<>(answers));
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    private void write(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(new Request(
                line,
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Answer early = first.getOrDefault(line, new ConcurrentLinkedQueue<>()).poll();
        Answer said = early != null ? early : exceptions.getOrDefault(line, answer);
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
