package io.entrawatch.ingest.json;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/** JSON parsers with bounds, so that no record can stall or exhaust the job. */
public final class Json {

    private final JsonFactory factory;

    public Json(int largestRecord) {
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(JsonCursor.DEEPEST_NESTING)
                        .maxStringLength(largestRecord)
                        .maxNameLength(10 * JsonCursor.LONGEST_KEY)
                        .maxNumberLength(JsonCursor.LONGEST_NUMBER)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    public JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
        return factory.createParser(bytes, offset, length);
    }

    /** The text of the object or list that the parser has just begun, without blanks; numbers as they are written. */
    public String copy(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(text)) {
            int depth = 0;
            JsonToken token = parser.currentToken();
            do {
                if (token == null) {
                    throw new JsonParseException(parser, "the end came too early");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isNumeric()) {
                    generator.writeNumber(parser.getText());
                } else {
                    generator.copyCurrentEvent(parser);
                }
                token = depth == 0 ? token : parser.nextToken();
            } while (depth > 0);
        }
        return text.toString();
    }

    /** The text of an object or list that the cursor has read, without blanks; numbers as they are written. */
    String compact(byte[] bytes, int from, int to) throws RejectedRecordException {
        if (isCompact(bytes, from, to)) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        try (JsonParser parser = parser(bytes, from, to - from)) {
            parser.nextToken();
            return copy(parser);
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** Whether there is no blank between values and nothing written in another way than it need be. */
    private static boolean isCompact(byte[] bytes, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte c = bytes[i];
            if (c == '\\' || (c >= 0 && c <= ' ' && !quoted)) {
                return false;
            }
            quoted ^= c == '"';
        }
        return true;
    }

    /** All texts, numbers and flags of a value, wherever in it they stand. */
    public String[] scalars(byte[] bytes, int offset, int length) throws RejectedRecordException {
        List<String> found = new ArrayList<>();
        try (JsonParser parser = parser(bytes, offset, length)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    found.add(parser.getText());
                }
            }
        } catch (IOException e) {
            throw notJson(e);
        }
        return found.toArray(new String[0]);
    }

    /** The cursor refuses all that a parser does; should one of them change, a record is lost by it and not the job. */
    private static RejectedRecordException notJson(IOException e) {
        return new RejectedRecordException("not-json", String.valueOf(e.getMessage()));
    }

    public JsonParser parser(String text) throws IOException {
        return factory.createParser(text);
    }
}
