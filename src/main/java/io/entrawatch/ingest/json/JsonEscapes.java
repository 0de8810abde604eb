package io.entrawatch.ingest.json;

import java.nio.charset.StandardCharsets;

/** What a backslash in a text of JSON stands for. */
public final class JsonEscapes {

    private static final int UNKNOWN = 0xfffd;

    private JsonEscapes() {}

    /** Checks the escape that begins with a backslash, and returns where it ends. */
    static int end(byte[] bytes, int backslash, int end) throws RejectedRecordException {
        int kind = backslash + 1 < end ? bytes[backslash + 1] : -1;
        if (kind == 'u') {
            for (int i = backslash + 2; i < backslash + 6; i++) {
                int c = i < end ? bytes[i] : -1;
                if (c < 0 || Character.digit(c, 16) < 0) {
                    throw NotJson.unexpected(c, "four hexadecimal digits");
                }
            }
            return backslash + 6;
        }
        if (kind < 0 || "\"\\/bfnrt".indexOf(kind) < 0) {
            throw NotJson.unexpected(kind, "an escape of JSON");
        }
        return backslash + 2;
    }

    /**
     * A text with checked escapes as it is meant. Half of a pair of surrogates is no character, and cannot be written: the
     * character that stands for unknown ones takes its place.
     */
    static String resolved(String written) {
        StringBuilder text = new StringBuilder(written.length());
        boolean surrogates = false;
        int from = 0;
        for (int i = written.indexOf('\\'); i >= 0; i = written.indexOf('\\', from)) {
            text.append(written, from, i);
            char kind = written.charAt(i + 1);
            if (kind == 'u') {
                char escaped = (char) Integer.parseInt(written, i + 2, i + 6, 16);
                surrogates |= Character.isSurrogate(escaped);
                text.append(escaped);
                from = i + 6;
            } else {
                text.append(character(kind));
                from = i + 2;
            }
        }
        String resolved = text.append(written, from, written.length()).toString();
        return surrogates ? withoutHalves(resolved) : resolved;
    }

    /** A text that nobody has checked as it is meant, or as it is written where it means nothing. */
    public static String resolvedOrAsWritten(byte[] bytes, int length) {
        String written = new String(bytes, 0, length, StandardCharsets.UTF_8);
        try {
            int at = 0;
            while (at < length) {
                at = bytes[at] == '\\' ? end(bytes, at, length) : at + 1;
            }
            return resolved(written);
        } catch (RejectedRecordException e) {
            return written;
        }
    }

    private static String withoutHalves(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? UNKNOWN : c)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static char character(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }
}
