package io.entrawatch.state;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.cli.ScanResult;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.KafkaBroker;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.Scenarios;

import static org.assertj.core.api.Assertions.assertThat;

/** The job goes on with what an earlier one remembered. {@code -Dentrawatch.renew=true} writes the savepoint anew. */
@Tag("full")
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class OlderSavepointTest {

    private static final KeptSavepoint KEPT = new KeptSavepoint(Path.of("src/test/resources/savepoints/0.1"));

    /** Names the source, and so its state. */
    private static final String TOPIC = "logs";

    private static final int LARGEST = 300_000;

    private static final Map<String, String> OFTEN = Map.of("execution.checkpointing.interval", "500 ms");

    private static KafkaBroker broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start(@TempDir Path renewing) throws Exception {
        broker = KafkaBroker.start();
        broker.createTopic(TOPIC, 1);
        if (Boolean.getBoolean("entrawatch.renew")) {
            renew(renewing);
        } else {
            send(KEPT.before());
        }
        // The restored job begins behind what the earlier one had read.
        send(KEPT.after());
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "hashmap"})
    void whatWasRememberedComesToTheSameAlertsAsIfNothingHadStopped(String backend) throws Exception {
        Path savepoint = directory.resolve("moved");
        KEPT.unpackTo(savepoint);
        Map<String, JsonNode> expected = scanned(RememberedLogs.all(KEPT.before(), KEPT.after()));
        expected.keySet().removeAll(KEPT.written());
        Map<String, String> options = new TreeMap<>(OFTEN);
        options.put("state.backend.type", backend);
        options.put("execution.state-recovery.path", savepoint.toUri().toString());
        try (ShippedStateJob job = job(directory, options)) {
            job.awaitAlerts(expected);
            assertThat(Pipeline.alertsIn(job.out())).isEqualTo(expected);
        }
    }

    @Test
    void theAlertsNeedWhatWasRemembered() throws Exception {
        assertThat(names(scanned(KEPT.after()))).doesNotContainAnyElementsOf(RememberedLogs.DETECTIONS);
        Map<String, JsonNode> together = scanned(RememberedLogs.all(KEPT.before(), KEPT.after()));
        together.keySet().removeAll(KEPT.written());
        assertThat(names(together)).containsAll(RememberedLogs.DETECTIONS);
    }

    /** On RocksDB as it is set up here, Flink would migrate the first key group and leave the others as they are. */
    @Test
    void nothingIsRememberedInAFormThatFlinkMigrates() throws Exception {
        Path savepoint = directory.resolve("moved");
        KEPT.unpackTo(savepoint);
        StringBuilder forms = new StringBuilder();
        try (Stream<Path> files = Files.walk(savepoint)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                forms.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(forms).contains("ObservationSerializer$Snapshot").doesNotContain("PojoSerializerSnapshot");
    }

    @Test
    void theSavepointIsSmall() throws Exception {
        assertThat(Files.size(KEPT.directory().resolve("savepoint.zip"))).isLessThan(LARGEST);
    }

    private static void renew(Path directory) throws Exception {
        List<String> before = RememberedLogs.before();
        send(before);
        String savepoint;
        List<String> written;
        try (ShippedStateJob job = job(directory, OFTEN)) {
            job.awaitEvents(before.size());
            // The burst that was told of is the last that is decided; the records behind it wait.
            Await.until("its alert", () -> names(Pipeline.alertsIn(job.out())).contains("brute-force"));
            savepoint = job.stopWithSavepoint();
            written = List.copyOf(Pipeline.alertsIn(job.out()).keySet());
        }
        KeptSavepoint.write(KEPT.directory(), Path.of(URI.create(savepoint)), before, RememberedLogs.after(), written);
    }

    private static ShippedStateJob job(Path directory, Map<String, String> options) throws Exception {
        return new ShippedStateJob(
                directory, Scenarios.example(), List.of(Pipeline.topic(broker, TOPIC, false)), options);
    }

    private static void send(List<String> records) {
        records.forEach(record -> broker.send(TOPIC, 0, record.getBytes(StandardCharsets.UTF_8)));
        broker.flush();
    }

    private static List<String> names(Map<String, JsonNode> alerts) {
        return alerts.values().stream()
                .map(alert -> alert.at("/rule/id").asText())
                .distinct()
                .toList();
    }

    private static Map<String, JsonNode> scanned(List<String> records) {
        ScanResult result =
                Replay.withShippedDetections().of(Scenarios.example()).scan(records);
        Map<String, JsonNode> alerts = new TreeMap<>();
        result.documents().forEach(alert -> alerts.put(alert.at("/event/id").asText(), alert));
        return alerts;
    }
}
