package io.entrawatch.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/**
 * The body of a bulk request: for each document an action line with {@code create}, then the document with the time of this
 * request in it. That is the one thing in a document that is not of its event: readers ask for what has come since they last
 * looked, and would miss what had waited for Elasticsearch if it had the time since when it waits.
 */
final class BulkRequest {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] STAMP = "{\"event.ingested\":\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AFTER_STAMP = "\",".getBytes(StandardCharsets.UTF_8);

    private BulkRequest() {}

    static byte[] body(List<BulkEntry> entries, Instant now) {
        byte[] time = now.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream(entries.size() * 4096);
        for (BulkEntry entry : entries) {
            body.writeBytes(action(entry));
            body.write('\n');
            writeStamped(body, entry.json(), time);
            body.write('\n');
        }
        return body.toByteArray();
    }

    /** State of an older release holds documents with the time at which they came: it gives way to that of the request. */
    private static void writeStamped(ByteArrayOutputStream body, byte[] json, byte[] time) {
        int rest = isStamped(json) ? afterStamp(json) : 1;
        body.writeBytes(STAMP);
        body.writeBytes(time);
        body.writeBytes(AFTER_STAMP);
        body.write(json, rest, json.length - rest);
    }

    private static boolean isStamped(byte[] json) {
        return Arrays.mismatch(STAMP, json) == STAMP.length;
    }

    private static int afterStamp(byte[] json) {
        int end = STAMP.length;
        while (json[end] != '"') {
            end++;
        }
        return end + AFTER_STAMP.length;
    }

    private static byte[] action(BulkEntry entry) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(200);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeObjectFieldStart("create");
            json.writeStringField("_index", entry.index());
            json.writeStringField("_id", entry.id());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return line.toByteArray();
    }
}
