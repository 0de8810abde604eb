package io.entrawatch.rule;

import java.util.Locale;

/** Makes texts the same that differ only in upper and lower case, exactly where {@link String#equalsIgnoreCase} says so. */
public final class CaseFolding {

    private static final int LAST_OF_ASCII = 0x7f;

    private CaseFolding() {}

    public static String fold(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_OF_ASCII) {
                return foldLetters(text);
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** Letter by letter: a sigma at the end of a word, whose lower case is another, is one like any other. */
    private static String foldLetters(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(letter)));
            i += Character.charCount(letter);
        }
        return folded.toString();
    }
}
