package io.entrawatch.ingest;

import io.entrawatch.ingest.json.JsonCursor;

/** Follows a value of JSON from line to line by its brackets, as far as it can go on. */
final class OpenValue {

    private int depth;
    private int newlines;
    private int before = '[';
    private boolean quoted;
    private boolean escaped;
    private boolean lineBegins;

    /** Takes the next byte; false where it cannot be of the value: no text goes on over lines, and no object follows a value. */
    boolean take(byte c) {
        if (quoted) {
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            return c != '\n';
        }
        if (JsonElements.isBlank(c)) {
            if (c == '\n') {
                newlines++;
                lineBegins = true;
            }
            return true;
        }
        boolean outOfPlace = c == '{' && lineBegins && !JsonElements.mayGoBefore(before);
        if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        }
        quoted = c == '"';
        before = c;
        lineBegins = false;
        return !outOfPlace && depth <= JsonCursor.DEEPEST_NESTING;
    }

    int newlines() {
        return newlines;
    }

    boolean isOpen() {
        return depth > 0;
    }
}
