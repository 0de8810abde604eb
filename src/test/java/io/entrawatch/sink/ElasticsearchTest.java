package io.entrawatch.sink;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.Environments;
import io.entrawatch.cli.ScanResult;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.ElasticsearchServer;
import io.entrawatch.testkit.KafkaBroker;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.SeededCases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Alerts in a real Elasticsearch, which refuses, blocks and dies as real ones do. */
class ElasticsearchTest {

    private static final Instant MARCH = Instant.parse("2026-03-02T12:00:00Z");

    private static ElasticsearchServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = ElasticsearchServer.start(Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void eachAlertOfAStreamIsThereOnceThoughTheServerIsKilledInTheMiddle() throws Exception {
        SeededCases cases = new SeededCases(60, List.of());
        Set<String> expected = idsOf(Replay.withShippedDetections().scan(cases.inOrder()));
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic("entra", 2);
            JobClient job = new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                    .parallelism(2)
                    .option("execution.checkpointing.interval", "500 ms")
                    .build(
                            List.of(Pipeline.topic(broker, "entra", false)),
                            Writers.of(new OutputSettings(settings("killed", true), null, null)))
                    .executeAsync();
            List<String> lines = cases.jittered(new SplittableRandom(1));
            send(broker, lines.subList(0, lines.size() / 2));
            Await.until("the first alerts", () -> server.count("killed-alerts-*") > 0);
            server.kill();
            send(broker, lines.subList(lines.size() / 2, lines.size()));
            send(broker, later(cases));
            server.startAgain();
            Await.until("all alerts", () -> {
                assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
                return server.count("killed-alerts-*") >= expected.size();
            });
            job.cancel().get();
        }
        List<JsonNode> documents = server.documents("killed-alerts-*");
        assertThat(documents).hasSameSizeAs(expected);
        assertThat(idsOf(documents)).isEqualTo(expected);
        assertThat(documents.get(0).has("event.ingested")).isTrue();
    }

    @Test
    void theTemplateIsInstalledAndTheIndexIsThatOfTheAlertsMonth() throws Exception {
        write("months", alert("a", MARCH), alert("b", MARCH.plus(Duration.ofDays(31))));
        assertThat(server.count("months-alerts-2026.03")).isEqualTo(1);
        assertThat(server.count("months-alerts-2026.04")).isEqualTo(1);
        JsonNode template = server.get("/_index_template/months-alerts");
        assertThat(template.at("/index_templates/0/index_template/index_patterns/0")
                        .asText())
                .isEqualTo("months-alerts-*");
        JsonNode mapping = server.get("/months-alerts-2026.03/_mapping");
        assertThat(mapping.at("/months-alerts-2026.03/mappings/properties/source/properties/ip/type")
                        .asText())
                .isEqualTo("ip");
    }

    @Test
    void aTemplateOfOnesOwnStays() throws Exception {
        server.send(
                "PUT",
                "/_index_template/own-alerts",
                "{\"index_patterns\":[\"own-alerts-*\"],\"template\":{\"mappings\":{\"properties\":{\"message\":{"
                        + "\"type\":\"keyword\"}}}}}");
        JsonNode before = server.get("/_index_template/own-alerts");
        write("own", alert("a", MARCH));
        assertThat(server.get("/_index_template/own-alerts")).isEqualTo(before);
        JsonNode mapping = server.get("/own-alerts-2026.03/_mapping");
        assertThat(mapping.at("/own-alerts-2026.03/mappings/properties/message/type")
                        .asText())
                .isEqualTo("keyword");
    }

    @Test
    void aNameThatReadsLikeADateMakesNoDateOfItsField() throws Exception {
        write("dates", named("a", "2025-10"), named("b", "alice"));
        assertThat(idsOf(server.documents("dates-alerts-*"))).containsExactlyInAnyOrder("a", "b");
        assertThat(server.count("dates-dead-letters")).isZero();
    }

    /** With the name in a field that the template knows, and in one that it does not. */
    private static Document named(String id, String name) {
        return document(
                id,
                MARCH,
                "{\"@timestamp\":\"" + MARCH + "\",\"event\":{\"id\":\"" + id + "\"},\"user\":{\"name\":\"" + name
                        + "\",\"full_name\":\"" + name + "\"}}");
    }

    @Test
    void aStreamReportsHowItsSourcesAreDoingAlsoWhileTheyAreQuiet() throws Exception {
        SeededCases cases = new SeededCases(10, List.of());
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic("entra", 2);
            JobClient job = new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                    .reportEvery(Duration.ofMillis(500))
                    .build(
                            List.of(Pipeline.topic(broker, "entra", false)),
                            Writers.of(new OutputSettings(settings("doing", true), null, null)))
                    .executeAsync();
            List<String> lines = new ArrayList<>(cases.inOrder());
            lines.add("{broken");
            send(broker, lines);
            Await.until("reports of all records", () -> reported("events") == lines.size());
            long reports = server.count("doing-health-*");
            Await.until("reports of nothing", () -> server.count("doing-health-*") > reports + 2);
            job.cancel().get();
        }
        assertThat(reported("events")).isEqualTo(cases.inOrder().size() + 1);
        assertThat(reported("dead_letter_reasons/not-json")).isEqualTo(1);
        JsonNode index = server.get("/doing-health-*/_mapping").iterator().next();
        JsonNode mapping = index.at("/mappings/properties/entrawatch/properties/health/properties");
        assertThat(mapping.at("/source/type").asText()).isEqualTo("keyword");
        assertThat(mapping.at("/watermark/type").asText()).isEqualTo("date");
        assertThat(mapping.at("/dead_letter_reasons/properties/not-json/type").asText())
                .isEqualTo("long");
        assertThat(mapping.at("/detections/properties/names_off/type").asText()).isEqualTo("keyword");
        assertThat(index.at("/mappings/properties/event/properties/ingested/type")
                        .asText())
                .isEqualTo("date");
    }

    /** The sum of a number over the health documents. */
    private static long reported(String name) throws Exception {
        return server.documents("doing-health-*").stream()
                .mapToLong(document -> document.at("/entrawatch/health/" + name).asLong())
                .sum();
    }

    @Test
    void writingAgainChangesNothing() throws Exception {
        write("again", alert("a", MARCH), alert("b", MARCH));
        write("again", alert("a", MARCH), alert("b", MARCH), alert("c", MARCH));
        assertThat(server.count("again-alerts-*")).isEqualTo(3);
        assertThat(server.documents("again-alerts-*").stream()
                        .filter(d -> d.at("/event/id").asText().equals("a")))
                .hasSize(1);
    }

    @Test
    void aPoisonAlertBecomesADeadLetterAndHarmsNoOther() throws Exception {
        Document poison =
                document("poison", MARCH, "{\"@timestamp\":\"no time at all\",\"event\":{\"id\":\"poison\"}}");
        write("poisoned", alert("a", MARCH), poison, alert("b", MARCH));
        assertThat(idsOf(server.documents("poisoned-alerts-*"))).containsExactlyInAnyOrder("a", "b");
        List<JsonNode> letters = server.documents("poisoned-dead-letters");
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).get("reason").asText()).isEqualTo("refused-by-elasticsearch");
        assertThat(letters.get(0).get("detail").asText()).contains("@timestamp");
        assertThat(letters.get(0).get("record").asText()).contains("no time at all");
    }

    @Test
    void aPoisonAlertDoesNotStopCheckpoints() throws Exception {
        SeededCases cases = new SeededCases(10, List.of());
        server.send(
                "PUT", "/strict-alerts-2026.03", "{\"mappings\":{\"properties\":{\"message\":{\"type\":\"date\"}}}}");
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic("entra", 2);
            JobClient job = new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                    .option("execution.checkpointing.interval", "500 ms")
                    .build(
                            List.of(Pipeline.topic(broker, "entra", false)),
                            Writers.of(new OutputSettings(settings("strict", true), null, null)))
                    .executeAsync();
            send(broker, cases.inOrder());
            send(broker, later(cases));
            Await.until("a dead letter", () -> server.count("strict-dead-letters") > 0);
            String savepoint = job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get();
            assertThat(savepoint).isNotEmpty();
        }
        assertThat(server.count("strict-alerts-*")).isZero();
    }

    @Test
    void aBlockedIndexIsWaitedFor() throws Exception {
        write("blocked", alert("a", MARCH));
        block("blocked-alerts-2026.03", true);
        JobClient job = waiting("blocked", alert("b", MARCH), alert("c", MARCH));
        assertThat(server.count("blocked-alerts-*")).isEqualTo(1);
        block("blocked-alerts-2026.03", false);
        job.getJobExecutionResult().get();
        assertThat(server.count("blocked-alerts-*")).isEqualTo(3);
    }

    @Test
    void aClusterWithoutRoomForAnotherIndexIsWaitedFor() throws Exception {
        write("full", alert("a", MARCH));
        JobClient job;
        mostShards("1");
        try {
            job = waiting("full", alert("b", MARCH.plus(Duration.ofDays(31))));
        } finally {
            mostShards("null");
        }
        job.getJobExecutionResult().get();
        assertThat(server.count("full-alerts-*")).isEqualTo(2);
        assertThat(server.count("full-dead-letters")).isZero();
    }

    @Test
    void whatWaitedIsStampedWhenItIsWritten() throws Exception {
        write("stamped", alert("a", MARCH));
        block("stamped-alerts-2026.03", true);
        JobClient job = waiting("stamped", alert("b", MARCH));
        Instant opened = Instant.now();
        block("stamped-alerts-2026.03", false);
        job.getJobExecutionResult().get();
        assertThat(server.documents("stamped-alerts-*"))
                .filteredOn(document -> document.at("/event/id").asText().equals("b"))
                .singleElement()
                .satisfies(document -> assertThat(
                                Instant.parse(document.path("event.ingested").asText()))
                        .as("when it was written, and not when it came")
                        .isAfterOrEqualTo(opened));
        assertThat(server.count("stamped-dead-letters")).isZero();
    }

    /** Whoever closes the index of a month wants nothing more in it; a job over old logs would wait for ever. */
    @Test
    void whatIsForAClosedIndexBecomesADeadLetter() throws Exception {
        write("closed", alert("a", MARCH));
        server.send("POST", "/closed-alerts-2026.03/_close", "");
        write("closed", alert("b", MARCH));
        assertThat(server.documents("closed-dead-letters"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.path("detail").asText()).contains("index_closed_exception"));
    }

    private static void mostShards(String number) throws Exception {
        server.send("PUT", "/_cluster/settings", "{\"persistent\":{\"cluster.max_shards_per_node\":" + number + "}}");
    }

    /** A job that has been told to send its documents again. */
    private static JobClient waiting(String prefix, Document... documents) throws Exception {
        InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();
        Map<String, String> options =
                reporter.addToConfiguration(new Configuration()).toMap();
        JobClient job = environment(options, settings(prefix, true), documents).executeAsync();
        Retries.await(reporter);
        return job;
    }

    @Test
    void anAddressThatIsNoElasticsearchFailsTheJobAndSaysWhatToCheck() {
        OutputSettings.Elasticsearch wrong = new OutputSettings.Elasticsearch(
                List.of(server.address() + "/not/elastic"),
                "x",
                null,
                null,
                null,
                null,
                false,
                Duration.ofSeconds(5),
                10,
                1);
        assertThatThrownBy(() -> environment(wrong, alert("a", MARCH)).execute())
                .hasStackTraceContaining("check hosts");
    }

    @Test
    void itIsKnownByItsOwnWords() {
        assertThat(new ElasticsearchClient(settings("empty", false))
                        .answersBulk(server.address())
                        .join())
                .isTrue();
        assertThat(new ElasticsearchClient(settings("empty", false))
                        .answersBulk(server.address() + "/not/elastic")
                        .join())
                .isFalse();
    }

    private static void block(String index, boolean blocked) throws Exception {
        server.send("PUT", "/" + index + "/_settings", "{\"index.blocks.write\":" + blocked + "}");
    }

    private static OutputSettings.Elasticsearch settings(String prefix, boolean template) {
        return new OutputSettings.Elasticsearch(
                List.of(server.address()), prefix, null, null, null, null, template, Duration.ofSeconds(5), 100, 2);
    }

    private static void write(String prefix, Document... documents) throws Exception {
        environment(prefix, documents).execute();
    }

    private static StreamExecutionEnvironment environment(String prefix, Document... documents) {
        return environment(settings(prefix, true), documents);
    }

    private static StreamExecutionEnvironment environment(
            OutputSettings.Elasticsearch settings, Document... documents) {
        return environment(Map.of(), settings, documents);
    }

    private static StreamExecutionEnvironment environment(
            Map<String, String> options, OutputSettings.Elasticsearch settings, Document... documents) {
        Map<String, String> all = new HashMap<>(options);
        all.put("restart-strategy.type", "none");
        StreamExecutionEnvironment env = Environments.local(all, false);
        env.setParallelism(1);
        env.fromData(List.of(documents), TypeInformation.of(Document.class))
                .uid("documents")
                .sinkTo(new ElasticsearchSink(settings))
                .uid("sink");
        return env;
    }

    private static Document alert(String id, Instant at) {
        return document(
                id,
                at,
                "{\"@timestamp\":\"" + at + "\",\"event\":{\"id\":\"" + id
                        + "\",\"kind\":\"alert\"},\"source\":{\"ip\":\"192.0.2.1\"},\"message\":\"m\"}");
    }

    private static Document document(String id, Instant at, String json) {
        return new Document(Document.Target.ALERTS, id, at.toEpochMilli(), json.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(KafkaBroker broker, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            broker.send("entra", i % 2, lines.get(i).getBytes(StandardCharsets.UTF_8));
        }
        broker.flush();
    }

    private static List<String> later(SeededCases cases) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lines.add(cases.muchLater(i));
        }
        return lines;
    }

    private static Set<String> idsOf(ScanResult result) {
        return idsOf(result.documents());
    }

    private static Set<String> idsOf(List<JsonNode> alerts) {
        return alerts.stream()
                .map(alert -> alert.at("/event/id").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
