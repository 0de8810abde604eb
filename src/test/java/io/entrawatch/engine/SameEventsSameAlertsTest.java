package io.entrawatch.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.cli.ScanResult;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.Decoded;
import io.entrawatch.sink.Writers;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.KafkaBroker;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.Scenarios;
import io.entrawatch.testkit.SeededCases;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same events give the same alerts, ids and content. Each run decides the same {@value #CASES} seeded cases and the
 * scenarios of all detections, each a tenant of its own, and every run but the first disturbs them in a way of its own.
 */
class SameEventsSameAlertsTest {

    static final int CASES = 80;
    private static final int PARTITIONS = 4;

    private static KafkaBroker broker;
    private static SeededCases cases;
    private static Organization organization;
    private static Map<String, JsonNode> expected;

    @TempDir
    private Path directory;

    @BeforeAll
    static void decideUndisturbed() throws Exception {
        broker = KafkaBroker.start();
        List<Scenarios.Scenario> scenarios = Scenarios.all();
        List<SeededCases.Line> lines = new ArrayList<>();
        scenarios.forEach(scenario -> lines.addAll(scenario.timedLines()));
        organization = Scenarios.organization(scenarios);
        cases = new SeededCases(CASES, lines);
        expected = byId(replay().scan(cases.inOrder()));
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void theCasesAreWorthTheirRuns() {
        assertThat(expected.values().stream().map(alert -> alert.at("/rule/id").asText()))
                .containsAll(Replay.catalogue(organization).enabled().stream()
                        .map(Detection::name)
                        .toList());
        assertThat(expected.values().stream()
                        .map(alert -> alert.at("/organization/id").asText())
                        .distinct()
                        .count())
                .isGreaterThan(CASES / 3L);
    }

    @Test
    void whateverTheOrderInTheFiles() {
        List<String> shuffled = cases.shuffled(new SplittableRandom(1));
        assertThat(byId(replay().scan(shuffled))).isEqualTo(expected);
    }

    @Test
    void whateverTheParallelismAndTheCopies() {
        List<List<String>> parts = cases.split(cases.withCopies(new SplittableRandom(2)), PARTITIONS);
        for (int parallelism : new int[] {2, 4}) {
            ScanResult result =
                    replay().parallelism(parallelism).scan(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
            assertThat(byId(result)).isEqualTo(expected);
            assertThat(result.summary().get("duplicates").asLong()).isPositive();
        }
    }

    @Test
    void whateverTheOrderWithinTheBoundOfALiveStream() {
        ScanResult result = replay().lateness(SeededCases.BOUND).scan(cases.jittered(new SplittableRandom(3)));
        assertThat(byId(result)).isEqualTo(expected);
        assertThat(result.summary().get("late").asLong()).isZero();
    }

    @Test
    void whateverCopiesComeLate() {
        ScanResult result = replay().lateness(Duration.ofMillis(1)).scan(cases.withCopies(new SplittableRandom(5)));
        assertThat(result.summary().get("late").asLong()).isPositive();
        Map<String, JsonNode> alerts = byId(result);
        assertThat(alerts).containsAllEntriesOf(expected);
        alerts.keySet().removeAll(expected.keySet());
        // A first step that goes on with its second is not known any more when its copy comes.
        assertThat(alerts.values())
                .extracting(alert -> alert.at("/rule/id").asText())
                .isSubsetOf(ofTwoSteps());
    }

    private static List<String> ofTwoSteps() {
        return Replay.catalogue(organization).running(SequenceDetection.class).stream()
                .filter(SequenceDetection::isPair)
                .map(SequenceDetection::name)
                .toList();
    }

    @Test
    void fromKafkaAsFromFilesOverAllPartitions() throws Exception {
        send("partitions", cases.withCopies(new SplittableRandom(4)));
        for (int parallelism : new int[] {4}) {
            Path out = directory.resolve("p" + parallelism);
            pipeline()
                    .parallelism(parallelism)
                    .build(List.of(Pipeline.topic(broker, "partitions", true)), List.of(Writers.files(out)))
                    .execute();
            assertThat(Pipeline.alertsIn(out)).isEqualTo(expected);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @Tag("full")
    void acrossASavepointAndAnotherParallelism() throws Exception {
        List<String> lines = cases.jittered(new SplittableRandom(5));
        createTopic("savepoint");
        sendTo("savepoint", lines.subList(0, lines.size() / 2));
        Path out = directory.resolve("out");
        JobClient first = pipeline()
                .parallelism(2)
                .option("execution.checkpointing.interval", "500 ms")
                .option("state.backend.type", "rocksdb")
                .build(List.of(Pipeline.topic(broker, "savepoint", false)), List.of(Writers.files(out)))
                .executeAsync();
        awaitEvents(first, "savepoint", lines.size() / 2);
        String savepoint = first.stopWithSavepoint(
                        false, directory.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        sendTo("savepoint", lines.subList(lines.size() / 2, lines.size()));
        JobClient second = pipeline()
                .parallelism(1)
                .option("execution.state-recovery.path", savepoint)
                .option("execution.checkpointing.interval", "500 ms")
                .option("state.backend.type", "rocksdb")
                .build(List.of(Pipeline.topic(broker, "savepoint", false)), List.of(Writers.files(out)))
                .executeAsync();
        sendTail("savepoint");
        awaitAlerts(second, out);
        second.cancel().get();
        assertThat(Pipeline.alertsIn(out)).isEqualTo(expected);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void acrossACrashAndARestartFromTheLastCheckpoint() throws Exception {
        List<String> lines = cases.jittered(new SplittableRandom(6));
        createTopic("crash");
        sendTo("crash", lines.subList(0, lines.size() / 2));
        Path out = directory.resolve("out");
        FailOnce.reset();
        StreamExecutionEnvironment env = pipeline()
                .parallelism(2)
                .option("execution.checkpointing.interval", "300 ms")
                .option("restart-strategy.type", "fixed-delay")
                .option("restart-strategy.fixed-delay.attempts", "3")
                .option("restart-strategy.fixed-delay.delay", "100 ms")
                .between(records -> records.map(new FailOnce()).uid("fail-once"))
                .build(List.of(Pipeline.topic(broker, "crash", false)), List.of(Writers.files(out)));
        JobClient job = env.executeAsync();
        awaitEvents(job, "crash", lines.size() / 2);
        int checkpoints = FailOnce.CHECKPOINTS.get();
        Await.until("a checkpoint after the first half", () -> FailOnce.CHECKPOINTS.get() > checkpoints + 4);
        FailOnce.ARMED.set(true);
        sendTo("crash", lines.subList(lines.size() / 2, lines.size()));
        sendTail("crash");
        awaitAlerts(job, out);
        job.cancel().get();
        assertThat(FailOnce.FAILED.get()).isEqualTo(1);
        assertThat(Pipeline.alertsIn(out)).isEqualTo(expected);
    }

    private static Replay replay() {
        return Replay.withShippedDetections().of(organization);
    }

    /** Checkpoints in files: Flink fails a job with one of more than 5 MB in memory, and half of all records may wait in one. */
    private Pipeline pipeline() {
        return new Pipeline(Replay.catalogue(organization), organization)
                .option(
                        "execution.checkpointing.dir",
                        directory.resolve("checkpoints").toUri().toString());
    }

    private static void awaitEvents(JobClient job, String source, long count) throws Exception {
        Await.until(count + " events of " + source, () -> {
            Object events = job.getAccumulators().get().get("source/" + source + "/events");
            return events instanceof Long number && number >= count;
        });
    }

    private static void awaitAlerts(JobClient job, Path out) throws Exception {
        try {
            Await.until("all alerts", () -> {
                if (job.getJobExecutionResult().isDone()) {
                    // It never ends by itself: this says why it failed.
                    job.getJobExecutionResult().get();
                }
                return Pipeline.countOfAlertsIn(out) >= expected.size();
            });
        } catch (AssertionError e) {
            Map<String, JsonNode> missing = new TreeMap<>(expected);
            missing.keySet().removeAll(Pipeline.alertsIn(out).keySet());
            throw new AssertionError(missing.size() + " alerts are missing: " + missing.values(), e);
        }
    }

    private static void createTopic(String topic) throws Exception {
        broker.createTopic(topic, PARTITIONS);
    }

    private static void send(String topic, List<String> lines) throws Exception {
        createTopic(topic);
        sendTo(topic, lines);
    }

    private static void sendTo(String topic, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            broker.send(topic, i % PARTITIONS, lines.get(i).getBytes(StandardCharsets.UTF_8));
        }
        broker.flush();
    }

    /** Later events of somebody else, so that time goes on in every partition. */
    private static void sendTail(String topic) {
        List<String> tail = new ArrayList<>();
        for (int i = 0; i < 3 * PARTITIONS; i++) {
            tail.add(cases.muchLater(i));
        }
        sendTo(topic, tail);
    }

    private static Map<String, JsonNode> byId(ScanResult result) {
        Map<String, JsonNode> alerts = new TreeMap<>();
        for (JsonNode alert : result.documents()) {
            JsonNode same = alerts.put(alert.at("/event/id").asText(), alert);
            assertThat(same).as("an alert written twice").isNull();
        }
        return alerts;
    }

    /** Fails once, on the first record after it was armed. */
    private static final class FailOnce extends RichMapFunction<Decoded, Decoded> implements CheckpointListener {
        private static final long serialVersionUID = 1L;
        static final AtomicBoolean ARMED = new AtomicBoolean();
        static final AtomicInteger FAILED = new AtomicInteger();
        static final AtomicInteger CHECKPOINTS = new AtomicInteger();

        static void reset() {
            ARMED.set(false);
            FAILED.set(0);
            CHECKPOINTS.set(0);
        }

        @Override
        public Decoded map(Decoded decoded) {
            if (ARMED.compareAndSet(true, false)) {
                FAILED.incrementAndGet();
                throw new IllegalStateException("failing as the test wants");
            }
            return decoded;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            CHECKPOINTS.incrementAndGet();
        }
    }
}
