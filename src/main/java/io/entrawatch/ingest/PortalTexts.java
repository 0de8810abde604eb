package io.entrawatch.ingest;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;

/**
 * Writes columns of the portal's CSV of audit records as the JSON that the logs have in their place, because rules look for
 * words in it.
 */
final class PortalTexts {

    static final int MOST_TARGETS = 3;
    static final int MOST_PROPERTIES = 5;
    private static final int MOST_DETAILS = 6;
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes one value. */
    private interface Writing {
        void into(JsonGenerator json) throws IOException;
    }

    private PortalTexts() {}

    /** The pairs of keys and values: {@code [{"key":"User-Agent","value":"curl"}]}. */
    static @Nullable String details(Map<String, String> columns) {
        return write(json -> {
            json.writeStartArray();
            for (int number = 1; number <= MOST_DETAILS; number++) {
                String prefix = "additionaldetail" + number;
                if (columns.containsKey(prefix + "key")) {
                    json.writeStartObject();
                    json.writeStringField("key", columns.get(prefix + "key"));
                    json.writeStringField("value", columns.getOrDefault(prefix + "value", ""));
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        });
    }

    /** The targets with what was changed in them, as {@code targetResources} has them. */
    static @Nullable String targets(Map<String, String> columns) {
        return write(json -> {
            json.writeStartArray();
            for (int number = 1; number <= MOST_TARGETS; number++) {
                String prefix = "target" + number;
                if (columns.containsKey(prefix + "objectid") || columns.containsKey(prefix + "type")) {
                    writeTarget(prefix, columns, json);
                }
            }
            json.writeEndArray();
        });
    }

    private static void writeTarget(String prefix, Map<String, String> columns, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeKnown("id", columns.get(prefix + "objectid"), json);
        writeKnown("displayName", columns.get(prefix + "displayname"), json);
        writeKnown("type", columns.get(prefix + "type"), json);
        writeKnown("userPrincipalName", columns.get(prefix + "userprincipalname"), json);
        json.writeArrayFieldStart("modifiedProperties");
        for (int number = 1; number <= MOST_PROPERTIES; number++) {
            String property = prefix + "modifiedproperty" + number;
            if (columns.containsKey(property + "name")) {
                json.writeStartObject();
                json.writeStringField("displayName", columns.get(property + "name"));
                // The logs say null where there was no value.
                json.writeStringField("oldValue", columns.get(property + "oldvalue"));
                json.writeStringField("newValue", columns.get(property + "newvalue"));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Who did it, as {@code initiatedBy} has it: a person or an application. */
    static @Nullable String actor(FieldValues fields) {
        boolean isPerson = fields.has(Field.ACTOR_PRINCIPAL_NAME) || fields.has(Field.ACTOR_NAME);
        boolean isApp = fields.has(Field.ACTOR_APP_NAME)
                || fields.has(Field.ACTOR_SERVICE_PRINCIPAL_ID)
                || fields.has(Field.ACTOR_SERVICE_PRINCIPAL_NAME);
        if (!isPerson && !isApp && !fields.has(Field.ACTOR_ID)) {
            return null;
        }
        return write(json -> {
            json.writeStartObject();
            if (isApp && !isPerson) {
                json.writeObjectFieldStart("app");
                writeKnown("displayName", fields.first(Field.ACTOR_APP_NAME), json);
                writeKnown("servicePrincipalId", fields.first(Field.ACTOR_SERVICE_PRINCIPAL_ID), json);
                writeKnown("servicePrincipalName", fields.first(Field.ACTOR_SERVICE_PRINCIPAL_NAME), json);
            } else {
                json.writeObjectFieldStart("user");
                writeKnown("id", fields.first(Field.ACTOR_ID), json);
                writeKnown("displayName", fields.first(Field.ACTOR_NAME), json);
                writeKnown("userPrincipalName", fields.first(Field.ACTOR_PRINCIPAL_NAME), json);
                writeKnown("ipAddress", fields.first(Field.IP_ADDRESS), json);
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void writeKnown(String name, @Nullable String value, JsonGenerator json) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** The text; an empty list is none. */
    private static @Nullable String write(Writing value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            value.into(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        String written = text.toString();
        return written.equals("[]") ? null : written;
    }
}
