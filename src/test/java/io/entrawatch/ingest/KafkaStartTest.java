package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.entrawatch.Environments;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.settings.SourceSettings.StartFrom;
import io.entrawatch.settings.TimeSettings;
import io.entrawatch.testkit.KafkaBroker;
import io.entrawatch.testkit.Logs;

import static org.assertj.core.api.Assertions.assertThat;

/** Which topics a job without a checkpoint reads, and from where. */
class KafkaStartTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant SENT =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minusSeconds(3600);
    private static final String GROUP = "entrawatch";
    private static final Queue<String> READ = new ConcurrentLinkedQueue<>();

    private static KafkaBroker broker;

    /** Three records, a minute after each other; the group has committed the first two. */
    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.start();
        for (String topic : List.of("logs-a", "logs-b", "other")) {
            broker.createTopic(topic, 1);
            for (int i = 1; i <= 3; i++) {
                String record = Logs.audit(topic + "-" + i, NOON, "Add user", "target", "success");
                broker.send(topic, 0, SENT.plusSeconds(60L * i), record.getBytes(StandardCharsets.UTF_8));
            }
        }
        broker.flush();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(GROUP, Map.of(new TopicPartition("other", 0), new OffsetAndMetadata(2)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({"EARLIEST, other-1 other-2 other-3", "TIMESTAMP, other-2 other-3", "COMMITTED, other-3", "LATEST, ''"})
    void aTopicIsReadFromWhereTheSettingsSay(StartFrom start, String read) throws Exception {
        assertThat(String.join(" ", read(List.of("other"), null, GROUP, start))).isEqualTo(read);
    }

    @Test
    void aGroupThatHasCommittedNothingReadsAll() throws Exception {
        assertThat(read(List.of("other"), null, "another", StartFrom.COMMITTED)).hasSize(3);
    }

    @Test
    void aPatternTakesTheTopicsThatItMatchesAsAWhole() throws Exception {
        assertThat(read(List.of(), "logs-.", GROUP, StartFrom.EARLIEST))
                .containsExactlyInAnyOrder("logs-a-1", "logs-a-2", "logs-a-3", "logs-b-1", "logs-b-2", "logs-b-3");
    }

    private static List<String> read(List<String> topics, @Nullable String pattern, String group, StartFrom start)
            throws Exception {
        READ.clear();
        SourceSettings source = new SourceSettings.Kafka(
                "entra",
                null,
                broker.bootstrapServers(),
                topics,
                pattern,
                group,
                start,
                start == StartFrom.TIMESTAMP ? SENT.plusSeconds(120) : null,
                true,
                Duration.ofMinutes(5),
                Map.of());
        StreamExecutionEnvironment env = Environments.local(Map.of("restart-strategy.type", "none"), false);
        env.setParallelism(1);
        new EntraLogs(env, Wanted.of(EnumSet.noneOf(Field.class)), Logs.TENANT, null, 1024 * 1024)
                .read(source, TimeSettings.DEFAULT)
                .map(new WriteDown())
                .uid("write-down")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        env.execute();
        return List.copyOf(READ);
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
