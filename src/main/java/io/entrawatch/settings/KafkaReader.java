package io.entrawatch.settings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import io.entrawatch.yaml.YamlMapping;

/** Reads what sources and the output say of Kafka. A wrong name or address would only show as restarts without end. */
final class KafkaReader {

    /** A host or an address in brackets, and a port. Kafka's client takes a protocol before it. */
    private static final Pattern SERVER =
            Pattern.compile("(\\w+://)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(%\\w+)?]):\\d{1,5}");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,256}");

    private final Secrets secrets;

    KafkaReader(Secrets secrets) {
        this.secrets = secrets;
    }

    static String servers(YamlMapping kafka) {
        String servers = kafka.required("bootstrap-servers");
        for (String server : servers.split(",", -1)) {
            if (!server.isBlank() && !SERVER.matcher(server.strip()).matches()) {
                kafka.problem(
                        "bootstrap-servers",
                        server.strip() + " (expected: hosts with their ports, such as kafka.contoso.example:9092)");
            }
        }
        return servers;
    }

    /** The host of Event Hubs; the port is always the same. */
    static String namespace(YamlMapping hubs) {
        String namespace = hubs.required("namespace");
        if (!namespace.isBlank() && !HOST.matcher(namespace).matches()) {
            hubs.problem("namespace", namespace + " (expected: a host such as contoso.servicebus.windows.net)");
        }
        return namespace;
    }

    static List<String> topics(YamlMapping kafka) {
        List<String> topics = kafka.texts("topics");
        topics.forEach(topic -> checkTopic(kafka, "topics", topic));
        return topics;
    }

    static String topic(YamlMapping kafka, String name, String otherwise) {
        String topic = topic(kafka, name);
        return topic == null ? otherwise : topic;
    }

    static @Nullable String topic(YamlMapping kafka, String name) {
        String topic = kafka.optional(name);
        if (topic != null) {
            checkTopic(kafka, name, topic);
        }
        return topic;
    }

    static @Nullable String topicPattern(YamlMapping kafka) {
        String pattern = kafka.given("topic-pattern");
        if (pattern != null) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                kafka.problem("topic-pattern", pattern + ": " + e.getDescription());
            }
        }
        return pattern;
    }

    private static void checkTopic(YamlMapping kafka, String name, String topic) {
        if (topic.isBlank()) {
            kafka.problem(name, "an empty name (expected: names of topics)");
        } else if (!TOPIC.matcher(topic).matches()) {
            kafka.problem(name, topic + " (expected: letters, digits, dots, hyphens and underscores)");
        }
    }

    /**
     * The properties of a client.
     *
     * @param settings what says the same as one of them, by its name: it would be lost or, worse, win
     */
    Map<String, Secret> properties(YamlMapping kafka, Map<String, String> settings) {
        YamlMapping properties = kafka.mapping("properties");
        settings.forEach((property, setting) -> {
            if (properties.has(property)) {
                properties.problem(property, "is not set here (expected: " + setting + ")");
            }
        });
        return secrets.properties(properties);
    }
}
