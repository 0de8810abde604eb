package io.entrawatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import io.entrawatch.ingest.json.JsonEscapes;
import io.entrawatch.ingest.json.JsonRecord;
import io.entrawatch.ingest.json.Utf8;

/**
 * Cuts JSON into elements by counting brackets, so that one broken element costs only itself: those of a list at the top
 * or under {@code records} or {@code value} of an object at the top; without {@link #enter()}, the values at the top.
 *
 * <p>An element that breaks off would take what follows with it. It ends before an object that begins a line where JSON
 * can have none, such as the next one of a file with an object on each line.
 */
final class JsonElements {

    /** More than a name of a list has, with each of its letters escaped. */
    private static final int LONGEST_NAME = 64;

    private final InputStream in;
    private final int largest;
    private final byte[] buffer;
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
        this.buffer = new byte[64 * 1024];
    }

    /** Of bytes that are in memory already. */
    JsonElements(byte[] bytes, int offset, int length) {
        this.in = InputStream.nullInputStream();
        this.largest = length;
        this.buffer = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** Where an object ends that begins here, by its brackets, whatever is wrong with what is in it. */
    static int endOfObject(byte[] bytes, int from, int end) {
        JsonElements elements = new JsonElements(bytes, from, end - from);
        try {
            elements.next();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
        return from + elements.length();
    }

    /** Whether there is a list of records. */
    static boolean hasList(byte[] bytes, int offset, int length) {
        try {
            return new JsonElements(bytes, offset, length).enter();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /** Goes to the first element; false where there is no such list. */
    boolean enter() throws IOException {
        int first = nextVisible();
        inObject = first == '{';
        return first == '[' || (inObject && nextList(first));
    }

    /**
     * Goes behind the list, to the first element of another one in the same object; false where there is none. Then it is behind
     * the object, and what comes next are the values after it.
     */
    boolean leave() throws IOException {
        closed = false;
        inObject = inObject && nextList(']');
        return inObject;
    }

    /** Goes to the next list of records in the object; false at its end, or where another object begins in its place. */
    private boolean nextList(int first) throws IOException {
        int depth = 1;
        int before = first;
        String key = "";
        while (depth > 0) {
            int c = nextVisible();
            if (c < 0) {
                return false;
            }
            if (c == '{' && !mayGoBefore(before)) {
                pushedBack = c;
                return false;
            }
            if (c == '"') {
                String text = readString();
                key = depth == 1 ? text : key;
            } else if (c == '[' && depth == 1 && JsonRecord.isNameOfList(key)) {
                return true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 1) {
                key = "";
            }
            before = c;
        }
        return false;
    }

    /** Moves to the next element; false at the end of the list or of the stream, and at brackets that close nothing. */
    boolean next() throws IOException {
        length = 0;
        cutOff = false;
        int c = nextVisible();
        while (c == ',' || (c == ']' && closed)) {
            c = nextVisible();
        }
        closed = c == ']';
        if (c < 0 || closed) {
            return false;
        }
        number++;
        int depth = 0;
        while (c >= 0) {
            if (depth == 0 && length > 0 && (c == ',' || c == ']' || c == '{' || c == '[')) {
                if (Utf8.lengthOfMark(element, 0, length) < length) {
                    pushedBack = c;
                    break;
                }
                length = 0;
            }
            append(c);
            if (c == '"') {
                if (!copyString()) {
                    return true;
                }
            } else if (c == '{' || c == '[') {
                if (c == '{' && isOutOfPlace()) {
                    pushedBack = c;
                    dropLast();
                    return true;
                }
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

    /** Copies the rest of a text; false where it has no end, and the next line begins with an object. */
    private boolean copyString() throws IOException {
        boolean escaped = false;
        for (int c = read(); c >= 0; c = read()) {
            append(c);
            if (c <= '"') {
                if (c == '"' && !escaped) {
                    return true;
                }
                if (c == '\n' && peek() == '{') {
                    dropLast();
                    return false;
                }
            }
            escaped = c == '\\' && !escaped;
        }
        return true;
    }

    /** Whether the brace that was just appended begins a line, after something that no object can follow. */
    private boolean isOutOfPlace() {
        int before = length - 2;
        if (cutOff || before < 0 || element[before] != '\n') {
            return false;
        }
        while (before > 0 && isBlank(element[before])) {
            before--;
        }
        return !mayGoBefore(element[before]);
    }

    /** Whether an object can come after this. */
    static boolean mayGoBefore(int c) {
        return c == ',' || c == ':' || c == '[';
    }

    /** Takes the last byte away, and the blanks before it. */
    private void dropLast() {
        if (!cutOff) {
            length--;
            while (length > 0 && isBlank(element[length - 1])) {
                length--;
            }
        }
    }

    /** A text as it is meant, or the beginning of one that is longer than any name of a list. */
    private String readString() throws IOException {
        byte[] text = new byte[LONGEST_NAME];
        int size = 0;
        boolean escaped = false;
        for (int c = read(); c >= 0 && (c != '"' || escaped); c = read()) {
            if (c == '\n' && peek() == '{') {
                break;
            }
            escaped = c == '\\' && !escaped;
            if (size < LONGEST_NAME) {
                text[size++] = (byte) c;
            }
        }
        return JsonEscapes.resolvedOrAsWritten(text, size);
    }

    private int nextVisible() throws IOException {
        int c = pushedBack >= 0 ? pushedBack : read();
        pushedBack = -1;
        while (isBlank(c)) {
            c = read();
        }
        return c;
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private int peek() throws IOException {
        return position == end && !fill() ? -1 : buffer[position] & 0xff;
    }

    private int read() throws IOException {
        return position == end && !fill() ? -1 : buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer);
        position = 0;
        end = Math.max(0, read);
        return end > 0;
    }
}
