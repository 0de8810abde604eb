package io.entrawatch.kibana;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes JSON in the order in which it is said. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** An object of names and values in turn. */
    static ObjectNode object(Object... namesAndValues) {
        ObjectNode object = MAPPER.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.set((String) namesAndValues[i], MAPPER.valueToTree(namesAndValues[i + 1]));
        }
        return object;
    }

    static JsonNode list(List<?> values) {
        return MAPPER.valueToTree(values);
    }

    /** JSON as a text, which is how Kibana keeps much of an object in itself. */
    static String text(Object... namesAndValues) {
        return object(namesAndValues).toString();
    }

    static ObjectNode query(String lucene) {
        return object("query", lucene, "language", "lucene");
    }
}
