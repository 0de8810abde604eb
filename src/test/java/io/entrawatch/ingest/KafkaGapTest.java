package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.entrawatch.Environments;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.settings.SourceSettings.StartFrom;
import io.entrawatch.settings.TimeSettings;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.KafkaBroker;
import io.entrawatch.testkit.Logs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a job reads that goes on from a savepoint: where it was down for longer than Kafka keeps records, what is still there,
 * wherever it once started; and each topic that it had, as the documentation says.
 */
class KafkaGapTest {

    private static final String TOPIC = "logs";
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Queue<String> READ = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void forget() {
        READ.clear();
    }

    @ParameterizedTest
    @EnumSource(StartFrom.class)
    void whatIsGoneIsFollowedByTheOldestThatIsThere(StartFrom start) {
        assertThat(EntraLogs.offsets(source("entra", "localhost:9092", start, TOPIC))
                        .getAutoOffsetResetStrategy())
                .isEqualTo(OffsetResetStrategy.EARLIEST);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void whatIsStillThereIsReadAfterALongOutage() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic(TOPIC, 1);
            send(broker, TOPIC, "a", "b", "c");
            SourceSettings.Kafka source = source("entra", broker.bootstrapServers(), StartFrom.TIMESTAMP, TOPIC);
            JobClient job = job(source, Map.of());
            Await.until("the first records", () -> READ.contains("c"));
            String savepoint = savepointOf(job);
            send(broker, TOPIC, "d", "e", "f");
            deleteBefore(broker, 4);
            JobClient next = job(source, Map.of("execution.state-recovery.path", savepoint));
            Await.until("what came while the job was down", () -> READ.contains("f"));
            next.cancel().get();
        }
        assertThat(READ).containsExactly("a", "b", "c", "e", "f");
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aTopicThatIsTakenOutIsReadUntilTheSourceHasAnotherName() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            for (String topic : List.of("kept", "gone", "added")) {
                broker.createTopic(topic, 1);
            }
            send(broker, "kept", "a");
            send(broker, "gone", "b");
            send(broker, "added", "c");
            String servers = broker.bootstrapServers();
            JobClient job = job(source("entra", servers, StartFrom.EARLIEST, "kept", "gone"), Map.of());
            Await.until("the first records", () -> READ.containsAll(List.of("a", "b")));
            String savepoint = savepointOf(job);
            send(broker, "kept", "d");
            send(broker, "gone", "e");
            JobClient next = job(
                    source("entra", servers, StartFrom.LATEST, "kept", "added"),
                    Map.of("execution.state-recovery.path", savepoint));
            Await.until("those of all topics", () -> READ.containsAll(List.of("c", "d", "e")));
            savepoint = savepointOf(next);
            READ.clear();
            send(broker, "gone", "f");
            send(broker, "kept", "g");
            JobClient renamed = job(
                    source("renamed", servers, StartFrom.COMMITTED, "kept", "added"),
                    Map.of(
                            "execution.state-recovery.path",
                            savepoint,
                            "execution.state-recovery.ignore-unclaimed-state",
                            "true"));
            Await.until("what came since", () -> READ.contains("g"));
            renamed.cancel().get();
        }
        assertThat(READ).doesNotContain("b", "e", "f");
    }

    private String savepointOf(JobClient job) throws Exception {
        return job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
    }

    private static JobClient job(SourceSettings.Kafka source, Map<String, String> options) throws Exception {
        StreamExecutionEnvironment env = Environments.local(options, false);
        env.setParallelism(1);
        new EntraLogs(env, Wanted.of(EnumSet.noneOf(Field.class)), Logs.TENANT, null, 1024 * 1024)
                .read(source, TimeSettings.DEFAULT)
                .map(new WriteDown())
                .uid("write-down")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        return env.executeAsync();
    }

    private static SourceSettings.Kafka source(String name, String servers, StartFrom start, String... topics) {
        return new SourceSettings.Kafka(
                name,
                null,
                servers,
                List.of(topics),
                null,
                "entrawatch",
                start,
                NOON,
                false,
                Duration.ofMinutes(5),
                Map.of());
    }

    private static void send(KafkaBroker broker, String topic, String... ids) {
        for (String id : ids) {
            String record = Logs.audit(id, NOON, "Add user", "target", "success");
            broker.send(topic, 0, record.getBytes(StandardCharsets.UTF_8));
        }
        broker.flush();
    }

    /** As Kafka does by itself with what is older than the retention. */
    private static void deleteBefore(KafkaBroker broker, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(TOPIC, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static final class WriteDown implements MapFunction<Decoded, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String map(Decoded decoded) {
            READ.add(decoded.event().id());
            return decoded.event().id();
        }
    }
}
