package io.entrawatch.rule;

/** Looks for one text of a record in another where both may be as long as the record: in a time that grows with each alone. */
final class LongTexts {

    private LongTexts() {}

    /** Whether a text has another one in it, which is not empty. */
    static boolean contains(String text, String part, boolean cased) {
        if (part.length() > text.length()) {
            return false;
        }
        int[] borders = borders(part, cased);
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            matched = next(part, borders, matched, text.charAt(i), cased);
            if (matched == part.length()) {
                return true;
            }
        }
        return false;
    }

    /** For each beginning of a text, how long the longest shorter one is that it ends with. */
    private static int[] borders(String part, boolean cased) {
        int[] borders = new int[part.length()];
        for (int i = 1; i < borders.length; i++) {
            borders[i] = next(part, borders, borders[i - 1], part.charAt(i), cased);
        }
        return borders;
    }

    /** How much of the part there is behind one more character. */
    private static int next(String part, int[] borders, int matched, char c, boolean cased) {
        int next = matched;
        while (next > 0 && !same(part.charAt(next), c, cased)) {
            next = borders[next - 1];
        }
        return same(part.charAt(next), c, cased) ? next + 1 : next;
    }

    private static boolean same(char one, char other, boolean cased) {
        return one == other || (!cased && fold(one) == fold(other));
    }

    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
