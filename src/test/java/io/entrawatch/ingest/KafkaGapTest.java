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

/** A job that was down for longer than Kafka keeps records: what is still there is read, wherever it once started. */
class KafkaGapTest {

    private static final String TOPIC = "logs";
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Queue<String> READ = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(StartFrom.class)
    void whatIsGoneIsFollowedByTheOldestThatIsThere(StartFrom start) {
        assertThat(EntraLogs.offsets(source("localhost:9092", start)).getAutoOffsetResetStrategy())
                .isEqualTo(OffsetResetStrategy.EARLIEST);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void whatIsStillThereIsReadAfterALongOutage() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic(TOPIC, 1);
            send(broker, "a", "b", "c");
            JobClient job = job(broker, Map.of());
            Await.until("the first records", () -> READ.contains("c"));
            String savepoint = job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get();
            send(broker, "d", "e", "f");
            deleteBefore(broker, 4);
            JobClient next = job(broker, Map.of("execution.state-recovery.path", savepoint));
            Await.until("what came while the job was down", () -> READ.contains("f"));
            next.cancel().get();
        }
        assertThat(READ).containsExactly("a", "b", "c", "e", "f");
    }

    private static JobClient job(KafkaBroker broker, Map<String, String> options) throws Exception {
        StreamExecutionEnvironment env = Environments.local(options, false);
        env.setParallelism(1);
        new EntraLogs(env, Wanted.of(EnumSet.noneOf(Field.class)), Logs.TENANT, null, 1024 * 1024)
                .read(source(broker.bootstrapServers(), StartFrom.TIMESTAMP), TimeSettings.DEFAULT)
                .map(new WriteDown())
                .uid("write-down")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        return env.executeAsync();
    }

    private static SourceSettings.Kafka source(String servers, StartFrom start) {
        return new SourceSettings.Kafka(
                "entra",
                null,
                servers,
                List.of(TOPIC),
                null,
                "entrawatch",
                start,
                NOON,
                false,
                Duration.ofMinutes(5),
                Map.of());
    }

    private static void send(KafkaBroker broker, String... ids) {
        for (String id : ids) {
            String record = Logs.audit(id, NOON, "Add user", "target", "success");
            broker.send(TOPIC, 0, record.getBytes(StandardCharsets.UTF_8));
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
