package io.entrawatch.ingest.json;

import java.io.IOException;
import java.util.StringJoiner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/** The value of a changed property, which Entra writes as JSON inside a text: {@code ["Guest"]} for Guest. */
final class PropertyText {

    private static final JsonFactory JSON = new JsonFactory();

    private PropertyText() {}

    /** The value alone, several with commas; a text that is no JSON, or an object, as it is; empty for none. */
    static String of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        char first = text.charAt(0);
        if (first != '"' && first != '[') {
            return text.equals("null") ? "" : text;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            StringJoiner values = new StringJoiner(", ");
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    return text;
                }
                if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    values.add(parser.getText());
                }
            }
            return values.toString();
        } catch (IOException e) {
            return text;
        }
    }
}
