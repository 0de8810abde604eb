package io.entrawatch.ingest;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Decoded;
import io.entrawatch.event.Wanted;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.settings.TimeSettings;

/** Builds the sources: Kafka and files, decoded where they are read. */
public final class EntraLogs {

    private final StreamExecutionEnvironment env;
    private final Wanted wanted;
    private final String defaultTenant;
    private final @Nullable String geoip;
    private final int largestRecord;

    /** @param wanted what the detections ask of records */
    public EntraLogs(
            StreamExecutionEnvironment env,
            Wanted wanted,
            String defaultTenant,
            @Nullable String geoip,
            int largestRecord) {
        this.env = env;
        this.wanted = wanted;
        this.defaultTenant = defaultTenant;
        this.geoip = geoip;
        this.largestRecord = largestRecord;
    }

    /** The records of a source that may go on for ever. */
    public DataStream<Decoded> read(SourceSettings source, TimeSettings time) {
        WatermarkStrategy<Decoded> watermarks = EventTimeWatermarks.live(time.lateness(), time.idleness(), time.skew());
        Decoding decoding = decoding(source.tenant(), true);
        if (source instanceof SourceSettings.Kafka kafka) {
            return env.fromSource(kafkaSource(kafka, decoding), watermarks, "Read " + kafka.name())
                    .uid("read-" + kafka.name());
        }
        return files((SourceSettings.Files) source, watermarks, decoding, AssignInOrder::byPath);
    }

    /** @throws java.io.UncheckedIOException if the file is no database of places */
    public static void mustBeDatabase(java.nio.file.Path geoip) {
        Places.with(geoip).close();
    }

    /** The records of files that are read as if they arrived now, one after the other in the order of their paths. */
    public SingleOutputStreamOperator<Decoded> replay(SourceSettings.Files source, TimeSettings time) {
        WatermarkStrategy<Decoded> watermarks =
                EventTimeWatermarks.replayed(time.lateness(), time.idleness(), time.skew());
        return files(source, watermarks, decoding(source.tenant(), false), AssignInOrder::byPath);
    }

    /**
     * The records of files that are read to their end, one file after the other as they are named.
     *
     * @param disorder by how much an event is older, at most, than one that was read before it
     */
    public DataStream<Decoded> readToTheEnd(SourceSettings.Files source, Duration disorder) {
        return files(
                source,
                EventTimeWatermarks.behind(disorder),
                decoding(source.tenant(), false),
                AssignInOrder::asListed);
    }

    private Decoding decoding(@Nullable String tenant, boolean live) {
        return new Decoding(wanted, tenant == null ? defaultTenant : tenant, geoip, largestRecord, live);
    }

    private SingleOutputStreamOperator<Decoded> files(
            SourceSettings.Files source,
            WatermarkStrategy<Decoded> watermarks,
            Decoding decoding,
            FileSplitAssigner.Provider order) {
        LinkedHashSet<Path> paths = new LinkedHashSet<>();
        source.paths()
                .forEach(path -> paths.add(new Path(java.nio.file.Path.of(path).toUri())));
        var files = new LogFileSource(paths, new LogFileFormat(decoding), source.watch(), order);
        return env.fromSource(files, watermarks, "Read " + source.name()).uid("read-" + source.name());
    }

    private static KafkaSource<Decoded> kafkaSource(SourceSettings.Kafka source, Decoding decoding) {
        Properties properties = new Properties();
        source.properties().forEach((name, value) -> properties.setProperty(name, value.reveal()));
        properties.setProperty(
                "partition.discovery.interval.ms",
                Long.toString(source.discovery().toMillis()));
        KafkaSourceBuilder<Decoded> builder = KafkaSource.<Decoded>builder()
                .setBootstrapServers(source.bootstrapServers())
                .setGroupId(source.groupId())
                .setProperties(properties)
                .setStartingOffsets(offsets(source))
                .setDeserializer(new DecodeMessages(decoding));
        if (source.untilNow()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        String pattern = source.topicPattern();
        return pattern == null
                ? builder.setTopics(source.topics()).build()
                : builder.setTopicPattern(Pattern.compile(pattern)).build();
    }

    static OffsetsInitializer offsets(SourceSettings.Kafka source) {
        return switch (source.startFrom()) {
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> new OldestWhereGone(OffsetsInitializer.latest());
            case TIMESTAMP ->
                new OldestWhereGone(OffsetsInitializer.timestamp(
                        source.startAt() == null ? 0 : source.startAt().toEpochMilli()));
        };
    }

    /**
     * Where to start, and what to do when Kafka no longer has the records of a checkpoint: read the oldest that it has.
     * Flink's own would go to the newest then, past all that is still there.
     */
    private record OldestWhereGone(OffsetsInitializer start) implements OffsetsInitializer {

        @Override
        public Map<TopicPartition, Long> getPartitionOffsets(
                Collection<TopicPartition> partitions, PartitionOffsetsRetriever kafka) {
            return start.getPartitionOffsets(partitions, kafka);
        }

        @Override
        public OffsetResetStrategy getAutoOffsetResetStrategy() {
            return OffsetResetStrategy.EARLIEST;
        }
    }
}
