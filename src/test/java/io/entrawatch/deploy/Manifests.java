package io.entrawatch.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML documents as trees, with their anchors and merges, as Compose and Kubernetes read them. */
final class Manifests {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Manifests() {}

    static JsonNode one(Path file) {
        List<JsonNode> documents = all(file);
        if (documents.size() != 1) {
            throw new AssertionError(file + ": " + documents.size() + " documents (expected: one)");
        }
        return documents.get(0);
    }

    static List<JsonNode> all(Path file) {
        try {
            return all(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> all(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(16 * 1024 * 1024);
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
            documents.add(MAPPER.valueToTree(document));
        }
        return documents;
    }

    /** What a mapping holds, in the order of the file. */
    static Map<String, JsonNode> entries(JsonNode mapping) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        mapping.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    static List<JsonNode> items(JsonNode sequence) {
        return StreamSupport.stream(sequence.spliterator(), false).toList();
    }

    static List<String> texts(JsonNode sequence) {
        return items(sequence).stream().map(JsonNode::asText).toList();
    }

    /** The leaves of nested mappings by their dotted names, as Flink reads its configuration. */
    static Map<String, String> flat(JsonNode mapping) {
        Map<String, String> flat = new LinkedHashMap<>();
        entries(mapping).forEach((name, value) -> {
            if (value.isObject()) {
                flat(value).forEach((below, text) -> flat.put(name + "." + below, text));
            } else {
                flat.put(name, value.asText());
            }
        });
        return flat;
    }
}
