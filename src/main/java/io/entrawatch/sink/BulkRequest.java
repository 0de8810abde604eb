package io.entrawatch.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** The body of a bulk request: for each document an action line with {@code create}, then the document. */
final class BulkRequest {

    private static final JsonFactory JSON = new JsonFactory();

    private BulkRequest() {}

    static byte[] body(List<BulkEntry> entries) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(entries.size() * 4096);
        for (BulkEntry entry : entries) {
            body.writeBytes(action(entry));
            body.write('\n');
            body.writeBytes(entry.json());
            body.write('\n');
        }
        return body.toByteArray();
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
