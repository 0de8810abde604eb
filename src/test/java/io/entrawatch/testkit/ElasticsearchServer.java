package io.entrawatch.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A real Elasticsearch in a process of its own, which can be killed and started again with its data. */
public final class ElasticsearchServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(6);
    private static final int MOST_STARTS = 5;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final User OBSERVER = new User("observer", "observer-of-the-test", "superuser", "");

    private final HttpClient http;
    private final String scheme;
    private final Path home;
    private int port;
    private boolean secured;
    private Process process;

    private ElasticsearchServer(Path home, HttpClient http, String scheme) {
        this.home = home;
        this.http = http;
        this.scheme = scheme;
    }

    /** A user of the server's own file, with a role given as YAML. */
    public record User(String name, String password, String roleName, String role) {}

    /** Starts one node that keeps nothing after {@link #close()}. */
    public static ElasticsearchServer start(Map<String, String> settings, User... users) throws Exception {
        ElasticsearchServer server = unpack(HttpClient.newHttpClient(), "http");
        server.begin(settings, users);
        return server;
    }

    /** The same, with security on, and able to keep roles and API keys itself. */
    public static ElasticsearchServer startWithRolesAndKeys(User... users) throws Exception {
        Map<String, String> settings = Map.of("xpack.security.enabled", "true");
        ElasticsearchServer server = unpack(HttpClient.newHttpClient(), "http");
        SecurityIndexPlugin.install(distribution(), server.home);
        server.begin(settings, users);
        return server;
    }

    /** The same behind TLS; with two addresses, of which its certificate may name one. */
    public static ElasticsearchServer startSecured(Certificates certificates, Path keystore, User... users)
            throws Exception {
        Map<String, String> settings = Map.of(
                "http.host", "[127.0.0.1, 127.0.0.2]",
                "xpack.security.enabled", "true",
                "xpack.security.http.ssl.enabled", "true",
                "resource.reload.interval.high", "1s",
                "xpack.security.http.ssl.keystore.path", "http.p12",
                "xpack.security.http.ssl.keystore.password", Certificates.PASSWORD);
        HttpClient http =
                HttpClient.newBuilder().sslContext(certificates.trusting()).build();
        ElasticsearchServer server = unpack(http, "https");
        server.secured = true;
        Files.copy(keystore, server.home.resolve("config/http.p12"));
        SecurityIndexPlugin.install(distribution(), server.home);
        server.add(OBSERVER);
        server.begin(settings, users);
        return server;
    }

    private static Path distribution() throws IOException {
        try (Stream<Path> unpacked = Files.list(Path.of("target", "elasticsearch"))) {
            return unpacked.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static ElasticsearchServer unpack(HttpClient http, String scheme) throws IOException {
        Path home = Files.createTempDirectory("entrawatch-es-");
        copy(distribution(), home);
        return new ElasticsearchServer(home, http, scheme);
    }

    private void begin(Map<String, String> settings, User... users) throws Exception {
        // The tools of the server read its settings.
        configure(settings);
        for (User user : users) {
            add(user);
        }
        Files.createDirectories(temporary());
        if (isRoot()) {
            run("chown", "-R", "nobody:nogroup", home.toString());
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        launchOnFreePorts(settings);
    }

    /** A port that was free may be taken before the server has it: then others are. */
    private void launchOnFreePorts(Map<String, String> settings) throws Exception {
        for (int tries = 1; ; tries++) {
            configure(settings);
            try {
                launch();
                return;
            } catch (IOException e) {
                boolean taken = String.valueOf(e.getMessage()).contains("BindException");
                if (!taken || tries == MOST_STARTS || settings.containsKey("http.port")) {
                    throw e;
                }
            }
        }
    }

    /** What it unpacks, which a killed one leaves. */
    private Path temporary() {
        return home.resolve("tmp");
    }

    public String address() {
        return scheme + "://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** As a power cut does it. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle child : children) {
            child.onExit().join();
        }
    }

    /** Gives a user of the server's own file another password; the running server sees it within a second or two. */
    public void setPassword(String user, String password) throws IOException, InterruptedException {
        usersTool("passwd", user, "-p", password);
    }

    /** Starts the killed node again on its data and its port. */
    public void startAgain() throws Exception {
        launch();
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    public JsonNode send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (secured) {
            String pair = OBSERVER.name() + ":" + OBSERVER.password();
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
        }
        return MAPPER.readTree(
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    /** How many documents an index pattern holds now. */
    public long count(String pattern) throws IOException, InterruptedException {
        send("POST", "/" + pattern + "/_refresh?ignore_unavailable=true", "");
        return get("/" + pattern + "/_count?ignore_unavailable=true")
                .path("count")
                .asLong();
    }

    /** The documents of an index pattern, at most 10,000. */
    public List<JsonNode> documents(String pattern) throws IOException, InterruptedException {
        count(pattern);
        List<JsonNode> documents = new ArrayList<>();
        get("/" + pattern + "/_search?size=10000&ignore_unavailable=true")
                .at("/hits/hits")
                .forEach(hit -> documents.add(hit.get("_source")));
        return documents;
    }

    /** Its settings, with ports that are free now. */
    private void configure(Map<String, String> settings) throws IOException {
        port = Integer.parseInt(settings.getOrDefault("http.port", Integer.toString(Ports.free())));
        Map<String, String> all = new TreeMap<>(Map.of(
                "node.name", "n1",
                "network.host", "127.0.0.1",
                "http.port", Integer.toString(port),
                "transport.port", Integer.toString(Ports.free()),
                "discovery.type", "single-node",
                "xpack.security.enabled", "false",
                "cluster.routing.allocation.disk.threshold_enabled", "false"));
        all.putAll(settings);
        Files.writeString(
                home.resolve("config/elasticsearch.yml"),
                all.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining("\n", "", "\n")));
        Files.createDirectories(home.resolve("config/jvm.options.d"));
        Files.writeString(
                home.resolve("config/jvm.options.d/test.options"), "-Xms512m\n-Xmx512m\n-XX:TieredStopAtLevel=1\n");
    }

    private void add(User user) throws IOException, InterruptedException {
        Files.writeString(
                home.resolve("config/roles.yml"),
                user.role() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        usersTool("useradd", user.name(), "-p", user.password(), "-r", user.roleName());
    }

    private void usersTool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(process == null ? List.of() : asTheServer());
        command.add(home.resolve("bin/elasticsearch-users").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder tool = new ProcessBuilder(command).inheritIO();
        tool.environment().put("ES_JAVA_HOME", System.getProperty("java.home"));
        tool.environment().put("HOME", home.toString());
        if (tool.start().waitFor() != 0) {
            throw new IOException(arguments[0] + " of " + arguments[1] + " failed");
        }
    }

    /** What runs the rest of a command as the user whose the server's files are. */
    private static List<String> asTheServer() {
        return isRoot() ? List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups") : List.of();
    }

    private void launch() throws Exception {
        List<String> command = new ArrayList<>(asTheServer());
        command.add(home.resolve("bin/elasticsearch").toString());
        Path log = home.resolve("out.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("ES_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("ES_TMPDIR", temporary().toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        process = builder.start();
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new IOException("Elasticsearch ended:\n" + Files.readString(log));
            }
            if (answers()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        throw new IOException("Elasticsearch does not come up:\n" + Files.readString(log));
    }

    private boolean answers() throws InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(
                        URI.create(address() + "/_cluster/health?wait_for_status=yellow&timeout=1s"))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            int status =
                    http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode();
            // With security on, who gives no name is sent away, and the server is up.
            return status == 200 || status == 401;
        } catch (IOException e) {
            return false;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        try (Stream<Path> scripts = Files.list(to.resolve("bin"))) {
            scripts.forEach(script -> script.toFile().setExecutable(true, false));
        }
        to.toFile().setReadable(true, false);
        to.toFile().setExecutable(true, false);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    @Override
    public void close() {
        try {
            if (process != null && process.isAlive()) {
                kill();
            }
            if (Files.exists(home)) {
                run("rm", "-rf", home.toString());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
