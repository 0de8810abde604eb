package io.entrawatch;

import java.time.Duration;

import org.apache.flink.streaming.api.environment.CheckpointConfig;

import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.settings.Secret;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.sink.KafkaTopics;

/**
 * Refuses checkpoints with which a transaction of Kafka may last longer than the broker lets it: the broker would give it up,
 * and Flink would go on without its alerts.
 */
final class KafkaTransactions {

    private static final String TIMEOUT = "transaction.timeout.ms";

    private KafkaTransactions() {}

    /** @throws KafkaAccessException which says what to set */
    static void check(JobSettings settings, CheckpointConfig checkpoints) {
        OutputSettings.Kafka kafka = settings.outputs().kafka();
        if (kafka == null || !kafka.exactlyOnce()) {
            return;
        }
        long interval = checkpoints.getCheckpointInterval();
        if (interval <= 0) {
            if (!settings.sources().stream().allMatch(SourceSettings::ends)) {
                throw new KafkaAccessException(
                        "outputs.kafka.delivery: exactly-once, and no checkpoints (expected:"
                                + " execution.checkpointing.interval under flink, because readers see alerts when one completes)");
            }
            return;
        }
        // The transaction that is open while a checkpoint begins ends with it, or with the next one that does not fail.
        int checkpointsAtMost = checkpoints.getTolerableCheckpointFailureNumber() + 1;
        long longest = checkpointsAtMost * (interval + checkpoints.getCheckpointTimeout());
        long allowed = timeoutMillis(kafka);
        if (longest >= allowed) {
            throw new KafkaAccessException(
                    "outputs.kafka.delivery: exactly-once, and a transaction may last "
                            + Duration.ofMillis(longest) + ": an interval and a timeout of checkpoints, "
                            + (checkpointsAtMost == 1 ? "once" : checkpointsAtMost + " times")
                            + " (expected: less than "
                            + TIMEOUT + " under outputs.kafka.properties, " + Duration.ofMillis(allowed)
                            + "; see execution.checkpointing.interval, .timeout and .tolerable-failed-checkpoints under flink)");
        }
    }

    private static long timeoutMillis(OutputSettings.Kafka kafka) {
        Secret own = kafka.properties().get(TIMEOUT);
        if (own == null) {
            return Long.parseLong(KafkaTopics.TRANSACTION_TIMEOUT_MILLIS);
        }
        try {
            return Long.parseLong(own.reveal().strip());
        } catch (NumberFormatException e) {
            throw new KafkaAccessException(
                    "outputs.kafka.properties." + TIMEOUT + ": " + own.reveal() + " (expected: milliseconds)");
        }
    }
}
