package io.entrawatch.generate;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

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
 * @param also further detections that are right about the same events
 * @param about ids, names and addresses that nothing else in the logs has; none where the time says enough
 * @param lastMillis when its last event happened, where an alert may come later than that
 * @param notBeforeMillis when an alert may come first: with the last event, or with an earlier one that is enough
 * @param group one of the values by which the detection has to group its events, where {@code about} does not tell
 */
record Label(
        String detection,
        boolean attack,
        String what,
        String tenant,
        @Nullable String subject,
        long fromMillis,
        long toMillis,
        @Nullable Long atMillis,
        List<String> also,
        List<String> about,
        long lastMillis,
        long notBeforeMillis,
        @Nullable String group) {

    /** Of each line. */
    static final String BEGINNING = "{\"detection\":\"";

    Label(
            String detection,
            boolean attack,
            String what,
            String tenant,
            @Nullable String subject,
            long fromMillis,
            long toMillis,
            @Nullable Long atMillis) {
        this(
                detection,
                attack,
                what,
                tenant,
                subject,
                fromMillis,
                toMillis,
                atMillis,
                List.of(),
                List.of(),
                toMillis,
                toMillis,
                null);
    }

    Label with(List<String> others, List<String> concerned, long last) {
        return copy(others, concerned, last, last, group);
    }

    Label notBefore(long millis) {
        return copy(also, about, lastMillis, millis, group);
    }

    Label group(String value) {
        return copy(also, about, lastMillis, notBeforeMillis, value);
    }

    private Label copy(
            List<String> others, List<String> concerned, long last, long notBefore, @Nullable String grouped) {
        return new Label(
                detection,
                attack,
                what,
                tenant,
                subject,
                fromMillis,
                toMillis,
                atMillis,
                others,
                concerned,
                last,
                notBefore,
                grouped);
    }

    Label also(String... others) {
        return with(List.of(others), about, lastMillis);
    }

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
            if (lastMillis != toMillis) {
                json.writeStringField("last", Instant.ofEpochMilli(lastMillis).toString());
            }
            if (notBeforeMillis != lastMillis) {
                json.writeStringField(
                        "not-before", Instant.ofEpochMilli(notBeforeMillis).toString());
            }
            if (group != null) {
                json.writeStringField("group", group);
            }
            writeTexts(json, "also", also);
            writeTexts(json, "about", about);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeArrayFieldStart(name);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
    }
}
