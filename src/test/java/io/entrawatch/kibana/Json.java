package io.entrawatch.kibana;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A JSON object, told name by name; it can be written, and not read. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @JsonValue
    private final Map<String, Object> members = new LinkedHashMap<>();

    private Json() {}

    static Json empty() {
        return new Json();
    }

    static Json of(String name, Object value) {
        return new Json().and(name, value);
    }

    /** This object, with one more name in it. */
    Json and(String name, Object value) {
        members.put(name, value);
        return this;
    }

    Json copy() {
        Json copy = new Json();
        copy.members.putAll(members);
        return copy;
    }

    List<String> names() {
        return new ArrayList<>(members.keySet());
    }

    /** A query in Lucene's language, as Kibana keeps it. */
    static Json query(String lucene) {
        return of("query", lucene).and("language", "lucene");
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As JSON, on one line. */
    @Override
    public String toString() {
        return text(this);
    }
}
