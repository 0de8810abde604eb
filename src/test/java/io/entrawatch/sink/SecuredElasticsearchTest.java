package io.entrawatch.sink;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.Environments;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.settings.Secret;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.Certificates;
import io.entrawatch.testkit.ElasticsearchServer;
import io.entrawatch.testkit.ElasticsearchServer.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A real Elasticsearch behind TLS that asks who is there, with the least privileges that the job needs. */
class SecuredElasticsearchTest {

    private static final String PASSWORD = "correct-horse-battery";
    private static final User WRITER = new User(
            "writer",
            PASSWORD,
            "alert_writer",
            "alert_writer: { cluster: [ monitor, manage_index_templates ], indices: [ { names: [ 'entrawatch-*' ],"
                    + " privileges: [ create_doc, create_index, auto_configure, view_index_metadata ] } ] }");
    private static final String ROLE_OF_MOODY = "moody_writer: { indices: [ { names: [ 'moody-*' ],"
            + " privileges: [ create_doc, create_index, auto_configure ] } ] }";
    private static final User READER = new User(
            "reader",
            PASSWORD,
            "only_reader",
            "only_reader: { indices: [ { names: [ '*' ], privileges: [ read ] } ] }");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Patience WITHOUT_PATIENCE = new Patience(Duration.ZERO, Duration.ZERO);

    /** Behind it waits the second of two documents. */
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static ElasticsearchServer server;

    @BeforeAll
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    static void start() throws Exception {
        certificates = Certificates.in(directory.resolve("ours"));
        Path keystore = certificates.server("elasticsearch", "dns:localhost,ip:127.0.0.1");
        server = ElasticsearchServer.startSecured(
                certificates,
                keystore,
                WRITER,
                READER,
                new User("moody", PASSWORD, "moody_writer", ROLE_OF_MOODY),
                new User("starting", "another", "moody_writer", ""));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theLeastRoleWritesAndInstallsTheTemplate() throws Exception {
        write("writer", PASSWORD);
        // Written a second time, the same document is refused as one that is there, and that is no failure.
        write("writer", PASSWORD);
        assertThat(server.count("entrawatch-alerts-2026.03")).isEqualTo(1);
        assertThat(server.get("/_index_template/entrawatch-alerts").has("index_templates"))
                .isTrue();
    }

    @Test
    void aWrongPasswordFailsTheJobAndIsNotRepeated() {
        assertThatThrownBy(() -> write("writer", "not-the-password"))
                .hasStackTraceContaining(server.address())
                .hasStackTraceContaining("check username and password")
                .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("not-the-password"));
    }

    @Test
    void aPasswordThatIsRefusedForAWhileIsTakenWhenItIsKnownAgain() throws Exception {
        InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();
        JobClient job = twoDocuments(reporter, new Patience(Duration.ZERO, Duration.ofHours(1)));
        refuseBeforeTheSecond();
        Retries.await(reporter);
        server.setPassword("moody", PASSWORD);
        job.getJobExecutionResult().get();
        assertThat(server.count("moody-alerts-*")).isEqualTo(2);
    }

    @Test
    void aPasswordThatStaysRefusedFailsTheJob() throws Exception {
        JobClient job = twoDocuments(InMemoryReporter.create(), WITHOUT_PATIENCE);
        refuseBeforeTheSecond();
        assertThatThrownBy(() -> job.getJobExecutionResult().get())
                .hasStackTraceContaining(server.address())
                .hasStackTraceContaining("check username and password");
        server.setPassword("moody", PASSWORD);
        assertThat(server.count("moody-alerts-*")).isEqualTo(1);
    }

    /** One that has only asked what it may do knows that the credentials are right, too. */
    @Test
    void aWriterThatHasNotWrittenYetWaitsAsWell() throws Exception {
        InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();
        JobClient job = documents(reporter, new Patience(Duration.ZERO, Duration.ofHours(1)), List.of(alert("second")));
        Await.until("its question", () -> questions() > 0);
        refuse();
        Retries.await(reporter);
        server.setPassword("moody", PASSWORD);
        job.getJobExecutionResult().get();
        assertThat(server.count("moody-alerts-*")).isEqualTo(1);
    }

    private static int questions() throws Exception {
        return server.get("/_nodes/stats/http").findParents("last_uri").stream()
                .filter(client -> client.path("last_uri").asText().endsWith("_has_privileges"))
                .mapToInt(client -> client.path("request_count").asInt())
                .sum();
    }

    /** One that is written, and one that waits at the gate. */
    private static JobClient twoDocuments(InMemoryReporter reporter, Patience patience) throws Exception {
        return documents(reporter, patience, List.of(alert("first"), alert("second")));
    }

    private static JobClient documents(InMemoryReporter reporter, Patience patience, List<Document> documents)
            throws Exception {
        server.send("DELETE", "/moody-alerts-2026.03", "");
        gate = new CountDownLatch(1);
        StreamExecutionEnvironment env =
                environment(reporter.addToConfiguration(new Configuration()).toMap());
        env.fromData(documents, TypeInformation.of(Document.class))
                .uid("documents")
                .map(SecuredElasticsearchTest::atTheGate)
                .returns(Document.class)
                .uid("gate")
                // What waits must not hold up the writer.
                .disableChaining()
                .sinkTo(new ElasticsearchSink(moody("moody"), patience))
                .uid("sink");
        return env.executeAsync();
    }

    private static Document atTheGate(Document document) throws InterruptedException {
        if (document.id().equals("second")) {
            gate.await();
        }
        return document;
    }

    private static void refuseBeforeTheSecond() throws Exception {
        Await.until("the first document", () -> server.count("moody-alerts-*") == 1);
        refuse();
    }

    private static void refuse() throws Exception {
        server.setPassword("moody", "another");
        ElasticsearchClient client = new ElasticsearchClient(moody("moody"));
        Await.until("a refusal", () -> client.head("/").statusCode() == 401);
        gate.countDown();
    }

    @Test
    void aWriterWaitsAtItsStartForAnElasticsearchThatKnowsItsUsers() throws Exception {
        StreamExecutionEnvironment env = environment(Map.of());
        env.fromData(List.of(alert("third")), TypeInformation.of(Document.class))
                .uid("documents")
                .sinkTo(new ElasticsearchSink(moody("starting"), new Patience(Duration.ofHours(1), Duration.ZERO)))
                .uid("sink");
        JobClient job = env.executeAsync();
        Await.until("a second question", () -> server.get("/_nodes/stats/http").findParents("last_uri").stream()
                .anyMatch(client -> client.path("last_uri").asText().endsWith("_has_privileges")
                        && client.path("request_count").asInt() > 1));
        server.setPassword("starting", PASSWORD);
        job.getJobExecutionResult().get();
        assertThat(server.documents("moody-alerts-*"))
                .extracting(document -> document.path("message").asText())
                .contains("third");
    }

    private static OutputSettings.Elasticsearch moody(String user) {
        return new OutputSettings.Elasticsearch(
                List.of(server.address()),
                "moody",
                user,
                new Secret(PASSWORD),
                null,
                certificates.pem().toString(),
                false,
                PATIENCE,
                10,
                1);
    }

    @Test
    void anUnknownUserFailsTheJob() {
        assertThatThrownBy(() -> write("nobody", PASSWORD)).hasStackTraceContaining("check username and password");
    }

    @Test
    void anApiKeyWritesUntilItIsTakenBack() throws Exception {
        JsonNode key = apiKey("30d");
        OutputSettings.Elasticsearch settings = withKey(key.get("encoded").asText());
        write(settings);
        server.send(
                "DELETE", "/_security/api_key", "{\"ids\":[\"" + key.get("id").asText() + "\"]}");
        assertThatThrownBy(() -> write(settings))
                .hasStackTraceContaining("check username and password, or api-key")
                .satisfies(failure -> assertThat(stackTrace(failure))
                        .doesNotContain(
                                key.get("encoded").asText(), key.get("api_key").asText()));
    }

    @Test
    void anApiKeyThatHasRunOutFailsTheJob() throws Exception {
        OutputSettings.Elasticsearch settings =
                withKey(apiKey("1ms").get("encoded").asText());
        assertThatThrownBy(() -> write(settings)).hasStackTraceContaining("expired");
    }

    private static JsonNode apiKey(String expiration) throws Exception {
        return server.send(
                "POST",
                "/_security/api_key",
                "{\"name\":\"entrawatch\",\"expiration\":\"" + expiration
                        + "\",\"role_descriptors\":{\"w\":{\"cluster\":[\"manage_index_templates\"],\"indices\":[{"
                        + "\"names\":[\"entrawatch-*\"],\"privileges\":[\"create_doc\",\"create_index\","
                        + "\"auto_configure\"]}]}}}");
    }

    private static OutputSettings.Elasticsearch withKey(String encoded) {
        return settings(server.address(), certificates.pem(), null, null, new Secret(encoded), true, PATIENCE);
    }

    @Test
    void anApiKeyThatIsNoneFailsTheJobAndIsNotRepeated() {
        String key = Base64.getEncoder().encodeToString("an-id:not-the-key".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> write(withKey(key)))
                .hasStackTraceContaining("check username and password, or api-key")
                .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain(key, "not-the-key"));
    }

    @Test
    void aRoleThatMayNotWriteFailsTheJobBeforeTheFirstAlert() {
        assertThatThrownBy(() -> write("reader", PASSWORD))
                .hasStackTraceContaining("may not write to entrawatch-")
                .hasStackTraceContaining("create_doc");
    }

    @Test
    void anAuthorityThatIsNotTrustedFailsTheJob() throws Exception {
        Path others = Certificates.in(directory.resolve("others")).pem();
        assertThat(failureOf(server.address(), others)).contains(server.address(), "not trusted", others.toString());
        assertThat(failureOf(server.address(), null)).contains(server.address(), "not trusted", "expected: ca-file");
    }

    @Test
    void aCertificateOfAnotherHostFailsTheJob() {
        String otherName = "https://127.0.0.2:" + server.port();
        assertThat(failureOf(otherName, certificates.pem())).contains(otherName, "for another host", "hosts");
    }

    @Test
    void aCertificateThatHasRunOutFailsTheJob() throws Exception {
        HttpsServer old = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        old.setHttpsConfigurator(
                new HttpsConfigurator(Certificates.showing(certificates.expired("old", "dns:localhost,ip:127.0.0.1"))));
        old.start();
        try {
            String address = "https://127.0.0.1:" + old.getAddress().getPort();
            assertThat(failureOf(address, certificates.pem())).contains(address, "has expired");
        } finally {
            old.stop(0);
        }
    }

    @Test
    void plainTextForAServerThatSpeaksTlsFailsTheJob() {
        String plain = server.address().replace("https", "http");
        assertThat(failureOf(plain, certificates.pem())).contains(plain, "speaks TLS", "https://");
        assertThat(failureOf(plain, null)).contains("speaks TLS");
    }

    @Test
    void tlsForAServerThatSpeaksPlainTextFailsTheJob() throws Exception {
        HttpServer plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        plain.start();
        try {
            String address = "https://127.0.0.1:" + plain.getAddress().getPort();
            // It waits for more of what it takes for a request: only the limit of time ends that.
            assertThat(failureOf(address, certificates.pem(), Duration.ofSeconds(3)))
                    .contains(address, "does not speak TLS", "http://");
        } finally {
            plain.stop(0);
        }
    }

    @Test
    void aFileWithoutCertificatesFailsTheJob() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        assertThat(failureOf(server.address(), empty)).contains("ca-file", empty.toString(), "PEM");
        Path missing = directory.resolve("missing.pem");
        assertThat(failureOf(server.address(), missing)).contains("ca-file", missing.toString(), "cannot be read");
    }

    /** Without the templates as well: the first request of any kind tells. */
    private static String failureOf(String address, Path caFile) {
        return failureOf(address, caFile, PATIENCE);
    }

    private static String failureOf(String address, Path caFile, Duration timeout) {
        OutputSettings.Elasticsearch settings =
                settings(address, caFile, "writer", new Secret(PASSWORD), null, false, timeout);
        Throwable failure = catchThrowable(() -> write(settings));
        assertThat(failure).isNotNull();
        assertThat(stackTrace(failure)).doesNotContain(PASSWORD);
        Throwable cause = failure;
        while (!(cause instanceof SinkSetupException)) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private static void write(String user, String password) throws Exception {
        write(settings(server.address(), certificates.pem(), user, new Secret(password), null, true, PATIENCE));
    }

    private static void write(OutputSettings.Elasticsearch settings) throws Exception {
        StreamExecutionEnvironment env = environment(Map.of());
        env.fromData(List.of(alert("a")), TypeInformation.of(Document.class))
                .uid("documents")
                .sinkTo(new ElasticsearchSink(settings, WITHOUT_PATIENCE))
                .uid("sink");
        env.execute();
    }

    private static Document alert(String id) {
        String json = "{\"@timestamp\":\"2026-03-02T12:00:00Z\",\"message\":\"" + id + "\"}";
        return new Document(Document.Target.ALERTS, id, 1_772_452_800_000L, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Restarts are on: what cannot be helped must end them. */
    private static StreamExecutionEnvironment environment(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("restart-strategy.type", "fixed-delay");
        all.put("restart-strategy.fixed-delay.attempts", "1000000");
        StreamExecutionEnvironment env = Environments.local(all, false);
        env.setParallelism(1);
        return env;
    }

    private static OutputSettings.Elasticsearch settings(
            String address,
            Path caFile,
            String user,
            Secret password,
            Secret apiKey,
            boolean template,
            Duration timeout) {
        return new OutputSettings.Elasticsearch(
                List.of(address),
                "entrawatch",
                user,
                password,
                apiKey,
                caFile == null ? null : caFile.toString(),
                template,
                timeout,
                10,
                1);
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
