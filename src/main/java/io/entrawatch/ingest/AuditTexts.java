package io.entrawatch.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.ingest.json.Json;
import io.entrawatch.ingest.json.ListedObjects;
import io.entrawatch.ingest.json.RejectedRecordException;

/** What shared rules look for in the texts of an audit record: its targets, what was changed in them, and its actor. */
final class AuditTexts {

    private static final String ADMIN_CONSENT = "ConsentContext.IsAdminConsent";

    private static final Field[] NAMES_OF_ACTOR = {
        Field.ACTOR_PRINCIPAL_NAME,
        Field.ACTOR_ID,
        Field.ACTOR_NAME,
        Field.ACTOR_APP_ID,
        Field.ACTOR_APP_NAME,
        Field.ACTOR_SERVICE_PRINCIPAL_ID,
        Field.ACTOR_SERVICE_PRINCIPAL_NAME
    };

    /** One entry of {@code modifiedProperties}. */
    private record Change(String json, @Nullable String name, @Nullable String newValue) {}

    private final Json json;

    AuditTexts(Json json) {
        this.json = json;
    }

    /** Fills the derived fields from the texts that were kept; without these it does nothing. */
    void complete(FieldValues fields) throws RejectedRecordException {
        if (fields.has(Field.ACTOR_JSON)) {
            for (Field field : NAMES_OF_ACTOR) {
                add(fields, Field.ACTOR_JSON, fields.first(field));
            }
        }
        String targets = fields.first(Field.TARGETS_JSON);
        List<Change> changes = targets == null ? List.of() : changes(targets);
        if (targets != null) {
            add(fields, Field.AUDIT_MESSAGE, fields.first(Field.ACTIVITY));
        }
        for (Change change : changes) {
            add(fields, Field.CHANGES_JSON, change.json());
            add(
                    fields,
                    Field.AUDIT_MESSAGE,
                    change.json().substring(1, change.json().length() - 1));
            if (ADMIN_CONSENT.equalsIgnoreCase(change.name()) && change.newValue() != null) {
                fields.set(
                        Field.ADMIN_CONSENT, change.newValue().replace("\"", "").strip());
            }
        }
        add(fields, Field.AUDIT_MESSAGE, targets);
    }

    private List<Change> changes(String targets) {
        List<Change> changes = new ArrayList<>();
        try (JsonParser parser = json.parser(targets)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean named =
                        token == JsonToken.FIELD_NAME && parser.currentName().equalsIgnoreCase("modifiedProperties");
                if (named && parser.nextToken() == JsonToken.START_ARRAY) {
                    readList(parser, changes);
                }
            }
        } catch (IOException e) {
            // The targets are a text that is not JSON; there are no changes to be read from it.
            changes.clear();
        }
        return changes;
    }

    private void readList(JsonParser parser, List<Change> changes) throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                changes.add(change(json.copy(parser)));
            } else {
                parser.skipChildren();
            }
        }
    }

    private Change change(String text) throws IOException {
        @Nullable String[] values = new String[2];
        try (JsonParser parser = json.parser(text)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                int place = List.of("displayname", "newvalue").indexOf(name.toLowerCase(Locale.ROOT));
                if (place >= 0 && token != JsonToken.VALUE_NULL) {
                    values[place] = token.isScalarValue() ? parser.getText() : json.copy(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new Change(text, values[0], values[1]);
    }

    private static void add(FieldValues fields, Field field, @Nullable String value) throws RejectedRecordException {
        if (value != null) {
            ListedObjects.add(fields, field.ordinal(), value);
        }
    }
}
