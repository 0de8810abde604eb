package io.entrawatch.kafka;

import org.apache.flink.streaming.api.environment.CheckpointConfig;

import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.OutputSettings;

/**
 * Refuses checkpoints with which a transaction of Kafka may last longer than the broker lets it: the broker would give it up,
 * and Flink would go on without its alerts.
 */
public final class KafkaTransactions {

    private static final String TIMEOUT = OutputSettings.Kafka.TRANSACTION_TIMEOUT;
    private static final double MILLIS_OF_MINUTE = 60_000;

    private KafkaTransactions() {}

    /** @throws KafkaAccessException which says what to set */
    public static void check(JobSettings settings, CheckpointConfig checkpoints) {
        OutputSettings.Kafka kafka = settings.outputs().kafka();
        if (kafka == null || !kafka.exactlyOnce()) {
            return;
        }
        if (checkpoints.getCheckpointInterval() <= 0) {
            throw new KafkaAccessException(
                    "outputs.kafka.delivery: exactly-once, and no checkpoints (expected:"
                            + " execution.checkpointing.interval under flink, because alerts are committed when one completes)");
        }
        double longest = longestMillis(checkpoints);
        long allowed = timeoutMillis(kafka);
        if (longest >= allowed) {
            throw new KafkaAccessException(
                    "outputs.kafka.delivery: exactly-once, and with these checkpoints a transaction"
                            + " may last " + minutes(longest) + " (expected: less than " + TIMEOUT
                            + " under outputs.kafka.properties, " + minutes(allowed)
                            + "; under flink execution.checkpointing.timeout, .interval, .min-pause and .tolerable-failed-checkpoints"
                            + " decide)");
        }
    }

    /**
     * It begins when one checkpoint has passed the writer, and is committed when the next that does not fail is complete: what
     * is left of the first, and for each that fails, and the one that does not, the wait for it and the checkpoint itself.
     */
    private static double longestMillis(CheckpointConfig checkpoints) {
        double timeout = checkpoints.getCheckpointTimeout();
        double fromOneToTheNext =
                Math.max(checkpoints.getCheckpointInterval(), timeout + checkpoints.getMinPauseBetweenCheckpoints());
        return (1.0 + checkpoints.getTolerableCheckpointFailureNumber()) * fromOneToTheNext + timeout;
    }

    private static String minutes(double millis) {
        return Math.round(Math.ceil(millis / MILLIS_OF_MINUTE)) + " min";
    }

    private static long timeoutMillis(OutputSettings.Kafka kafka) {
        try {
            return Long.parseLong(kafka.transactionTimeout());
        } catch (NumberFormatException e) {
            // Not repeated: it may have been meant for another property.
            throw new KafkaAccessException(
                    "outputs.kafka.properties." + TIMEOUT + ": no number (expected: milliseconds)");
        }
    }
}
