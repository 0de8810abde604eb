package io.entrawatch.ingest.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads JSON in UTF-8 from memory, forwards, strictly as RFC 8259 says, and makes a text only of what is asked for. Most
 * of a record is skipped, which takes a fraction of the time that a parser of whole documents needs for it. Not
 * thread-safe.
 */
public final class JsonCursor {

    /** What a value is. Numbers, true and false are literals. */
    public enum Token {
        OBJECT,
        LIST,
        TEXT,
        LITERAL,
        NULL,
        END
    }

    /** A real record is nested about ten deep. */
    public static final int DEEPEST_NESTING = 100;

    /** No key and no number of a real record is nearly as long; those that are met again are remembered. */
    static final int LONGEST_KEY = 1_000;

    static final int LONGEST_NUMBER = 1_000;

    private static final String BLANKS_OF_JSON = " \t\r\n";

    private static final long MIXER = 0x9e3779b97f4a7c15L;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private boolean lines;
    private int depth;
    private int tokenStart;
    private int textStart;
    private int textEnd;
    private boolean ascii;
    private boolean escaped;
    private boolean guessed;

    public void reset(byte[] input, int offset, int length) {
        bytes = input;
        at = offset;
        end = offset + length;
        lines = false;
        depth = 0;
    }

    /** As {@link #reset}, of lines that are values by themselves: no value goes on behind the end of its line. */
    public void resetToLines(byte[] input, int offset, int length) {
        reset(input, offset, length);
        lines = true;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the last value or key began. */
    int tokenStart() {
        return tokenStart;
    }

    /** Where the next byte is read. */
    public int position() {
        return at;
    }

    /** Goes on at another place, which is as deep. */
    void moveTo(int position) {
        at = position;
    }

    /** In how many objects and lists. */
    int depth() {
        return depth;
    }

    /** Whether more keys or elements follow. */
    boolean isBeforeComma() {
        return visible() == ',';
    }

    /** How many bytes are left. */
    int remaining() {
        return end - at;
    }

    /** Moves to the next value. After an object or a list its first key or element is to be asked for, or it is skipped. */
    public Token value() throws RejectedRecordException {
        return value(null);
    }

    /** @param guess a text that it may be, as in {@link #nextKey} */
    public Token value(byte @Nullable [] guess) throws RejectedRecordException {
        int c = visible();
        tokenStart = at;
        guessed = false;
        return switch (c) {
            case '{' -> enter(Token.OBJECT);
            case '[' -> enter(Token.LIST);
            case '"' -> readText(guess);
            case 't' -> readWord("true", Token.LITERAL);
            case 'f' -> readWord("false", Token.LITERAL);
            case 'n' -> readWord("null", Token.NULL);
            case -1 -> end();
            default -> readNumber();
        };
    }

    /**
     * Moves to the first key of the object that was just begun, and behind its colon; false where there is none.
     *
     * @param guess see {@link #nextKey}
     */
    boolean firstKey(byte @Nullable [] guess) throws RejectedRecordException {
        if (visible() == '}') {
            leave();
            return false;
        }
        readKey(guess);
        return true;
    }

    /**
     * Moves to the next key of the object and behind its colon; false at its end.
     *
     * @param guess what it probably is, a text that was {@link #isPlain} when it was read: to be compared takes less time
     *     than to be read
     */
    boolean nextKey(byte @Nullable [] guess) throws RejectedRecordException {
        if (!goesOn('}')) {
            return false;
        }
        visible();
        readKey(guess);
        return true;
    }

    /** Moves before the first element of the list that was just begun; false where there is none. */
    boolean firstElement() throws RejectedRecordException {
        if (visible() == ']') {
            leave();
            return false;
        }
        return true;
    }

    /** Moves before the next element of the list; false at its end. */
    boolean nextElement() throws RejectedRecordException {
        return goesOn(']');
    }

    /** Refuses whatever comes behind the last value but blanks. */
    void mustBeOver() throws RejectedRecordException {
        int c = visible();
        if (c >= 0) {
            throw NotJson.unexpected(c, "the end");
        }
    }

    /** Goes behind the value. */
    void skip(Token token) throws RejectedRecordException {
        if (token == Token.OBJECT) {
            for (boolean more = firstKey(null); more; more = nextKey(null)) {
                skip(value());
            }
        } else if (token == Token.LIST) {
            for (boolean more = firstElement(); more; more = nextElement()) {
                skip(value());
            }
        }
    }

    /** The text of the last key, text or literal. */
    String text() {
        int length = textEnd - textStart;
        if (escaped) {
            return JsonEscapes.resolved(new String(bytes, textStart, length, StandardCharsets.UTF_8));
        }
        return new String(bytes, textStart, length, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** Of the last key, text or literal, as its bytes are written: eight at a time, because every text is asked for it. */
    int textHash() {
        long hash = textEnd - textStart;
        int i = textStart;
        for (; i <= textEnd - Long.BYTES; i += Long.BYTES) {
            hash = (hash ^ EightBytes.at(bytes, i)) * MIXER;
            hash ^= hash >>> 32;
        }
        long rest = 0;
        for (; i < textEnd; i++) {
            rest = rest << Byte.SIZE | bytes[i] & 0xff;
        }
        hash = (hash ^ rest) * MIXER;
        return (int) (hash ^ hash >>> 32);
    }

    /** Whether the last text begins like an object or a list. */
    boolean mayHoldJson() {
        byte first = textEnd - textStart < 2 ? 0 : bytes[textStart];
        return first == '{' || first == '[' || ((first == ' ' || first == '\\') && beginsBehindBlanks());
    }

    /** JSON may begin with blanks, and some writers escape brackets. */
    private boolean beginsBehindBlanks() {
        String text = text();
        int first = 0;
        while (first < text.length() && BLANKS_OF_JSON.indexOf(text.charAt(first)) >= 0) {
            first++;
        }
        return first < text.length() - 1 && (text.charAt(first) == '{' || text.charAt(first) == '[');
    }

    int textLength() {
        return textEnd - textStart;
    }

    /** Whether the last key, text or literal is written in these bytes. */
    boolean isText(byte[] name) {
        return name.length == textEnd - textStart && EightBytes.same(name, bytes, textStart);
    }

    /** Whether the last key or text is what was guessed. */
    boolean isAsGuessed() {
        return guessed;
    }

    /** Whether the last key, text or literal is ASCII and means what is written. */
    boolean isPlain() {
        return ascii && !escaped;
    }

    /** The bytes of the last key, text or literal, as they are written. */
    byte[] textBytes() {
        return Arrays.copyOfRange(bytes, textStart, textEnd);
    }

    private Token readText(byte @Nullable [] guess) throws RejectedRecordException {
        readString(guess);
        return Token.TEXT;
    }

    private Token readNumber() throws RejectedRecordException {
        textStart = at;
        at = JsonNumbers.end(bytes, at, end);
        endOfLiteral();
        mustNotExceed(LONGEST_NUMBER, "a number");
        return Token.LITERAL;
    }

    private Token end() throws RejectedRecordException {
        if (depth > 0) {
            throw NotJson.unexpected(-1, "a value");
        }
        return Token.END;
    }

    private Token enter(Token token) throws RejectedRecordException {
        at++;
        depth++;
        if (depth > DEEPEST_NESTING) {
            throw new RejectedRecordException(
                    "too-deep", "objects and lists in each other: more than " + DEEPEST_NESTING);
        }
        return token;
    }

    private void leave() {
        at++;
        depth--;
    }

    private boolean goesOn(char closing) throws RejectedRecordException {
        int c = visible();
        if (c == ',') {
            at++;
            return true;
        }
        if (c != closing) {
            throw NotJson.unexpected(c, "a comma or " + closing);
        }
        leave();
        return false;
    }

    private void readKey(byte @Nullable [] guess) throws RejectedRecordException {
        tokenStart = at;
        if (at >= end || bytes[at] != '"') {
            throw NotJson.unexpected(current(), "a key in quotes");
        }
        readString(guess);
        mustNotExceed(LONGEST_KEY, "a key");
        int colon = visible();
        if (colon != ':') {
            throw NotJson.unexpected(colon, "a colon");
        }
        at++;
    }

    private void mustNotExceed(int most, String what) throws RejectedRecordException {
        if (textLength() > most) {
            throw new RejectedRecordException(
                    "too-long", what + " of " + textLength() + " bytes (expected: at most " + most + ")");
        }
    }

    /** The next byte that is no blank; -1 at the end. */
    private int visible() {
        while (at < end) {
            byte c = bytes[at];
            if (c > ' ' || !isBlank(c)) {
                return c & 0xff;
            }
            at++;
        }
        return -1;
    }

    private boolean isBlank(byte c) {
        return c == ' ' || c == '\r' || c == '\t' || (c == '\n' && !lines);
    }

    /** From its quote to behind the other one. */
    private void readString(byte @Nullable [] guess) throws RejectedRecordException {
        escaped = false;
        ascii = true;
        int i = at + 1;
        textStart = i;
        guessed = false;
        if (guess != null && isNext(guess)) {
            guessed = true;
            textEnd = i + guess.length;
            at = textEnd + 1;
            return;
        }
        while (true) {
            i = endOfOrdinary(i);
            if (i >= end) {
                throw NotJson.unexpected(-1, "the rest of a text");
            }
            byte c = bytes[i];
            if (c == '"') {
                break;
            }
            if (c == '\\') {
                escaped = true;
                i = JsonEscapes.end(bytes, i, end);
            } else if (c < 0) {
                ascii = false;
                i = Utf8.end(bytes, i, end);
            } else {
                throw NotJson.unexpected(c, "no control character in a text");
            }
        }
        textEnd = i;
        at = i + 1;
    }

    private boolean isNext(byte[] guess) {
        int quote = textStart + guess.length;
        return quote < end && bytes[quote] == '"' && EightBytes.same(guess, bytes, textStart);
    }

    /** The next byte that is a quote, a backslash, a control character or not ASCII. */
    private int endOfOrdinary(int from) {
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long sought = EightBytes.notOrdinary(EightBytes.at(bytes, i));
            if (sought != 0) {
                return i + EightBytes.first(sought);
            }
        }
        while (i < end && bytes[i] >= ' ' && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    private Token readWord(String word, Token token) throws RejectedRecordException {
        textStart = at;
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || bytes[at] != word.charAt(i)) {
                throw NotJson.unexpected(current(), word);
            }
            at++;
        }
        endOfLiteral();
        return token;
    }

    private void endOfLiteral() throws RejectedRecordException {
        textEnd = at;
        escaped = false;
        ascii = true;
        if (at < end && (Character.isLetterOrDigit(bytes[at]) || bytes[at] == '.')) {
            throw NotJson.unexpected(bytes[at] & 0xff, "the end of a number or word");
        }
    }

    private int current() {
        return at < end ? bytes[at] & 0xff : -1;
    }
}
