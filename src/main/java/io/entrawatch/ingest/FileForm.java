package io.entrawatch.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import io.entrawatch.ingest.json.JsonRecord;

/** How a file is cut into records. */
enum FileForm {
    EMPTY,
    /** A JSON value on each line; some may go on over several. */
    LINES,
    /** One JSON list, or one object with a list under {@code records} or {@code value}, over any number of lines. */
    LIST,
    /** JSON objects one after the other, each over several lines, or all on one. */
    SPREAD,
    CSV;

    private static final JsonFactory JSON = new JsonFactory();

    /** By the first bytes, in hexadecimal digits. */
    private static final Map<String, String> FOREIGN = Map.of(
            "fffe", "UTF-16, as PowerShell writes it",
            "feff", "UTF-16",
            "504b0304", "a ZIP archive",
            "28b52ffd", "compressed by zstd",
            "425a68", "compressed by bzip2");

    /** What a file is whose first bytes are those of something that is not read; null for all others. */
    static @Nullable String foreign(byte[] beginning) {
        String first = HexFormat.of().formatHex(beginning, 0, Math.min(4, beginning.length));
        return FOREIGN.entrySet().stream()
                .filter(one -> first.startsWith(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Tells the form from the first bytes, after a byte order mark. */
    static FileForm of(byte[] beginning, int from) {
        int first = skipBlank(beginning, from);
        if (first == beginning.length) {
            return EMPTY;
        }
        if (beginning[first] == '[') {
            return LIST;
        }
        int lineEnd = lineEnd(beginning, first);
        int second = skipBlank(beginning, lineEnd);
        boolean nextIsObject = second < beginning.length && beginning[second] == '{';
        if (beginning[first] != '{') {
            String header = new String(beginning, first, lineEnd - first, StandardCharsets.UTF_8);
            return isHeader(header) && !nextIsObject ? CSV : LINES;
        }
        if (nextIsObject && second > lineEnd && beginning[second - 1] == '\n' && !goesOn(beginning, first, lineEnd)) {
            return LINES;
        }
        if (isWhole(beginning, first, lineEnd)) {
            return LINES;
        }
        if (hasList(beginning, first)) {
            return LIST;
        }
        // A broken first line is followed by the next record; a spread object goes on indented.
        boolean indented = second < beginning.length && beginning[second] == '"';
        return indented || isOneOfManyOnALine(beginning, first, lineEnd) ? SPREAD : LINES;
    }

    /** True where another value follows the first on a line whose end is not in sight, and which may be all of the file. */
    private static boolean isOneOfManyOnALine(byte[] beginning, int first, int lineEnd) {
        if (lineEnd < beginning.length) {
            return false;
        }
        int next = skipBlank(beginning, JsonElements.endOfObject(beginning, first, lineEnd));
        return next < lineEnd && (beginning[next] == '{' || beginning[next] == '[');
    }

    /** Semicolons are what spreadsheets write in Europe; such a file is told of as one whose columns are not known. */
    private static boolean isHeader(String line) {
        return (line.indexOf(',') > 0 || line.indexOf(';') > 0) && !line.contains("{");
    }

    /** True where a line ends within a list, so that the object on the next line is an element of it. */
    private static boolean goesOn(byte[] bytes, int from, int to) {
        int last = to - 1;
        while (last > from && bytes[last] <= ' ' && bytes[last] >= 0) {
            last--;
        }
        return bytes[last] == '[' || bytes[last] == ',';
    }

    private static boolean isWhole(byte[] bytes, int from, int to) {
        if (to == bytes.length && bytes.length >= 64 * 1024) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(Arrays.copyOfRange(bytes, from, to))) {
            parser.nextToken();
            parser.skipChildren();
            return parser.currentToken() == JsonToken.END_OBJECT;
        } catch (IOException e) {
            return false;
        }
    }

    /** True where a list under {@code records} or {@code value} begins among the object's first keys. */
    private static boolean hasList(byte[] bytes, int from) {
        try (JsonParser parser = JSON.createParser(bytes, from, bytes.length - from)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean list = parser.nextToken() == JsonToken.START_ARRAY;
                if (list && JsonRecord.isNameOfList(name)) {
                    return true;
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    /** The first byte that is more than a blank or a control character. */
    static int skipBlank(byte[] bytes, int from) {
        int i = from;
        while (i < bytes.length && bytes[i] <= ' ' && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return bytes.length;
    }
}
