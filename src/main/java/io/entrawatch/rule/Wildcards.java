package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.List;

import com.google.re2j.Pattern;

/** Sigma's text values: {@code *} is any text, {@code ?} any character, a backslash before them takes that away. */
final class Wildcards {

    private static final String ANY_TEXT = "*";
    private static final String ANY_CHARACTER = "?";

    private Wildcards() {}

    /** @param anyBefore whether any text may come before the value, @param anyAfter behind it */
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
            } else if (c == '*' || c == '?') {
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
