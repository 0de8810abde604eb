package io.entrawatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import io.entrawatch.ingest.json.EightBytes;

/**
 * Cuts a stream into lines, or values that go on over several, without copying those that fit the buffer. A line longer than
 * allowed is cut off. Whoever can tell by what a line holds where it ends saves the search for it, with {@link #passes}.
 */
final class JsonLines {

    private static final long NEWLINES = EightBytes.of('\n');

    private final InputStream in;
    private final int longest;
    private byte[] buffer;
    private int start;
    private int end;
    private int wholeEnd;
    private boolean ended;
    private long number;
    private int lineStart;
    private int lineLength;
    private boolean cutOff;

    JsonLines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
        this.buffer = new byte[256 * 1024];
    }

    /** Moves to the next line; false at the end. */
    boolean next() throws IOException {
        cutOff = false;
        int from = start;
        while (true) {
            int newline = indexOfNewline(from);
            if (newline >= 0) {
                take(newline, newline + 1);
                return true;
            }
            if (end - start > longest) {
                return nextOfTooLong();
            }
            from = end;
            int moved = start;
            if (!fill()) {
                if (start == end) {
                    return false;
                }
                take(end, end);
                return true;
            }
            from -= moved - start;
        }
    }

    /** Whether all of the next line is in {@link #bytes}. */
    boolean holdsNext() {
        return start < wholeEnd;
    }

    /** Where the next line begins. */
    int nextStart() {
        return start;
    }

    /** Behind the last line of which all is in {@link #bytes}. */
    int wholeEnd() {
        return wholeEnd;
    }

    /** Passes over the next line, if it ends at a place where something of it did; otherwise it is still the next. */
    boolean passes(int place) {
        int newline = buffer[place] == '\r' ? place + 1 : place;
        if (buffer[newline] != '\n') {
            return false;
        }
        number++;
        start = newline + 1;
        return true;
    }

    /** Adds the lines over which the value goes on that begins the current one, where it does and has an end. */
    void addRestOfValue() throws IOException {
        int first = visible(lineStart, lineStart + lineLength);
        if ((first != '{' && first != '[') || isFollowedByAnother()) {
            return;
        }
        int taken = start - lineStart;
        // As if it were still unread, so that nothing of it is lost where more is.
        start = lineStart;
        OpenValue value = new OpenValue();
        int at = 0;
        boolean fits = true;
        while (fits && (start + at < end || fill()) && (value.isOpen() || buffer[start + at] != '\n')) {
            fits = at < longest && value.take(buffer[start + at]);
            at++;
        }
        if (!fits || value.isOpen() || value.newlines() == 0) {
            lineStart = start;
            start += taken;
            return;
        }
        number += value.newlines() - 1;
        take(start + at, Math.min(start + at + 1, end));
    }

    byte[] bytes() {
        return buffer;
    }

    int offset() {
        return lineStart;
    }

    int length() {
        return lineLength;
    }

    /** The number of the current line, from one. */
    long number() {
        return number;
    }

    /** True where the line was longer than allowed, and only its beginning is here. */
    boolean isCutOff() {
        return cutOff;
    }

    private void take(int lineEnd, int nextStart) {
        number++;
        lineStart = start;
        lineLength = lineEnd - start;
        if (lineLength > 0 && buffer[lineEnd - 1] == '\r') {
            lineLength--;
        }
        start = nextStart;
    }

    /** Whether the next line begins with a value, and the current one does not end like one that goes on. */
    private boolean isFollowedByAnother() {
        int next = visible(start, end);
        if (next != '{' && next != '[') {
            return false;
        }
        int last = lineStart + lineLength - 1;
        while (last > lineStart && JsonElements.isBlank(buffer[last])) {
            last--;
        }
        return !JsonElements.mayGoBefore(buffer[last]);
    }

    /** The first byte that is no blank, or -1. */
    private int visible(int from, int to) {
        int at = from;
        while (at < to && JsonElements.isBlank(buffer[at])) {
            at++;
        }
        return at < to ? buffer[at] : -1;
    }

    private boolean nextOfTooLong() throws IOException {
        byte[] beginning = Arrays.copyOfRange(buffer, start, start + Math.min(longest, end - start));
        start = end;
        int newline = -1;
        while (newline < 0 && fill()) {
            newline = indexOfNewline(start);
            start = newline < 0 ? end : newline + 1;
        }
        number++;
        cutOff = true;
        // The beginning goes before what is still unread.
        byte[] joined = new byte[Math.max(buffer.length, beginning.length + end - start)];
        System.arraycopy(beginning, 0, joined, 0, beginning.length);
        System.arraycopy(buffer, start, joined, beginning.length, end - start);
        end = beginning.length + end - start;
        wholeEnd = beginning.length + wholeEnd - start;
        start = beginning.length;
        buffer = joined;
        lineStart = 0;
        lineLength = beginning.length;
        return true;
    }

    private int indexOfNewline(int from) {
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long newline = EightBytes.equal(EightBytes.at(buffer, i), NEWLINES);
            if (newline != 0) {
                return i + EightBytes.first(newline);
            }
        }
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i < end ? i : -1;
    }

    /** Reads more behind the unread bytes, which move to the front first. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            wholeEnd = 0;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            ended = true;
            return false;
        }
        int filled = end;
        end += read;
        for (int i = end; i > filled; i--) {
            if (buffer[i - 1] == '\n') {
                wholeEnd = i;
                break;
            }
        }
        return true;
    }
}
