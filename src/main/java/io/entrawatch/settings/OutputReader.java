package io.entrawatch.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlMapping;

/** Reads where alerts go. */
final class OutputReader {

    private final Problems problems;
    private final Secrets secrets;
    private final LocalPaths paths;

    OutputReader(Problems problems, Secrets secrets, LocalPaths paths) {
        this.problems = problems;
        this.secrets = secrets;
        this.paths = paths;
    }

    OutputSettings read(YamlMapping outputs) {
        OutputSettings read = new OutputSettings(
                outputs.has("elasticsearch") ? readElasticsearch(outputs.mapping("elasticsearch")) : null,
                outputs.has("kafka") ? readKafka(outputs.mapping("kafka")) : null,
                outputs.has("files") ? readFiles(outputs.mapping("files")) : null);
        if (read.elasticsearch() == null && read.kafka() == null && read.files() == null) {
            problems.add(outputs.position(), "outputs: none (expected: elasticsearch, kafka or files)");
        }
        outputs.rejectOthers();
        return read;
    }

    private OutputSettings.Elasticsearch readElasticsearch(YamlMapping settings) {
        List<String> hosts = settings.texts("hosts");
        for (String host : hosts) {
            checkHost(settings, host);
        }
        if (hosts.isEmpty()) {
            settings.problem("hosts", "missing (expected: addresses such as https://es.contoso.example:9200)");
        }
        String username = settings.given("username");
        Secret password = secrets.optional(settings, "password");
        Secret apiKey = secrets.optional(settings, "api-key");
        if ((username == null) != (password == null)) {
            settings.problem("username", "username and password go together");
        }
        if (username != null && apiKey != null) {
            settings.problem("api-key", "either an api-key, or username and password");
        }
        if (apiKey != null && !apiKey.reveal().matches("[!-~]*")) {
            // Java would repeat it in its own message.
            settings.problem(
                    "api-key", "not one line of plain letters (expected: what Elasticsearch calls \"encoded\")");
        }
        OutputSettings.Elasticsearch read = new OutputSettings.Elasticsearch(
                hosts,
                settings.text("index-prefix", "entrawatch"),
                username,
                password,
                apiKey,
                paths.given(settings, "ca-file"),
                settings.flag("install-template", true),
                settings.period("timeout", Duration.ofSeconds(10)),
                settings.number("batch-size", 500, 1, 10_000),
                settings.number("in-flight", 2, 1, 50));
        if (!read.prefix().matches("[a-z0-9][a-z0-9_.-]{0,100}")) {
            settings.problem(
                    "index-prefix",
                    read.prefix()
                            + " (expected: at most 101 lower-case letters, digits, hyphens, underscores and dots, first a"
                            + " letter or a digit)");
        }
        settings.rejectOthers();
        return read;
    }

    private static void checkHost(YamlMapping settings, String host) {
        boolean valid;
        try {
            URI uri = URI.create(host);
            valid = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            valid = false;
        }
        if (!valid) {
            // Not repeated: a password may have been put into it.
            settings.problem("hosts", "not an address (expected: http:// or https://, a host and a port, no password)");
        }
    }

    private OutputSettings.Kafka readKafka(YamlMapping settings) {
        boolean exactlyOnce = settings.choice(
                "delivery", new TreeMap<>(Map.of("at-least-once", false, "exactly-once", true)), Boolean.FALSE);
        OutputSettings.Kafka read = new OutputSettings.Kafka(
                KafkaReader.servers(settings),
                KafkaReader.topic(settings, "topic", "entrawatch-alerts"),
                KafkaReader.topic(settings, "dead-letter-topic"),
                KafkaReader.topic(settings, "late-topic"),
                KafkaReader.topic(settings, "health-topic"),
                exactlyOnce,
                settings.given("transactional-id-prefix", "entrawatch"),
                new KafkaReader(secrets)
                        .properties(
                                settings,
                                Map.of(
                                        "bootstrap.servers", "bootstrap-servers",
                                        "transactional.id", "transactional-id-prefix")));
        settings.rejectOthers();
        return read;
    }

    private OutputSettings.@Nullable Files readFiles(YamlMapping settings) {
        OutputSettings.Files read = new OutputSettings.Files(paths.required(settings, "directory"));
        settings.rejectOthers();
        return read;
    }
}
