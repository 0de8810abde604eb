package io.entrawatch.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.apache.flink.configuration.PipelineOptions;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.TenantId;
import io.entrawatch.yaml.FileReason;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlDocuments;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/** Reads {@code entrawatch.yaml}. Relative paths in it start at its own directory. */
public final class SettingsReader {

    private final LocalPaths paths;
    private final Problems problems;
    private final Secrets secrets;
    private final KafkaReader kafkaReader;

    private SettingsReader(Path home, UnaryOperator<@Nullable String> environment, Problems problems) {
        this.paths = new LocalPaths(home);
        this.problems = problems;
        this.secrets = new Secrets(home, environment);
        this.kafkaReader = new KafkaReader(secrets);
    }

    /**
     * Reads a file.
     *
     * @throws UncheckedIOException if it cannot be read
     * @throws io.entrawatch.yaml.InvalidDocumentException if anything in it is wrong; the message lists everything
     */
    public static JobSettings read(Path file) {
        try {
            return read(file, Files.readString(file), System::getenv);
        } catch (CharacterCodingException e) {
            throw new UncheckedIOException("settings: " + file + " cannot be read: it is not valid UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("settings: " + file + " cannot be read: " + FileReason.of(e), e);
        }
    }

    static JobSettings read(Path file, String text, UnaryOperator<@Nullable String> environment) {
        Problems problems = new Problems();
        List<YamlNode> documents = YamlDocuments.read(file.toString(), text, problems);
        if (documents.size() != 1) {
            problems.add(
                    new Position(file.toString(), 1, 1), documents.size() + " documents (expected: one with settings)");
        }
        problems.throwIfAny();
        Path home = file.toAbsolutePath().getParent();
        SettingsReader reader = new SettingsReader(home == null ? Path.of("") : home, environment, problems);
        JobSettings settings = reader.readAll(new YamlMapping(documents.get(0), problems));
        problems.throwIfAny();
        return settings;
    }

    private JobSettings readAll(YamlMapping document) {
        List<SourceSettings> sources = new ArrayList<>();
        for (YamlNode item : document.items("sources")) {
            readSource(new YamlMapping(item, problems), sources);
        }
        if (sources.isEmpty()) {
            document.problem("sources", "none (expected: at least one with kafka, event-hubs or files)");
        }
        JobSettings settings = new JobSettings(
                sources,
                paths.all(document, "detections"),
                paths.given(document, "organization"),
                paths.given(document, "geoip"),
                readTime(document.mapping("time")),
                new OutputReader(problems, secrets, paths).read(document.mapping("outputs")),
                document.number("largest-record", JobSettings.LARGEST_RECORD, 1024, 64 * 1024 * 1024),
                readFlink(document.mapping("flink")));
        document.rejectOthers();
        return settings;
    }

    private TimeSettings readTime(YamlMapping time) {
        TimeSettings read = new TimeSettings(
                atMost(time, "lateness", time.duration("lateness", TimeSettings.DEFAULT.lateness())),
                atMost(time, "idleness", time.period("idleness", TimeSettings.DEFAULT.idleness())),
                atMost(time, "skew", time.duration("skew", TimeSettings.DEFAULT.skew())));
        time.rejectOthers();
        return read;
    }

    /** What waits for longer is as good as never told. */
    private static Duration atMost(YamlMapping time, String name, Duration span) {
        if (span.compareTo(TimeSettings.LONGEST) > 0) {
            time.problem(name, time.optional(name) + " (expected: at most " + TimeSettings.LONGEST.toDays() + "d)");
        }
        return span;
    }

    /** Flink's own options, whose names are Flink's to check. */
    private Map<String, String> readFlink(YamlMapping flink) {
        Map<String, String> options = new TreeMap<>();
        secrets.properties(flink).forEach((name, value) -> options.put(name, value.reveal()));
        String most = options.get(PipelineOptions.MAX_PARALLELISM.key());
        if (most != null && !most.matches("1|2|4|8|16|32|64|128|256|512|1024|2048|4096|8192|16384|32768")) {
            flink.problem(PipelineOptions.MAX_PARALLELISM.key(), most + " (expected: a power of two up to 32768)");
        }
        return options;
    }

    private void readSource(YamlMapping source, List<SourceSettings> sources) {
        String name = source.required("name");
        String tenant = source.given("tenant");
        if (tenant != null && !tenant.isBlank() && !TenantId.isOne(tenant)) {
            source.problem("tenant", tenant + " (expected: " + TenantId.EXPECTED + ")");
        }
        if (!name.isEmpty() && !name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")) {
            source.problem("name", name + " (expected: letters, digits, dots, hyphens and underscores)");
        }
        for (SourceSettings other : sources) {
            if (other.name().equals(name)) {
                source.problem("name", name + " is given twice");
            } else if (inMetrics(other.name()).equals(inMetrics(name))) {
                source.problem("name", name + " and " + other.name() + " have one name in metrics: " + inMetrics(name));
            }
        }
        if (source.has("kafka")) {
            sources.add(readKafka(name, tenant, source.mapping("kafka")));
        } else if (source.has("event-hubs")) {
            sources.add(readEventHubs(name, tenant, source.mapping("event-hubs")));
        } else if (source.has("files")) {
            sources.add(readFiles(name, tenant, source.mapping("files")));
        } else {
            problems.add(source.position(), "source " + name + " (expected: kafka, event-hubs or files)");
        }
        source.rejectOthers();
    }

    /** Prometheus has no dots and hyphens in names, and Flink leaves none in labels. */
    private static String inMetrics(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_");
    }

    private SourceSettings readKafka(String name, @Nullable String tenant, YamlMapping kafka) {
        return readTopics(
                name,
                tenant,
                kafka,
                KafkaReader.servers(kafka),
                kafka.given("group-id", "entrawatch"),
                kafkaReader.properties(kafka, namedSettings("bootstrap-servers", "group-id")));
    }

    private static Map<String, String> namedSettings(String servers, String group) {
        return Map.of(
                "bootstrap.servers",
                servers,
                "group.id",
                group,
                "auto.offset.reset",
                "start-from",
                "partition.discovery.interval.ms",
                "discovery");
    }

    /** Event Hubs speaks Kafka's protocol behind TLS, with its connection string as the password. */
    private SourceSettings readEventHubs(String name, @Nullable String tenant, YamlMapping hubs) {
        Secret connection = secrets.required(hubs, "connection-string");
        Map<String, Secret> properties = new LinkedHashMap<>();
        properties.put("security.protocol", new Secret("SASL_SSL"));
        properties.put("sasl.mechanism", new Secret("PLAIN"));
        properties.put(
                "sasl.jaas.config",
                new Secret("org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " username=\"$ConnectionString\" password=\""
                        + Secrets.escaped(connection.reveal()) + "\";"));
        properties.putAll(kafkaReader.properties(hubs, namedSettings("namespace", "consumer-group")));
        return readTopics(
                name,
                tenant,
                hubs,
                KafkaReader.namespace(hubs) + ":9093",
                hubs.given("consumer-group", "$Default"),
                properties);
    }

    private SourceSettings readTopics(
            String name,
            @Nullable String tenant,
            YamlMapping kafka,
            String bootstrapServers,
            String groupId,
            Map<String, Secret> properties) {
        List<String> topics = KafkaReader.topics(kafka);
        String pattern = KafkaReader.topicPattern(kafka);
        if (topics.isEmpty() == (pattern == null)) {
            problems.add(kafka.position(), "source " + name + " (expected: either topics or topic-pattern)");
        }
        String start = kafka.text("start-from", "committed");
        Instant startAt = null;
        SourceSettings.StartFrom startFrom = SourceSettings.StartFrom.COMMITTED;
        switch (start) {
            case "committed" -> startFrom = SourceSettings.StartFrom.COMMITTED;
            case "earliest" -> startFrom = SourceSettings.StartFrom.EARLIEST;
            case "latest" -> startFrom = SourceSettings.StartFrom.LATEST;
            default -> {
                startFrom = SourceSettings.StartFrom.TIMESTAMP;
                startAt = instant(kafka, start);
            }
        }
        SourceSettings read = new SourceSettings.Kafka(
                name,
                tenant,
                bootstrapServers,
                topics,
                pattern,
                groupId,
                startFrom,
                startAt,
                kafka.flag("until-now", false),
                kafka.period("discovery", Duration.ofMinutes(5)),
                properties);
        kafka.rejectOthers();
        return read;
    }

    private static @Nullable Instant instant(YamlMapping kafka, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            kafka.problem(
                    "start-from",
                    text + " (expected: committed, earliest, latest, or a time such as 2026-03-02T00:00:00Z)");
            return null;
        }
    }

    private SourceSettings readFiles(String name, @Nullable String tenant, YamlMapping files) {
        SourceSettings read = new SourceSettings.Files(name, tenant, paths.all(files, "paths"), files.period("watch"));
        if (files.texts("paths").stream().anyMatch(String::isBlank)) {
            files.problem("paths", "an empty one (expected: files or directories)");
        }
        if (files.texts("paths").isEmpty()) {
            files.problem("paths", "missing (expected: files or directories)");
        }
        files.rejectOthers();
        return read;
    }
}
