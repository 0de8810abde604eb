package io.entrawatch.kibana;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The file that ships, as Kibana reads it: with the texts in it opened. */
record ImportFile(List<JsonNode> objects) {

    static final Path FILE = Path.of("deploy/kibana/entrawatch.ndjson");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A panel of a dashboard. */
    record Shown(JsonNode dashboard, JsonNode json) {

        String id() {
            return json.path("panelIndex").asText();
        }

        boolean is(String type) {
            return json.path("type").asText().equals(type);
        }

        JsonNode attributes() {
            return json.at("/embeddableConfig/attributes");
        }

        /** What the dashboard means by a name that the panel uses. */
        String referenced(String name) {
            return reference(dashboard, id() + ":" + name);
        }

        @Override
        public String toString() {
            return dashboard.path("id").asText() + ", " + id() + ": "
                    + json.path("title").asText();
        }
    }

    static ImportFile read() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            objects.add(MAPPER.readTree(line));
        }
        return new ImportFile(objects);
    }

    List<JsonNode> ofType(String type) {
        return objects.stream()
                .filter(object -> object.path("type").asText().equals(type))
                .toList();
    }

    JsonNode find(String type, String id) {
        return ofType(type).stream()
                .filter(object -> object.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " " + id));
    }

    List<Shown> panels() {
        List<Shown> panels = new ArrayList<>();
        for (JsonNode dashboard : ofType("dashboard")) {
            opened(dashboard, "/attributes/panelsJSON").forEach(panel -> panels.add(new Shown(dashboard, panel)));
        }
        return panels;
    }

    /** The JSON in a text. */
    static JsonNode opened(JsonNode object, String pointer) {
        try {
            JsonNode text = object.at(pointer);
            if (!text.isTextual()) {
                throw new AssertionError(pointer + " is no text: " + text);
            }
            return MAPPER.readTree(text.asText());
        } catch (IOException e) {
            throw new AssertionError(pointer + " holds no JSON", e);
        }
    }

    /** The id of what an object refers to by a name. */
    static String reference(JsonNode object, String name) {
        for (JsonNode reference : object.path("references")) {
            if (reference.path("name").asText().equals(name)) {
                return reference.path("id").asText();
            }
        }
        throw new AssertionError(object.path("id").asText() + " has no reference " + name);
    }
}
