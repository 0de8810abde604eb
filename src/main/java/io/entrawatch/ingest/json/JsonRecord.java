package io.entrawatch.ingest.json;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.ingest.json.JsonCursor.Token;

/**
 * Reads one JSON object into the wanted fields in one pass: those of the object itself, and those of its {@code
 * properties}. Those that an event is made of are new with each record: the inner ones, or the outer where there are no inner.
 * Not thread-safe.
 */
public final class JsonRecord {

    /** What an object turned out to be. */
    public enum Shape {
        RECORD,
        /** It holds records in a list under {@code records} or {@code value}; nothing of it was kept. */
        WRAPPER
    }

    private final JsonPaths.Key paths;
    private final JsonPaths.Key properties;
    private final EachTarget ofEachTarget;
    private final Json json;
    private final RepeatedTexts repeated = new RepeatedTexts();
    private final Map<JsonPaths.Elements, FieldValues> elements = new EnumMap<>(JsonPaths.Elements.class);
    private FieldValues outer = new FieldValues();
    private @Nullable FieldValues inner;
    private boolean propertiesAreNull;

    public JsonRecord(Set<Field> wanted, Json json) {
        this.paths = JsonPaths.treeOf(wanted);
        this.properties = paths.childToBe("properties");
        this.ofEachTarget = new EachTarget(wanted);
        this.json = json;
        for (JsonPaths.Elements kind : JsonPaths.Elements.values()) {
            elements.put(kind, new FieldValues());
        }
    }

    /** The fields of the object's own keys. */
    public FieldValues outer() {
        return outer;
    }

    /** The fields under {@code properties}, or null where there is no such object. */
    @Nullable
    public FieldValues inner() {
        return inner;
    }

    public boolean propertiesAreNull() {
        return propertiesAreNull;
    }

    /** Reads the object whose opening brace the cursor has just passed. */
    public Shape read(JsonCursor cursor) throws RejectedRecordException {
        if (inner == null) {
            outer = new FieldValues();
        } else {
            // The last event was made of the inner ones; of these it has nothing but texts.
            outer.clear();
        }
        inner = null;
        propertiesAreNull = false;
        for (boolean more = cursor.firstKey(paths.guess()); more; more = cursor.nextKey(paths.guess())) {
            JsonPaths.Key key = paths.child(cursor);
            if (key == null && !paths.isAtRecords()) {
                paths.skip(cursor);
                continue;
            }
            Token token = valueOf(key, cursor);
            if (key == properties) {
                readProperties(cursor, token);
            } else if (token == Token.LIST && paths.isAtRecords()) {
                return Shape.WRAPPER;
            } else if (key == null) {
                cursor.skip(token);
            } else {
                readValue(cursor, token, key, outer, false);
            }
        }
        return Shape.RECORD;
    }

    /** Whether an object with a list under this key is no record, but holds records. */
    public static boolean isNameOfList(String key) {
        return key.equalsIgnoreCase("records") || key.equalsIgnoreCase("value");
    }

    private void readProperties(JsonCursor cursor, Token token) throws RejectedRecordException {
        if (token == Token.OBJECT) {
            readProperties(cursor);
        } else if (token == Token.TEXT) {
            JsonCursor nested = cursor.mayHoldJson() ? cursorOver(cursor.text()) : null;
            if (nested != null) {
                readPropertiesOfText(nested);
            }
        } else {
            cursor.skip(token);
        }
        propertiesAreNull = inner == null;
    }

    private void readPropertiesOfText(JsonCursor nested) throws RejectedRecordException {
        try {
            Token token = nested.value();
            if (token == Token.OBJECT) {
                readProperties(nested);
            } else {
                nested.skip(token);
            }
            nested.mustBeOver();
        } catch (RejectedRecordException e) {
            throw noJson("properties", e);
        }
    }

    private void readProperties(JsonCursor cursor) throws RejectedRecordException {
        FieldValues properties = inner == null ? new FieldValues() : inner;
        inner = properties;
        readObject(cursor, paths, properties, false);
    }

    private void readObject(JsonCursor cursor, JsonPaths.Key key, FieldValues into, boolean inList)
            throws RejectedRecordException {
        for (boolean more = cursor.firstKey(key.guess()); more; more = cursor.nextKey(key.guess())) {
            JsonPaths.Key child = key.child(cursor);
            if (child == null) {
                key.skip(cursor);
            } else {
                readValue(cursor, valueOf(child, cursor), child, into, inList);
            }
        }
    }

    private Token valueOf(JsonPaths.@Nullable Key key, JsonCursor cursor) throws RejectedRecordException {
        return cursor.value(key == null || key.field() < 0 ? null : repeated.guess(key.field()));
    }

    private void readValue(JsonCursor cursor, Token token, JsonPaths.Key key, FieldValues into, boolean inList)
            throws RejectedRecordException {
        int start = cursor.tokenStart();
        switch (token) {
            case OBJECT -> {
                readObject(cursor, key, into, inList);
                keepWritten(cursor, start, key, into, inList);
            }
            case LIST -> {
                readElements(cursor, key, into);
                keepWritten(cursor, start, key, into, inList);
            }
            case TEXT -> readText(cursor, key, into, inList);
            case LITERAL -> keep(key, into, cursor, inList);
            case NULL -> {
                // As if the key were absent.
            }
            case END -> throw new IllegalStateException("the cursor tells of an end only outside of objects");
        }
    }

    /** Keeps the text of an object or a list that has been read. */
    private void keepWritten(JsonCursor cursor, int start, JsonPaths.Key key, FieldValues into, boolean inList)
            throws RejectedRecordException {
        if (key.written() >= 0 && !inList) {
            String written = json.compact(cursor.bytes(), start, cursor.position());
            // An empty list is none.
            into.values[key.written()] = written.equals("[]") ? null : new String[] {written};
        }
    }

    private void readElements(JsonCursor cursor, JsonPaths.Key key, FieldValues into) throws RejectedRecordException {
        if (key.elements() == JsonPaths.Elements.TARGETS) {
            ofEachTarget.begin();
        }
        for (boolean more = cursor.firstElement(); more; more = cursor.nextElement()) {
            readElement(cursor, cursor.value(), key, into);
        }
    }

    private void readElement(JsonCursor cursor, Token token, JsonPaths.Key key, FieldValues into)
            throws RejectedRecordException {
        FieldValues element = elements.get(key.elements());
        if (token != Token.OBJECT || key.elements() == JsonPaths.Elements.MERGED || element == null) {
            readValue(cursor, token, key, into, true);
            return;
        }
        element.clear();
        readObject(cursor, key, element, false);
        switch (key.elements()) {
            case TARGETS -> ListedObjects.keepTarget(element, into, ofEachTarget);
            case PROPERTIES -> ListedObjects.keepProperty(element, into);
            case AUTHENTICATION_STEPS -> ListedObjects.keepAuthenticationStep(element, into);
            case MERGED -> throw new IllegalStateException("elements that are merged have been read above");
        }
    }

    /** Log Analytics and some exports write whole objects as text. */
    private void readText(JsonCursor cursor, JsonPaths.Key key, FieldValues into, boolean inList)
            throws RejectedRecordException {
        if (!key.isTakenApart() && key.written() < 0) {
            keep(key, into, cursor, inList);
            return;
        }
        if (key.written() >= 0) {
            into.values[key.written()] = new String[] {cursor.text()};
        }
        JsonCursor nested = key.isTakenApart() && cursor.mayHoldJson() ? cursorOver(cursor.text()) : null;
        if (nested == null || (key.hasWordsToo() && !isOneValue(nested))) {
            keep(key, into, cursor, inList);
            return;
        }
        try {
            readValue(nested, nested.value(), key, into, false);
            nested.mustBeOver();
        } catch (RejectedRecordException e) {
            throw noJson(key.name(), e);
        }
    }

    private static RejectedRecordException noJson(String key, RejectedRecordException why) {
        return new RejectedRecordException(
                why.reason(), key + ": a text that begins like JSON, then " + why.getMessage());
    }

    /** Whether a text is one value; then the cursor stands before it again. Names seldom begin like one. */
    private static boolean isOneValue(JsonCursor cursor) {
        int from = cursor.position();
        int length = cursor.remaining();
        try {
            cursor.skip(cursor.value());
            cursor.mustBeOver();
        } catch (RejectedRecordException e) {
            return false;
        }
        cursor.reset(cursor.bytes(), from, length);
        return true;
    }

    private static JsonCursor cursorOver(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        return cursor;
    }

    private void keep(JsonPaths.Key key, FieldValues into, JsonCursor cursor, boolean inList)
            throws RejectedRecordException {
        if (key.field() < 0) {
            return;
        }
        if (inList) {
            ListedObjects.add(into, key.field(), cursor.text());
        } else if (!key.isOneOfSeveral() || counts(key, cursor, into.values[key.field()])) {
            into.values[key.field()] =
                    key.isSeldomRepeated() ? new String[] {cursor.text()} : repeated.of(cursor, key.field());
        }
    }

    /** Whether a value counts before the one that was met in another place, whichever of them comes first. */
    private static boolean counts(JsonPaths.Key key, JsonCursor cursor, String @Nullable [] met) {
        return met == null || met[0].isEmpty() || (!key.isBehindOthers() && cursor.textLength() > 0);
    }
}
