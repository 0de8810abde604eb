package io.entrawatch.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands between the job and Elasticsearch, passes everything on, and notes when the answer came that an alert is
 * written. From then on the alert is safe in Elasticsearch's log; searches find it with the next refresh.
 */
final class BulkAnswers implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CREATED = 201;
    private static final int THREADS = 4;

    private final URI elasticsearch;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;
    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private final AtomicLong alerts = new AtomicLong();

    BulkAnswers(String elasticsearch) throws IOException {
        this.elasticsearch = URI.create(elasticsearch);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** When the alert of a detection was answered whose last event is this one, in milliseconds since 1970. */
    Optional<Long> answered(String detection, String lastEvent) {
        return Optional.ofNullable(answered.get(key(detection, lastEvent)));
    }

    /** How many alerts of any detection were written. */
    long alerts() {
        return alerts.get();
    }

    private static String key(String detection, String event) {
        return detection + '/' + event;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpResponse<byte[]> answer = ask(exchange, body);
            long now = System.currentTimeMillis();
            exchange.getResponseHeaders().putAll(answer.headers().map());
            exchange.getResponseHeaders().remove("content-length");
            exchange.getResponseHeaders().remove("transfer-encoding");
            boolean silent = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.statusCode(), silent ? -1 : answer.body().length);
            if (!silent) {
                exchange.getResponseBody().write(answer.body());
            }
            if (exchange.getRequestURI().getPath().equals("/_bulk")) {
                note(body, answer.body(), now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        elasticsearch.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .ifPresent(type -> request.header("Content-Type", type));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The lines of a bulk request are an action and a document in turn; its answers are in the same order. */
    private void note(byte[] request, byte[] answer, long now) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        String[] lines = new String(request, StandardCharsets.UTF_8).split("\n");
        for (int i = 1; i < lines.length; i += 2) {
            documents.add(JSON.readTree(lines[i]));
        }
        JsonNode items = JSON.readTree(answer).path("items");
        for (int i = 0; i < items.size(); i++) {
            JsonNode document = documents.get(i);
            JsonNode events = document.at("/entrawatch/evidence/events");
            if (items.get(i).path("create").path("status").asInt() == CREATED && !events.isEmpty()) {
                alerts.incrementAndGet();
                String last = events.get(events.size() - 1).path("id").asText();
                answered.putIfAbsent(key(document.at("/rule/id").asText(), last), now);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
