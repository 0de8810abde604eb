package io.entrawatch.settings;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Where logs are read from. */
public sealed interface SourceSettings extends Serializable {

    /** Names the source in counts, in the Flink UI and in state. */
    String name();

    /** The tenant of records that name none, or null. */
    @Nullable
    String tenant();

    /** Whether it is read to an end, so that a job of nothing else ends. */
    boolean ends();

    /**
     * Topics of Kafka or of Azure Event Hubs.
     *
     * @param topics names; empty where the pattern says which
     * @param startAt where to start with {@link StartFrom#TIMESTAMP}
     * @param untilNow whether to read what is there at the start and end
     * @param discovery how often to look for new partitions and topics
     * @param properties of the Kafka client, by name
     */
    record Kafka(
            String name,
            @Nullable String tenant,
            String bootstrapServers,
            List<String> topics,
            @Nullable String topicPattern,
            String groupId,
            StartFrom startFrom,
            @Nullable Instant startAt,
            boolean untilNow,
            Duration discovery,
            Map<String, Secret> properties)
            implements SourceSettings {

        @Override
        public boolean ends() {
            return untilNow;
        }
    }

    /**
     * A file or a directory.
     *
     * @param watch how often to look for new files; null to read what is there and end
     */
    record Files(String name, @Nullable String tenant, List<String> paths, @Nullable Duration watch)
            implements SourceSettings {

        @Override
        public boolean ends() {
            return watch == null;
        }
    }

    /** Where to start without a checkpoint. */
    enum StartFrom {
        /** What the consumer group has committed; without that the earliest. */
        COMMITTED,
        EARLIEST,
        LATEST,
        TIMESTAMP
    }
}
