package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON in UTF-8 from memory, forwards, strictly as RFC 8259 says, and makes a text only of what is asked for. Most
 * of a record is skipped, which takes a fraction of the time that a parser of whole documents needs for it. Not
 * thread-safe.
 */
final class JsonCursor {

    /** What a value is. Numbers, true and false are literals. */
    enum Token {
        OBJECT,
        LIST,
        TEXT,
        LITERAL,
        NULL,
        END
    }

    /** A real record is nested about ten deep. */
    static final int DEEPEST_NESTING = 100;

    private static final boolean[] ORDINARY = new boolean[256];

    static {
        for (int c = ' '; c < 0x80; c++) {
            ORDINARY[c] = c != '"' && c != '\\';
        }
    }

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int depth;
    private int tokenStart;
    private int textStart;
    private int textEnd;
    private int keyHash;
    private boolean ascii;
    private boolean escaped;

    void reset(byte[] input, int offset, int length) {
        bytes = input;
        at = offset;
        end = offset + length;
        depth = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the last value or key began. */
    int tokenStart() {
        return tokenStart;
    }

    /** Where the next byte is read. */
    int position() {
        return at;
    }

    /** Moves to the next value. After an object or a list its first key or element is to be asked for, or it is skipped. */
    Token value() throws RejectedRecordException {
        int c = visible();
        tokenStart = at;
        switch (c) {
            case '{':
                enter();
                return Token.OBJECT;
            case '[':
                enter();
                return Token.LIST;
            case '"':
                at++;
                readString();
                return Token.TEXT;
            case 't':
                return readWord("true", Token.LITERAL);
            case 'f':
                return readWord("false", Token.LITERAL);
            case 'n':
                return readWord("null", Token.NULL);
            case -1:
                if (depth > 0) {
                    throw unexpected(c, "a value");
                }
                return Token.END;
            default:
                if (c != '-' && !isDigit(c)) {
                    throw unexpected(c, "a value");
                }
                readNumber();
                return Token.LITERAL;
        }
    }

    /** Moves to the first key of the object that was just begun, and behind its colon; false where there is none. */
    boolean firstKey() throws RejectedRecordException {
        if (visible() == '}') {
            leave();
            return false;
        }
        readKey();
        return true;
    }

    /** Moves to the next key of the object and behind its colon; false at its end. */
    boolean nextKey() throws RejectedRecordException {
        if (!goesOn('}')) {
            return false;
        }
        visible();
        readKey();
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

    /** Goes behind the value. */
    void skip(Token token) throws RejectedRecordException {
        if (token == Token.OBJECT) {
            for (boolean more = firstKey(); more; more = nextKey()) {
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
            return unescaped();
        }
        return new String(bytes, textStart, length, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** Of the bytes of the last key, as they are written. */
    int keyHash() {
        return keyHash;
    }

    /** Whether the last key is written in these bytes. */
    boolean isKey(byte[] name) {
        int length = textEnd - textStart;
        if (name.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name[i] != bytes[textStart + i]) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of the last key, as they are written. */
    byte[] keyBytes() {
        return java.util.Arrays.copyOfRange(bytes, textStart, textEnd);
    }

    private void enter() throws RejectedRecordException {
        at++;
        depth++;
        if (depth > DEEPEST_NESTING) {
            throw new RejectedRecordException(
                    "too-deep", "objects and lists in each other: more than " + DEEPEST_NESTING);
        }
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
            throw unexpected(c, "a comma or " + closing);
        }
        leave();
        return false;
    }

    private void readKey() throws RejectedRecordException {
        tokenStart = at;
        if (at >= end || bytes[at] != '"') {
            throw unexpected(at < end ? bytes[at] & 0xff : -1, "a key in quotes");
        }
        at++;
        readString();
        int hash = 0;
        for (int i = textStart; i < textEnd; i++) {
            hash = 31 * hash + bytes[i];
        }
        keyHash = hash;
        int colon = visible();
        if (colon != ':') {
            throw unexpected(colon, "a colon");
        }
        at++;
    }

    /** The next byte that is no blank; -1 at the end. */
    private int visible() {
        while (at < end) {
            byte c = bytes[at];
            if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
                return c & 0xff;
            }
            at++;
        }
        return -1;
    }

    private void readString() throws RejectedRecordException {
        escaped = false;
        ascii = true;
        int i = at;
        textStart = i;
        while (true) {
            while (i < end && ORDINARY[bytes[i] & 0xff]) {
                i++;
            }
            if (i >= end) {
                throw ended();
            }
            byte c = bytes[i];
            if (c == '"') {
                break;
            }
            if (c == '\\') {
                escaped = true;
                i = afterEscape(i);
            } else if (c < 0) {
                ascii = false;
                i = afterCharacter(i);
            } else {
                at = i;
                throw unexpected(c, "no control character in a text");
            }
        }
        textEnd = i;
        at = i + 1;
    }

    private int afterEscape(int backslash) throws RejectedRecordException {
        int kind = backslash + 1 < end ? bytes[backslash + 1] : -1;
        if (kind == 'u') {
            for (int i = backslash + 2; i < backslash + 6; i++) {
                int c = i < end ? bytes[i] : -1;
                if (Character.digit(c, 16) < 0 || c < 0) {
                    at = i;
                    throw unexpected(c, "four hexadecimal digits");
                }
            }
            return backslash + 6;
        }
        if (kind < 0 || "\"\\/bfnrt".indexOf(kind) < 0) {
            at = backslash + 1;
            throw unexpected(kind, "an escape of JSON");
        }
        return backslash + 2;
    }

    /** Checks one character of two to four bytes, as RFC 3629 lists them. */
    private int afterCharacter(int first) throws RejectedRecordException {
        int lead = bytes[first] & 0xff;
        int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        int second = first + 1 < end ? bytes[first + 1] & 0xff : 0;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        boolean good = lead >= 0xc2 && lead <= 0xf4 && second >= lowest && second <= highest;
        for (int i = first + 2; good && i < first + length; i++) {
            good = i < end && (bytes[i] & 0xc0) == 0x80;
        }
        if (!good) {
            throw new RejectedRecordException(
                    "invalid-utf8", "byte 0x" + Integer.toHexString(lead) + " (expected: text in UTF-8)");
        }
        return first + length;
    }

    private Token readWord(String word, Token token) throws RejectedRecordException {
        textStart = at;
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || bytes[at] != word.charAt(i)) {
                throw unexpected(at < end ? bytes[at] & 0xff : -1, word);
            }
            at++;
        }
        endOfLiteral();
        return token;
    }

    private void readNumber() throws RejectedRecordException {
        textStart = at;
        if (bytes[at] == '-') {
            at++;
        }
        if (at < end && bytes[at] == '0') {
            at++;
        } else {
            readDigits();
        }
        if (at < end && bytes[at] == '.') {
            at++;
            readDigits();
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            readDigits();
        }
        endOfLiteral();
    }

    private void readDigits() throws RejectedRecordException {
        int from = at;
        while (at < end && isDigit(bytes[at])) {
            at++;
        }
        if (at == from) {
            throw unexpected(at < end ? bytes[at] & 0xff : -1, "a digit");
        }
    }

    private void endOfLiteral() throws RejectedRecordException {
        textEnd = at;
        escaped = false;
        ascii = true;
        if (at < end && (Character.isLetterOrDigit(bytes[at]) || bytes[at] == '.')) {
            throw unexpected(bytes[at] & 0xff, "the end of a number or word");
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private String unescaped() {
        String written = new String(bytes, textStart, textEnd - textStart, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(written.length());
        int from = 0;
        for (int i = written.indexOf('\\'); i >= 0; i = written.indexOf('\\', from)) {
            text.append(written, from, i);
            char kind = written.charAt(i + 1);
            if (kind == 'u') {
                text.append((char) Integer.parseInt(written, i + 2, i + 6, 16));
                from = i + 6;
            } else {
                text.append(escapedCharacter(kind));
                from = i + 2;
            }
        }
        return text.append(written, from, written.length()).toString();
    }

    private static char escapedCharacter(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }

    private RejectedRecordException ended() {
        return new RejectedRecordException("not-json", "the end comes too early (expected: more of a text)");
    }

    private RejectedRecordException unexpected(int c, String expected) {
        String found =
                c < 0 ? "the end" : c > ' ' && c < 0x7f ? "'" + (char) c + "'" : "byte 0x" + Integer.toHexString(c);
        return new RejectedRecordException("not-json", found + " (expected: " + expected + ")");
    }
}
