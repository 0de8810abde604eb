package io.entrawatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts JSON into elements by counting brackets, so that one broken element costs only itself: those of a list at the top
 * or under {@code records} or {@code value} of an object at the top; without {@link #enter()}, the values at the top.
 */
final class JsonElements {

    private final InputStream in;
    private final int largest;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int end;
    private byte[] element = new byte[8 * 1024];
    private int length;
    private int pushedBack = -1;
    private long number;
    private boolean cutOff;
    private boolean closed;
    private boolean inObject;

    JsonElements(InputStream in, int largest) {
        this.in = in;
        this.largest = largest;
    }

    /** Goes to the first element; false where there is no such list. */
    boolean enter() throws IOException {
        int first = nextVisible();
        if (first == '[') {
            return true;
        }
        if (first != '{') {
            return false;
        }
        inObject = true;
        int depth = 1;
        String key = "";
        for (int c = nextVisible(); c >= 0 && depth > 0; c = nextVisible()) {
            if (c == '"') {
                String text = readString();
                key = depth == 1 ? text : key;
            } else if (c == '[' && depth == 1 && (key.equals("records") || key.equals("value"))) {
                return true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 1) {
                key = "";
            }
        }
        return false;
    }

    /** Goes behind the list and the object around it; what comes next are the values after them. */
    void leave() throws IOException {
        closed = false;
        int depth = inObject ? 1 : 0;
        while (depth > 0) {
            int c = nextVisible();
            if (c < 0) {
                return;
            }
            if (c == '"') {
                readString();
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }

    /** Moves to the next element; false at the end of the list or of the stream. */
    boolean next() throws IOException {
        length = 0;
        cutOff = false;
        int c = nextVisible();
        while (c == ',') {
            c = nextVisible();
        }
        if (c < 0 || c == ']') {
            closed = c == ']';
            return false;
        }
        number++;
        int depth = 0;
        while (c >= 0) {
            if (depth == 0 && length > 0 && (c == ',' || c == ']' || c == '{' || c == '[')) {
                pushedBack = c;
                break;
            }
            append(c);
            if (c == '"') {
                copyString();
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (depth <= 0) {
                    return true;
                }
            }
            c = read();
        }
        return true;
    }

    byte[] bytes() {
        return element;
    }

    int length() {
        return length;
    }

    /** The number of the current element, from one. */
    long number() {
        return number;
    }

    /** True where the element was larger than allowed, and only its beginning is here. */
    boolean isCutOff() {
        return cutOff;
    }

    /** False where the stream ended before the list did. */
    boolean isClosed() {
        return closed;
    }

    private void append(int c) {
        if (length == largest) {
            cutOff = true;
            return;
        }
        if (length == element.length) {
            element = Arrays.copyOf(element, Math.min(largest, element.length * 2));
        }
        element[length++] = (byte) c;
    }

    private void copyString() throws IOException {
        boolean escaped = false;
        for (int c = read(); c >= 0; c = read()) {
            append(c);
            if (c == '"' && !escaped) {
                return;
            }
            escaped = c == '\\' && !escaped;
        }
    }

    private String readString() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean escaped = false;
        for (int c = read(); c >= 0 && (c != '"' || escaped); c = read()) {
            escaped = c == '\\' && !escaped;
            if (text.length() < 20) {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    private int nextVisible() throws IOException {
        int c = pushedBack >= 0 ? pushedBack : read();
        pushedBack = -1;
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }
}
