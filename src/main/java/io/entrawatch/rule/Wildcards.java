package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** Sigma's text values: {@code *} is any text, {@code ?} any character, a backslash before them takes that away. */
final class Wildcards {

    private static final String ANY_TEXT = "*";
    private static final String ANY_CHARACTER = "?";

    /** Stands for a dash that may be any; no text holds it. */
    private static final char ANY_DASH = '\uFFFE';

    private static final String DASHES = "-/\u2013\u2014\u2015";

    /** Of how many flags a text is spelled out; each makes five times as many. */
    static final int MOST_FLAGS = 4;

    private Wildcards() {}

    /** The text where it has no wildcards, without its escapes; null where it has some. */
    static @Nullable String literal(String value) {
        List<String> parts = split(value);
        if (parts.isEmpty()) {
            return "";
        }
        boolean plain =
                parts.size() == 1 && !isAnyText(parts.get(0)) && !parts.get(0).equals(wildcard(ANY_CHARACTER));
        return plain ? parts.get(0) : null;
    }

    /** As {@link #compile}, where every dash that begins a flag may be written as any other, or as a slash. */
    static ValueTest anyDash(String value, boolean anyBefore, boolean anyAfter, boolean cased) {
        StringBuilder text = new StringBuilder(value);
        for (int i = 0; i < value.length(); i++) {
            if (beginsFlag(value, i)) {
                text.setCharAt(i, ANY_DASH);
            }
        }
        return compile(text.toString(), anyBefore, anyAfter, cased);
    }

    /** How many flags begin with a dash or a slash. */
    static int flags(String text) {
        return (int) IntStream.range(0, text.length())
                .filter(i -> beginsFlag(text, i))
                .count();
    }

    /** All spellings of the first flags of a text. */
    static List<String> dashes(String text) {
        List<String> spellings = List.of(text);
        int flags = 0;
        for (int i = 0; i < text.length() && flags < MOST_FLAGS; i++) {
            if (beginsFlag(text, i)) {
                flags++;
                spellings = withEachDash(spellings, i);
            }
        }
        return spellings;
    }

    private static List<String> withEachDash(List<String> texts, int at) {
        List<String> spellings = new ArrayList<>();
        for (String text : texts) {
            for (int dash = 0; dash < DASHES.length(); dash++) {
                spellings.add(text.substring(0, at) + DASHES.charAt(dash) + text.substring(at + 1));
            }
        }
        return spellings;
    }

    private static boolean beginsFlag(String text, int at) {
        boolean dash = DASHES.indexOf(text.charAt(at)) >= 0;
        boolean before = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        boolean after = at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
        return dash && after && !before;
    }

    /**
     * @param anyBefore whether any text may come before the value
     * @param anyAfter whether any may come behind it
     */
    static ValueTest compile(String value, boolean anyBefore, boolean anyAfter, boolean cased) {
        List<String> parts = split(value);
        boolean before = anyBefore;
        boolean after = anyAfter;
        while (!parts.isEmpty() && isAnyText(parts.get(0))) {
            parts.remove(0);
            before = true;
        }
        while (!parts.isEmpty() && isAnyText(parts.get(parts.size() - 1))) {
            parts.remove(parts.size() - 1);
            after = true;
        }
        if (parts.size() > 1 || (parts.size() == 1 && parts.get(0).equals(wildcard(ANY_CHARACTER)))) {
            return pattern(parts, before, after, cased);
        }
        String text = parts.isEmpty() ? "" : parts.get(0);
        if (before && after) {
            return new ValueTest.Contains(text, cased);
        }
        if (before) {
            return new ValueTest.EndsWith(text, cased);
        }
        return after ? new ValueTest.StartsWith(text, cased) : new ValueTest.Equal(text, cased);
    }

    /** Plain texts and wildcards in turn; a wildcard is marked by a character that no text holds. */
    private static List<String> split(String value) {
        List<String> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            char following = i + 1 < value.length() ? value.charAt(i + 1) : 0;
            if (c == '\\' && (following == '*' || following == '?' || following == '\\')) {
                text.append(following);
                i++;
            } else if (c == '*' || c == '?' || c == ANY_DASH) {
                if (text.length() > 0) {
                    parts.add(text.toString());
                    text.setLength(0);
                }
                parts.add(wildcard(String.valueOf(c)));
            } else {
                text.append(c);
            }
        }
        if (text.length() > 0) {
            parts.add(text.toString());
        }
        return parts;
    }

    private static ValueTest pattern(List<String> parts, boolean anyBefore, boolean anyAfter, boolean cased) {
        StringBuilder regex = new StringBuilder(anyBefore ? "" : "\\A");
        for (String part : parts) {
            if (isAnyText(part)) {
                regex.append(".*");
            } else if (part.equals(wildcard(ANY_CHARACTER))) {
                regex.append('.');
            } else if (part.equals(wildcard(String.valueOf(ANY_DASH)))) {
                regex.append('[').append(DASHES).append(']');
            } else {
                regex.append(Pattern.quote(part));
            }
        }
        regex.append(anyAfter ? "" : "\\z");
        return new ValueTest.Matches(
                Pattern.compile(regex.toString(), Pattern.DOTALL | (cased ? 0 : Pattern.CASE_INSENSITIVE)));
    }

    private static boolean isAnyText(String part) {
        return part.equals(wildcard(ANY_TEXT));
    }

    private static String wildcard(String character) {
        return "\uFFFF" + character;
    }
}
