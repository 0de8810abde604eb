package io.entrawatch.deploy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** The shipped compose file. */
final class Compose {

    static final Path DIRECTORY = Path.of("docker");
    static final Path FILE = DIRECTORY.resolve("compose.yaml");

    private static final JsonNode DOCUMENT = Manifests.one(FILE);

    private Compose() {}

    static Map<String, JsonNode> services() {
        return Manifests.entries(DOCUMENT.get("services"));
    }

    static JsonNode volumes() {
        return DOCUMENT.get("volumes");
    }

    /** What the entry point of Flink's image makes of its variable. */
    static Map<String, String> flinkProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        DOCUMENT.at("/services/jobmanager/environment/FLINK_PROPERTIES")
                .asText()
                .lines()
                .forEach(line -> {
                    String[] parts = line.replaceAll("\\s", "").split(":", 2);
                    properties.put(parts[0], parts[1]);
                });
        return properties;
    }

    /** A service that does one thing and ends. */
    static boolean isOnce(JsonNode service) {
        return service.path("restart").asText().equals("no");
    }

    /** A variable that has a value where nobody sets it. */
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

    /** What a service mounts: a path of this directory or a volume, and where. */
    static List<String[]> mounts(JsonNode service) {
        return Manifests.texts(service.path("volumes")).stream()
                .map(mount -> DEFAULT.matcher(mount).replaceAll("$1").split(":"))
                .toList();
    }
}
