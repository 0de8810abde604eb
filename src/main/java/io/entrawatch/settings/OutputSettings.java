package io.entrawatch.settings;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Where alerts go; each that is not null is on. */
public record OutputSettings(@Nullable Elasticsearch elasticsearch, @Nullable Kafka kafka, @Nullable Files files)
        implements Serializable {

    /**
     * An Elasticsearch cluster.
     *
     * @param hosts base addresses, asked in turn
     * @param prefix of the indices: {@code <prefix>-alerts-2026.03}, {@code <prefix>-dead-letters}, {@code <prefix>-late},
     *     {@code <prefix>-health-2026.03}
     * @param apiKey as Elasticsearch encodes it; null to use name and password, or nothing
     * @param caFile certificates to trust, in PEM; null for those of the JVM
     * @param installTemplate whether to put the index template in place where there is none
     */
    public record Elasticsearch(
            List<String> hosts,
            String prefix,
            @Nullable String username,
            @Nullable Secret password,
            @Nullable Secret apiKey,
            @Nullable String caFile,
            boolean installTemplate,
            Duration timeout,
            int batchSize,
            int inFlight)
            implements Serializable {}

    /**
     * Topics of Kafka.
     *
     * @param deadLetters the topic of records that could not be read; null for none
     * @param late the topic of late events; null for none
     * @param health the topic of how sources are doing; null for none
     * @param exactlyOnce whether alerts become visible only with a completed checkpoint
     */
    public record Kafka(
            String bootstrapServers,
            String alerts,
            @Nullable String deadLetters,
            @Nullable String late,
            @Nullable String health,
            boolean exactlyOnce,
            String transactionalIdPrefix,
            Map<String, Secret> properties)
            implements Serializable {

        /** How long a broker lets a transaction be open. */
        public static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";

        /** Brokers refuse longer ones than 15 minutes unless told otherwise. */
        private static final String USUAL_TRANSACTION_TIMEOUT = "900000";

        /** As it stands in the properties, or what is usual. */
        public String transactionTimeout() {
            Secret own = properties.get(TRANSACTION_TIMEOUT);
            return own == null ? USUAL_TRANSACTION_TIMEOUT : own.reveal().strip();
        }
    }

    /** A directory with {@code alerts}, {@code dead-letters}, {@code late} and {@code health} below it. */
    public record Files(String directory) implements Serializable {}
}
