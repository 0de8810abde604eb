package io.entrawatch.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.entrawatch.Environments;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SettingsReader;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The broker gives up a transaction that lasts too long, and nobody would be told of its alerts. */
class KafkaTransactionsTest {

    private static final String INTERVAL = "execution.checkpointing.interval";
    private static final String TIMEOUT = "execution.checkpointing.timeout";
    private static final String PAUSE = "execution.checkpointing.min-pause";
    private static final String TOLERATED = "execution.checkpointing.tolerable-failed-checkpoints";

    @TempDir
    private Path directory;

    /** From the middle of one checkpoint to the end of the next that does not fail. */
    @ParameterizedTest(name = "every {0}, given up after {1}, {2} between, {3} times tolerated, {4} ms allowed: {5}")
    @CsvSource({
        "30 s,  5 min,  0 s,   0, 900000, true",
        "9 min, 5 min,  0 s,   0, 900000, true",
        "10 min, 5 min, 0 s,   0, 900000, false",
        "30 s,  10 min, 0 s,   0, 900000, false",
        "30 s,  10 min, 0 s,   0, 1200001, true",
        "30 s,  5 min,  5 min, 0, 900000, false",
        "30 s,  5 min,  4 min, 0, 900000, true",
        "4 min, 1 min,  0 s,   2, 900000, true",
        "4 min, 1 min,  0 s,   3, 900000, false",
        "30 s,  5 min,  0 s,   2147483647, 900000, false",
        "9223372036854775807 ms, 5 min, 0 s, 0, 900000, false"
    })
    void aTransactionEndsBeforeTheBrokerEndsIt(
            String interval, String timeout, String pause, String tolerated, String allowed, boolean fits)
            throws Exception {
        JobSettings settings = settings("exactly-once", "transaction.timeout.ms: " + allowed);
        CheckpointConfig checkpoints =
                checkpoints(Map.of(INTERVAL, interval, TIMEOUT, timeout, PAUSE, pause, TOLERATED, tolerated));

        if (fits) {
            assertThatCode(() -> KafkaTransactions.check(settings, checkpoints)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> KafkaTransactions.check(settings, checkpoints))
                    .isInstanceOf(KafkaAccessException.class)
                    .hasMessageContaining("exactly-once, and with these checkpoints a transaction may last")
                    .hasMessageContaining("(expected: less than transaction.timeout.ms");
        }
    }

    @Test
    void whatIsWrittenAtLeastOnceTakesAnyCheckpoints() throws Exception {
        JobSettings settings = settings("at-least-once", "");
        assertThatCode(() -> KafkaTransactions.check(settings, checkpoints(Map.of(INTERVAL, "1 h"))))
                .doesNotThrowAnyException();
    }

    @Test
    void withoutCheckpointsNothingIsCommittedInTime() throws Exception {
        assertThatThrownBy(() -> KafkaTransactions.check(settings("exactly-once", ""), checkpoints(Map.of())))
                .hasMessageContaining("exactly-once, and no checkpoints (expected: " + INTERVAL);
    }

    @Test
    void aTimeoutIsInMilliseconds() throws Exception {
        JobSettings settings = settings("exactly-once", "transaction.timeout.ms: 1h");
        assertThatThrownBy(() -> KafkaTransactions.check(settings, checkpoints(Map.of(INTERVAL, "30 s"))))
                .hasMessage("outputs.kafka.properties.transaction.timeout.ms: no number (expected: milliseconds)");
    }

    private static CheckpointConfig checkpoints(Map<String, String> options) {
        return Environments.local(options, false).getCheckpointConfig();
    }

    private JobSettings settings(String delivery, String properties) throws Exception {
        return SettingsReader.read(Files.writeString(
                directory.resolve("entrawatch.yaml"),
                """
                sources:
                  - name: entra
                    kafka: { bootstrap-servers: "localhost:9092", topics: [ logs ] }
                outputs:
                  kafka:
                    bootstrap-servers: "localhost:9092"
                    delivery: %s
                    properties: { %s }
                """
                        .formatted(delivery, properties)));
    }
}
