package io.entrawatch.generate;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a part of the script has to come to.
 *
 * @param attack whether the detection must fire; a near miss must not
 * @param subject the id of the user or account it is about; null for the tenant as a whole
 * @param fromMillis when its first event happened
 * @param toMillis when its last event happened
 * @param atMillis the event that completes it; null where it lies somewhere between
 */
record Label(
        String detection,
        boolean attack,
        String what,
        String tenant,
        @Nullable String subject,
        long fromMillis,
        long toMillis,
        @Nullable Long atMillis) {

    private static final JsonFactory JSON = new JsonFactory();

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("detection", detection);
            json.writeBooleanField("attack", attack);
            json.writeStringField("what", what);
            json.writeStringField("tenant", tenant);
            if (subject != null) {
                json.writeStringField("subject", subject);
            }
            json.writeStringField("from", Instant.ofEpochMilli(fromMillis).toString());
            json.writeStringField("to", Instant.ofEpochMilli(toMillis).toString());
            if (atMillis != null) {
                json.writeStringField("at", Instant.ofEpochMilli(atMillis).toString());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }
}
