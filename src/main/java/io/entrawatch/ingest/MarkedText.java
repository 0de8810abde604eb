package io.entrawatch.ingest;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of bytes that may not be UTF-8. What is none is marked with half a pair of surrogates, which no UTF-8 has; the
 * character for unknown ones may be part of a text.
 */
final class MarkedText {

    private static final char MARK = '\udfff';

    private MarkedText() {}

    static Reader reader(InputStream in) {
        return new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(MARK)));
    }

    /** Whether some of it was no UTF-8. */
    static boolean isMarked(String text) {
        int at = text.indexOf(MARK);
        while (at > 0 && Character.isHighSurrogate(text.charAt(at - 1))) {
            at = text.indexOf(MARK, at + 1);
        }
        return at >= 0;
    }

    /** With the character for unknown ones in place of the marks. */
    static String shown(String text) {
        return isMarked(text) ? text.replaceAll("\\p{Cs}", "\uFFFD") : text;
    }
}
