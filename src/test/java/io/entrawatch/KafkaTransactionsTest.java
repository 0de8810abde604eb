package io.entrawatch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SettingsReader;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The broker gives up a transaction that lasts too long, and nobody would be told of its alerts. */
class KafkaTransactionsTest {

    private static final String INTERVAL = "execution.checkpointing.interval";
    private static final String TIMEOUT = "execution.checkpointing.timeout";
    private static final String TOLERATED = "execution.checkpointing.tolerable-failed-checkpoints";

    @TempDir
    private Path directory;

    /** Flink's timeout of a checkpoint is ten minutes, and the transaction's fifteen. */
    @ParameterizedTest(name = "every {0}, given up after {1}, {2} times tolerated, {3} ms allowed: {4}")
    @CsvSource({
        "30 s,    10 min, 0, 900000,  true",
        "299 s,   10 min, 0, 900000,  true",
        "5 min,   10 min, 0, 900000,  false",
        "30 s,    10 min, 1, 900000,  false",
        "30 s,    5 min,  1, 900000,  true",
        "5 min,   10 min, 0, 3600000, true",
        "30 s,    10 min, 0, 60000,   false"
    })
    void aTransactionEndsBeforeTheBrokerEndsIt(
            String interval, String timeout, String tolerated, String allowed, boolean fits) throws Exception {
        JobSettings settings = settings("exactly-once", false, "transaction.timeout.ms: " + allowed);
        CheckpointConfig checkpoints = checkpoints(Map.of(INTERVAL, interval, TIMEOUT, timeout, TOLERATED, tolerated));

        if (fits) {
            assertThatCode(() -> KafkaTransactions.check(settings, checkpoints)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> KafkaTransactions.check(settings, checkpoints))
                    .isInstanceOf(KafkaAccessException.class)
                    .hasMessageContaining("exactly-once, and a transaction may last")
                    .hasMessageContaining("(expected: less than transaction.timeout.ms");
        }
    }

    @Test
    void whatIsWrittenAtLeastOnceTakesAnyCheckpoints() throws Exception {
        JobSettings settings = settings("at-least-once", false, "");
        assertThatCode(() -> KafkaTransactions.check(settings, checkpoints(Map.of(INTERVAL, "1 h"))))
                .doesNotThrowAnyException();
    }

    @Test
    void withoutCheckpointsOnlyLogsThatEndAreWrittenExactlyOnce() throws Exception {
        JobSettings endless = settings("exactly-once", false, "");
        JobSettings ending = settings("exactly-once", true, "");

        assertThatThrownBy(() -> KafkaTransactions.check(endless, checkpoints(Map.of())))
                .hasMessageContaining("exactly-once, and no checkpoints (expected: " + INTERVAL);
        assertThatCode(() -> KafkaTransactions.check(ending, checkpoints(Map.of())))
                .doesNotThrowAnyException();
    }

    @Test
    void aTimeoutIsInMilliseconds() throws Exception {
        JobSettings settings = settings("exactly-once", false, "transaction.timeout.ms: 1h");
        assertThatThrownBy(() -> KafkaTransactions.check(settings, checkpoints(Map.of(INTERVAL, "30 s"))))
                .hasMessage("outputs.kafka.properties.transaction.timeout.ms: 1h (expected: milliseconds)");
    }

    private static CheckpointConfig checkpoints(Map<String, String> options) {
        return Environments.local(options, false).getCheckpointConfig();
    }

    private JobSettings settings(String delivery, boolean ends, String properties) throws Exception {
        return SettingsReader.read(Files.writeString(
                directory.resolve("entrawatch.yaml"),
                """
                sources:
                  - name: entra
                    kafka: { bootstrap-servers: "localhost:9092", topics: [ logs ], until-now: %s }
                outputs:
                  kafka:
                    bootstrap-servers: "localhost:9092"
                    delivery: %s
                    properties: { %s }
                """
                        .formatted(ends, delivery, properties)));
    }
}
