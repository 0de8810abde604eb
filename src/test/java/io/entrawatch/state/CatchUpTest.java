package io.entrawatch.state;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.cli.Scan;
import io.entrawatch.cli.ScanResult;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.generate.Generator;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.KafkaBroker;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** The job begins with logs of a month, and reads them as fast as it can. */
@Tag("full")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class CatchUpTest {

    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

    /** A Monday in working hours, so that there is nothing to tell of it. */
    private static final Instant LONG_AFTER = Instant.parse("2026-06-01T10:00:00Z");

    private static final String LATER = "later-";
    private static final int USERS = 250;
    private static final int DAYS = 31;

    /** Accounts that are made in one go, as when a school year begins. */
    private static final int ACCOUNTS = 1_500;

    /** There are 128 key groups; some of what is passed by is not of other keys. */
    private static final int FEWER = 10;

    private static KafkaBroker broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void aMonthOfLogsComesToTheSameAlerts() throws Exception {
        Path logs = directory.resolve("logs");
        new Generator(USERS, DAYS, 7, 1, MONDAY).write(logs);
        Files.write(logs.resolve("accounts.ndjson"), accountsInOneGo(ACCOUNTS));
        Organization organization = organization(logs.resolve("organization.yaml"));
        Map<String, JsonNode> expected = scanned(organization, logs);

        List<SourceSettings> sources = new ArrayList<>();
        long records = 0;
        for (Path file : files(logs)) {
            String topic = file.getFileName().toString().replace(".ndjson", "");
            records += send(topic, Files.readAllLines(file));
            sources.add(Pipeline.topic(broker, topic, false));
        }
        // More checkpoints than are shipped, so that some fall into the busiest time.
        Map<String, String> options =
                Map.of("execution.checkpointing.interval", "5 s", "execution.checkpointing.min-pause", "0 s");
        try (ShippedStateJob job = new ShippedStateJob(directory, organization, sources, options)) {
            job.awaitEvents(records);
            job.awaitAlerts(expected);
            Map<String, JsonNode> found = Pipeline.alertsIn(job.out());
            // The scan has none of the records that move time on, each of which is of a tenant of its own.
            found.values()
                    .removeIf(alert -> alert.at("/organization/id").asText().startsWith(LATER));
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            assertThat(found).isEqualTo(expected);
            JsonNode checkpoints = job.checkpoints();
            System.out.printf(
                    "%d records; %s checkpoints; of those that completed: %s%n",
                    records, checkpoints.get("counts"), checkpoints.at("/summary/end_to_end_duration"));
            assertThat(checkpoints.at("/counts/completed").asInt()).isPositive();
        }
    }

    /** Not told by time: by what RocksDB passes by until it knows what a key has waiting, which is mostly nothing. */
    @Test
    void whatWasDeletedOfOtherKeysIsPassedByWithinAKeyGroupOnly() throws Exception {
        String topic = "accounts-alone";
        long records = send(topic, accountsInOneGo(ACCOUNTS));
        long bounded = passedBy(true, topic, records);
        long unbounded = passedBy(false, topic, records);
        System.out.printf("entries passed by: %d, and %d without key groups%n", bounded, unbounded);
        assertThat(bounded).isPositive().isLessThan(unbounded / FEWER);
    }

    private long passedBy(boolean withinKeyGroups, String topic, long records) throws Exception {
        IterationWork.begin(withinKeyGroups);
        // A checkpoint would let RocksDB forget what was deleted; none comes in time to help.
        Map<String, String> options = Map.of(
                "execution.checkpointing.interval",
                "1 h",
                "state.backend.rocksdb.options-factory",
                IterationWork.class.getName());
        try (ShippedStateJob job = new ShippedStateJob(
                directory.resolve("within-key-groups-" + withinKeyGroups),
                Organization.UNKNOWN,
                List.of(Pipeline.topic(broker, topic, false)),
                options)) {
            job.awaitEvents(records);
            Await.until("all alerts", () -> job.alertsOf("short-lived-account") == ACCOUNTS / 2);
            return IterationWork.passedBy();
        }
    }

    /** Made within minutes; half of them are gone the same day, which is what a sequence looks for. */
    private static List<String> accountsInOneGo(int count) {
        Instant begin = Instant.parse("2026-03-18T03:00:00Z");
        List<String> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant at = begin.plusMillis(100L * i);
            records.add(Logs.audit("c-" + i, at, "Add user", "account-" + i, "success"));
        }
        for (int i = 0; i < count; i += 2) {
            Instant at = begin.plus(Duration.ofHours(2)).plusMillis(100L * i);
            records.add(Logs.audit("d-" + i, at, "Delete user", "account-" + i, "success"));
        }
        return records;
    }

    /** Sends records, and later ones of somebody else that move time on. */
    private static long send(String topic, List<String> records) throws Exception {
        broker.createTopic(topic, 1);
        for (String record : records) {
            broker.send(topic, 0, record.getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < 3; i++) {
            String later = Logs.signIn(
                    LATER + topic,
                    topic + i,
                    LONG_AFTER.plusSeconds(i),
                    "later",
                    Logs.LONDON,
                    0,
                    "\"isInteractive\":true");
            broker.send(topic, 0, later.getBytes(StandardCharsets.UTF_8));
        }
        broker.flush();
        return records.size() + 3L;
    }

    private static List<Path> files(Path logs) {
        List<Path> files = new ArrayList<>(Generator.files(logs));
        files.add(logs.resolve("accounts.ndjson"));
        return files;
    }

    private static Organization organization(Path file) {
        Problems problems = new Problems();
        Organization organization = OrganizationReader.read(file, problems);
        problems.throwIfAny();
        return organization;
    }

    /** What a scan with its state on the heap finds. */
    private Map<String, JsonNode> scanned(Organization organization, Path logs) throws Exception {
        ScanResult result = new Scan(Replay.catalogue(organization), organization, 1)
                .run(files(logs), Files.createDirectory(directory.resolve("scanned")), done -> {});
        Map<String, JsonNode> alerts = new TreeMap<>();
        result.documents().forEach(alert -> alerts.put(alert.at("/event/id").asText(), alert));
        return alerts;
    }
}
