package io.entrawatch.ingest;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;

/**
 * Reads one JSON object into the wanted fields in one pass: those of the object itself, and those of its {@code
 * properties}. The values stay until the next record is read. Not thread-safe.
 */
final class JsonRecord {

    /** What an object turned out to be. */
    enum Shape {
        RECORD,
        /** It holds records in a list under {@code records} or {@code value}; nothing of it was kept. */
        WRAPPER
    }

    private final JsonPaths.Key paths;
    private final Json json;
    private final FieldValues outer = new FieldValues();
    private final FieldValues inner = new FieldValues();
    private final Map<JsonPaths.Elements, FieldValues> elements = new EnumMap<>(JsonPaths.Elements.class);
    private boolean hasProperties;
    private boolean propertiesAreNull;

    JsonRecord(Set<Field> wanted, Json json) {
        this.paths = JsonPaths.treeOf(wanted);
        this.json = json;
        for (JsonPaths.Elements kind : JsonPaths.Elements.values()) {
            elements.put(kind, new FieldValues());
        }
    }

    /** The fields of the object's own keys. */
    FieldValues outer() {
        return outer;
    }

    /** The fields under {@code properties}, or null where there is no such object. */
    @Nullable
    FieldValues inner() {
        return hasProperties ? inner : null;
    }

    boolean propertiesAreNull() {
        return propertiesAreNull;
    }

    /** Reads the object whose opening brace the parser has just passed. */
    Shape read(JsonParser parser) throws IOException {
        outer.clear();
        inner.clear();
        hasProperties = false;
        propertiesAreNull = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (isProperties(name)) {
                readProperties(parser, token);
            } else if (token == JsonToken.START_ARRAY && (name.equals("records") || name.equals("value"))) {
                return Shape.WRAPPER;
            } else {
                readEntry(parser, name, token, paths, outer, false);
            }
        }
        return Shape.RECORD;
    }

    private static boolean isProperties(String name) {
        return name.length() == 10 && name.toLowerCase(Locale.ROOT).equals("properties");
    }

    private void readProperties(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            hasProperties = true;
            readObject(parser, paths, inner, false);
        } else if (token == JsonToken.VALUE_STRING && looksLikeJson(parser.getText())) {
            try (JsonParser nested = json.parser(parser.getText())) {
                if (nested.nextToken() == JsonToken.START_OBJECT) {
                    hasProperties = true;
                    readObject(nested, paths, inner, false);
                }
            }
        } else {
            parser.skipChildren();
        }
        propertiesAreNull = !hasProperties;
    }

    private void readObject(JsonParser parser, JsonPaths.Key key, FieldValues into, boolean inList) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            readEntry(parser, name, parser.nextToken(), key, into, inList);
        }
    }

    private void readEntry(
            JsonParser parser, String name, JsonToken token, JsonPaths.Key key, FieldValues into, boolean inList)
            throws IOException {
        JsonPaths.Key child = key.child(name);
        if (child == null) {
            parser.skipChildren();
        } else {
            readValue(parser, token, child, into, inList);
        }
    }

    private void readValue(JsonParser parser, JsonToken token, JsonPaths.Key key, FieldValues into, boolean inList)
            throws IOException {
        if (key.written() >= 0 && !inList && token.isStructStart()) {
            readWritten(json.copy(parser), key, into);
            return;
        }
        switch (token) {
            case START_OBJECT -> readObject(parser, key, into, inList);
            case START_ARRAY -> readElements(parser, key, into);
            case VALUE_STRING -> readText(parser, key, into, inList);
            case VALUE_NULL -> {
                // As if the key were absent.
            }
            default -> keep(key, into, parser.getText(), inList);
        }
    }

    /** Keeps the text of an object or a list, and reads from it what else is wanted. */
    private void readWritten(String text, JsonPaths.Key key, FieldValues into) throws IOException {
        into.values[key.written()] = new String[] {text};
        if (!key.hasChildren()) {
            return;
        }
        try (JsonParser nested = json.parser(text)) {
            if (nested.nextToken() == JsonToken.START_OBJECT) {
                readObject(nested, key, into, false);
            } else {
                readElements(nested, key, into);
            }
        }
    }

    private void readElements(JsonParser parser, JsonPaths.Key key, FieldValues into) throws IOException {
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            readElement(parser, next, key, into);
        }
    }

    private void readElement(JsonParser parser, JsonToken token, JsonPaths.Key key, FieldValues into)
            throws IOException {
        FieldValues element = elements.get(key.elements());
        if (token != JsonToken.START_OBJECT || key.elements() == JsonPaths.Elements.MERGED || element == null) {
            readValue(parser, token, key, into, true);
            return;
        }
        element.clear();
        readObject(parser, key, element, false);
        switch (key.elements()) {
            case TARGETS -> ListedObjects.keepTarget(element, into);
            case PROPERTIES -> ListedObjects.keepProperty(element, into);
            case AUTHENTICATION_STEPS -> ListedObjects.keepAuthenticationStep(element, into);
            case MERGED -> throw new IllegalStateException("elements that are merged have been read above");
        }
    }

    /** Log Analytics and some exports write whole objects as text. */
    private void readText(JsonParser parser, JsonPaths.Key key, FieldValues into, boolean inList) throws IOException {
        String text = parser.getText();
        if (key.written() >= 0) {
            into.values[key.written()] = new String[] {text};
        }
        if (!key.hasChildren() || !looksLikeJson(text)) {
            keep(key, into, text, inList);
            return;
        }
        try (JsonParser nested = json.parser(text)) {
            readValue(nested, nested.nextToken(), key, into, false);
        }
    }

    private static boolean looksLikeJson(String text) {
        return text.length() > 1 && (text.charAt(0) == '{' || text.charAt(0) == '[');
    }

    private static void keep(JsonPaths.Key key, FieldValues into, String text, boolean inList) {
        if (key.field() < 0) {
            return;
        }
        if (inList) {
            into.add(key.field(), text);
        } else {
            into.values[key.field()] = new String[] {text};
        }
    }
}
