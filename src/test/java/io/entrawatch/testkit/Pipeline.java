package io.entrawatch.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.entrawatch.EntrawatchJob;
import io.entrawatch.Environments;
import io.entrawatch.Outputs;
import io.entrawatch.Topology;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.Decoded;
import io.entrawatch.ingest.EntraLogs;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.settings.TimeSettings;
import io.entrawatch.sink.Document;
import io.entrawatch.sink.Writers;

/** Puts the real parts together as the job does, with something of the test's in between. */
public final class Pipeline {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Catalogue catalogue;
    private final Organization organization;
    private final Map<String, String> options =
            new HashMap<>(Map.of("restart-strategy.type", "none", "heartbeat.interval", "500"));
    private int parallelism = 1;
    private TimeSettings time = new TimeSettings(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(5));
    private Duration reportEvery = EntrawatchJob.REPORT_EVERY;
    private UnaryOperator<DataStream<Decoded>> between = UnaryOperator.identity();

    public Pipeline(Catalogue catalogue, Organization organization) {
        this.catalogue = catalogue;
        this.organization = organization;
    }

    public Pipeline parallelism(int subtasks) {
        parallelism = subtasks;
        return this;
    }

    public Pipeline option(String name, String value) {
        options.put(name, value);
        return this;
    }

    public Pipeline time(TimeSettings settings) {
        time = settings;
        return this;
    }

    public Pipeline reportEvery(Duration period) {
        reportEvery = period;
        return this;
    }

    public Pipeline between(UnaryOperator<DataStream<Decoded>> step) {
        between = step;
        return this;
    }

    /** The environment, ready to execute. */
    public StreamExecutionEnvironment build(List<SourceSettings> sources, List<Writers.Writer> writers) {
        StreamExecutionEnvironment env = Environments.local(options, false);
        env.setParallelism(parallelism);
        EntraLogs logs =
                new EntraLogs(env, catalogue.wanted(), organization.defaultTenant(), null, JobSettings.LARGEST_RECORD);
        List<Topology.Source> streams = new ArrayList<>();
        for (SourceSettings source : sources) {
            streams.add(new Topology.Source(source.name(), between.apply(logs.read(source, time))));
        }
        Outputs.write(Topology.watch(streams, catalogue, organization, reportEvery), catalogue, writers);
        return env;
    }

    /** Topics that are read from their beginning; to their present end, or for ever. */
    public static SourceSettings.Kafka topic(KafkaBroker broker, String topic, boolean untilNow) {
        return new SourceSettings.Kafka(
                topic,
                null,
                broker.bootstrapServers(),
                List.of(topic),
                null,
                "group-" + topic,
                SourceSettings.StartFrom.EARLIEST,
                null,
                untilNow,
                Duration.ofMinutes(5),
                Map.of());
    }

    /** What the writers of files left in a directory, by alert id. */
    public static Map<String, JsonNode> alertsIn(Path directory) throws IOException {
        Map<String, JsonNode> alerts = new TreeMap<>();
        for (JsonNode alert : documentsIn(directory, Document.Target.ALERTS)) {
            alerts.put(alert.at("/event/id").asText(), alert);
        }
        return alerts;
    }

    /** What the writers of files left in a directory. */
    public static List<JsonNode> documentsIn(Path directory, Document.Target target) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        Path files = directory.resolve(target.label());
        if (!Files.exists(files)) {
            return documents;
        }
        try (Stream<Path> below = Files.walk(files)) {
            for (Path file :
                    below.filter(path -> path.toString().endsWith(".ndjson")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    documents.add(MAPPER.readTree(line));
                }
            }
        }
        return documents;
    }

    /** How many alerts there are, without reading them. */
    public static long countOfAlertsIn(Path directory) throws IOException {
        Path files = directory.resolve("alerts");
        if (!Files.exists(files)) {
            return 0;
        }
        long count = 0;
        try (Stream<Path> below = Files.list(files)) {
            for (Path file : below.filter(path -> path.getFileName().toString().matches("[^.].*\\.ndjson"))
                    .toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    count += lines.count();
                }
            }
        }
        return count;
    }
}
