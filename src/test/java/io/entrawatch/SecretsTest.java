package io.entrawatch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.Certificates;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Ports;
import io.entrawatch.testkit.SecuredKafka;

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets that are planted wherever one may stand, and looked for wherever one might come out. */
@Tag("full")
class SecretsTest {

    private static final String KAFKA = "planted-in-jaas-6f20c4";
    private static final String ELASTICSEARCH = "planted-for-elasticsearch-b1977e";
    private static final String API_KEY = "planted-as-api-key-40cc1d";
    private static final String SHARED_KEY = "planted-for-event-hubs-93ee52=";
    private static final List<String> PLANTED =
            List.of(KAFKA, ELASTICSEARCH, API_KEY, SHARED_KEY, Certificates.PASSWORD);

    private static final Instant BEGIN = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private static Path directory;

    private final Map<String, String> shown = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    void noSecretIsShownAnywhere() throws Exception {
        Certificates certificates = Certificates.in(directory.resolve("ours"));
        Path keystore = certificates.server("kafka", "dns:localhost");
        Path own = Files.createDirectories(directory.resolve("own"));
        HttpServer elasticsearch = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] status = {503};
        elasticsearch.createContext("/", exchange -> {
            // As a proxy does that tells everything it was asked.
            byte[] answer = ("refused: " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status[0], head ? -1 : answer.length);
            if (!head) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        elasticsearch.start();
        try (SecuredKafka kafka = SecuredKafka.start(directory, certificates, keystore, Map.of("watcher", KAFKA))) {
            kafka.createTopic("logs");
            kafka.allow("watcher", ResourceType.TOPIC, "logs", AclOperation.READ, AclOperation.DESCRIBE);
            kafka.allow("watcher", ResourceType.GROUP, "entrawatch", AclOperation.READ);
            Map<String, String> properties = kafka.properties("watcher", KAFKA);
            properties.put("ssl.keystore.type", "PKCS12");
            properties.put("ssl.keystore.location", keystore.toString());
            properties.put("ssl.keystore.password", Certificates.PASSWORD);
            properties.put("ssl.key.password", Certificates.PASSWORD);
            int rest = Ports.free();
            Path conf = write(own, kafka.bootstrapServers(), properties, elasticsearch, rest);
            kafka.send(
                    "logs",
                    "{broken",
                    Logs.audit("a", BEGIN, "Add user", "target", "success"),
                    Logs.audit("b", BEGIN.plusSeconds(60), "Delete user", "target", "success"),
                    Logs.audit("c", BEGIN.plusSeconds(7_200), "Add user", "later", "success"));
            lookAtAlerts(Files.createDirectories(directory.resolve("alerts")), kafka, properties);
            Process job = run(own, conf, ELASTICSEARCH);
            try {
                lookAtRunning(job, "http://127.0.0.1:" + rest);
                status[0] = 401;
                kafka.send("logs", "{broken again");
                assertThat(job.waitFor(8, TimeUnit.MINUTES)).isTrue();
            } finally {
                job.destroyForcibly().waitFor();
            }
            assertThat(job.exitValue()).isEqualTo(1);
        } finally {
            elasticsearch.stop(0);
        }
        lookAtFiles(own);
        assertThat(shown.get("own/err.txt"))
                .contains("the job failed: Elasticsearch at")
                .contains("api-key");
        assertThat(shown.get("own/job.log")).contains("sasl.jaas.config = [hidden]", "DEBUG");
        assertThat(shown)
                .hasSizeGreaterThan(20)
                .allSatisfy((where, text) -> assertThat(text).as(where).doesNotContain(PLANTED));
    }

    /** Nobody listens at that port of this machine, so that all that can be told of a failure is told. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void noConnectionStringAndNoKeyIsShown() throws Exception {
        Path own = Files.createDirectories(directory.resolve("hubs"));
        Files.writeString(Files.createDirectories(own.resolve("secrets")).resolve("api-key"), API_KEY);
        writeLogging(own);
        Path conf = Files.writeString(
                own.resolve("entrawatch.yaml"),
                """
                sources:
                  - name: hub
                    event-hubs:
                      namespace: 127.0.0.1
                      connection-string: ${env:PLANTED}
                      topics: [ insights-logs-auditlogs ]
                      properties: { default.api.timeout.ms: "3000", request.timeout.ms: "2000" }
                outputs:
                  files: { directory: out }
                  elasticsearch: { hosts: [ "http://127.0.0.1:%d" ], api-key: "${file:secrets/api-key}" }
                flink: { restart-strategy.type: none }
                """
                        .formatted(Ports.free()));
        String connection =
                "Endpoint=sb://contoso.example/;SharedAccessKeyName=entrawatch;SharedAccessKey=" + SHARED_KEY;
        Process job = run(own, conf, connection);
        try {
            assertThat(job.waitFor(4, TimeUnit.MINUTES)).isTrue();
        } finally {
            job.destroyForcibly().waitFor();
        }
        lookAtFiles(own);
        assertThat(job.exitValue()).isEqualTo(1);
        assertThat(shown.get("hubs/err.txt")).contains("Job execution failed");
        assertThat(shown.get("hubs/job.log")).contains("127.0.0.1:9093", "sasl.jaas.config = [hidden]", "DEBUG");
        assertThat(shown).allSatisfy((where, text) -> assertThat(text).as(where).doesNotContain(PLANTED));
    }

    /** With what it writes for an alert; Elasticsearch of the other job never lets one through. */
    private void lookAtAlerts(Path own, SecuredKafka kafka, Map<String, String> properties) throws Exception {
        writeLogging(own);
        Path conf = Files.writeString(
                own.resolve("entrawatch.yaml"),
                """
                sources:
                  - name: entra
                    kafka: { bootstrap-servers: "%s", topics: [ logs ], start-from: earliest, until-now: true, properties: { %s } }
                outputs:
                  files: { directory: out }
                """
                        .formatted(kafka.bootstrapServers(), references(own, properties)));
        Process job = run(own, conf, ELASTICSEARCH);
        try {
            assertThat(job.waitFor(4, TimeUnit.MINUTES)).isTrue();
        } finally {
            job.destroyForcibly().waitFor();
        }
        lookAtFiles(own);
        assertThat(shown.entrySet())
                .anyMatch(file -> file.getKey().startsWith("alerts/out/alerts")
                        && file.getValue().contains("short-lived-account"));
    }

    private void lookAtRunning(Process job, String rest) throws Exception {
        Await.until("the running job", () -> {
            assertThat(job.isAlive()).isTrue();
            return jobs(rest).path(0).path("state").asText().equals("RUNNING");
        });
        Await.until("a checkpoint", () -> {
            String id = jobs(rest).path(0).path("jid").asText();
            return new ObjectMapper()
                            .readTree(get(rest + "/jobs/" + id + "/checkpoints"))
                            .at("/counts/total")
                            .asInt()
                    > 0;
        });
        shown.put("command line", job.info().commandLine().orElse(""));
        shown.put("arguments", String.join(" ", job.info().arguments().orElse(new String[0])));
        String id = jobs(rest).path(0).path("jid").asText();
        String manager = new ObjectMapper()
                .readTree(get(rest + "/taskmanagers"))
                .at("/taskmanagers/0/id")
                .asText();
        for (String path : List.of(
                "/config",
                "/overview",
                "/jobs/overview",
                "/jobmanager/config",
                "/jobmanager/environment",
                "/jobmanager/logs",
                "/jobmanager/log",
                "/jobmanager/stdout",
                "/jobmanager/metrics",
                "/taskmanagers")) {
            shown.put(path, get(rest + path));
        }
        for (String part : List.of(
                "",
                "/config",
                "/plan",
                "/exceptions",
                "/accumulators",
                "/checkpoints",
                "/checkpoints/config",
                "/status",
                "/metrics")) {
            shown.put("job" + part, get(rest + "/jobs/" + id + part));
        }
        for (String part : List.of("", "/logs", "/log", "/stdout", "/thread-dump", "/metrics")) {
            shown.put("task manager" + part, get(rest + "/taskmanagers/" + manager + part));
        }
    }

    private JsonNode jobs(String rest) throws InterruptedException {
        try {
            return new ObjectMapper().readTree(get(rest + "/jobs/overview")).path("jobs");
        } catch (IOException e) {
            return new ObjectMapper().createArrayNode();
        }
    }

    private String get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What it wrote: its streams, its log, its output and its checkpoints; not the secrets' own files. */
    private void lookAtFiles(Path own) throws IOException {
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!own.relativize(file).startsWith("secrets")) {
                    shown.put(
                            directory.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    private static Path write(
            Path own, String servers, Map<String, String> properties, HttpServer elasticsearch, int rest)
            throws IOException {
        String references = references(own, properties);
        writeLogging(own);
        return Files.writeString(
                own.resolve("entrawatch.yaml"),
                """
                sources:
                  - name: entra
                    kafka: { bootstrap-servers: "%s", topics: [ logs ], start-from: earliest, properties: { %s } }
                outputs:
                  files: { directory: out }
                  elasticsearch:
                    hosts: [ "http://127.0.0.1:%d" ]
                    username: entrawatch
                    password: ${env:PLANTED}
                flink:
                  rest.port: %d
                  web.log.path: %s/job.log
                  taskmanager.log.path: %s/job.log
                  execution.checkpointing.interval: 500 ms
                  execution.checkpointing.dir: %s
                """
                        .formatted(
                                servers,
                                references,
                                elasticsearch.getAddress().getPort(),
                                rest,
                                own,
                                own,
                                own.resolve("checkpoints").toUri()));
    }

    /** The client's properties, each in a file of its own. */
    private static String references(Path own, Map<String, String> properties) throws IOException {
        Path secrets = Files.createDirectories(own.resolve("secrets"));
        StringBuilder references = new StringBuilder();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            Files.writeString(secrets.resolve(property.getKey()), property.getValue());
            references.append("%1$s: \"${file:secrets/%1$s}\", ".formatted(property.getKey()));
        }
        return references.toString();
    }

    private static void writeLogging(Path own) throws IOException {
        Files.writeString(
                own.resolve("log4j2.properties"),
                """
                rootLogger.level = INFO
                rootLogger.appenderRef.file.ref = file
                logger.own.name = io.entrawatch
                logger.own.level = DEBUG
                logger.kafka.name = org.apache.kafka.clients
                logger.kafka.level = DEBUG
                appender.file.type = File
                appender.file.name = file
                appender.file.fileName = %s/job.log
                appender.file.layout.type = PatternLayout
                appender.file.layout.pattern = %%p %%c %%m%%n%%throwable
                """
                        .formatted(own));
    }

    private static Process run(Path own, Path conf, String planted) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "-Dlog4j2.configurationFile=" + own.resolve("log4j2.properties"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.entrawatch.cli.EntrawatchCli",
                "run",
                "--conf",
                conf.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(own.resolve("out.txt").toFile())
                .redirectError(own.resolve("err.txt").toFile());
        builder.environment().put("PLANTED", planted);
        return builder.start();
    }
}
