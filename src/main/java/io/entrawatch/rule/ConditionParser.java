package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.re2j.Pattern;

import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlNode;

/**
 * Parses a Sigma condition: {@code and}, {@code or}, {@code not}, parentheses, {@code 1 of}, {@code any of} and {@code
 * all of} with a selection's name, a pattern with {@code *}, or {@code them}.
 */
final class ConditionParser {

    private static final int DEEPEST_NESTING = 100;

    /** Every selection that is named is asked of every event. */
    private static final int LONGEST = 100_000;

    private record Token(String text, int at) {}

    private static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;
        private final int at;

        Invalid(int at, String message) {
            super(message, null, false, false);
            this.at = at;
        }
    }

    private final String text;
    private final Map<String, Matcher> selections;
    private final List<Token> tokens = new ArrayList<>();
    private final Set<String> used = new LinkedHashSet<>();
    private int next;
    private int depth;

    private ConditionParser(String text, Map<String, Matcher> selections) {
        this.text = text;
        this.selections = selections;
    }

    /** A matcher, and the names of the selections it uses. */
    record Parsed(Matcher matcher, Set<String> used) {}

    /** Parses a condition; a mistake becomes a problem, and the result matches nothing. */
    static Parsed parse(YamlNode condition, Map<String, Matcher> selections, Problems problems) {
        ConditionParser parser = new ConditionParser(condition.text(), selections);
        try {
            parser.cut();
            Matcher matcher = parser.or();
            if (parser.next < parser.tokens.size()) {
                Token extra = parser.tokens.get(parser.next);
                throw new Invalid(extra.at, "'" + extra.text + "' is one too many (expected: and, or, or the end)");
            }
            return new Parsed(matcher, parser.used);
        } catch (Invalid e) {
            problems.add(condition.position(e.at), "condition: " + e.getMessage());
            return new Parsed(new Matcher.Or(List.of()), selections.keySet());
        }
    }

    private void cut() throws Invalid {
        if (text.length() > LONGEST) {
            throw new Invalid(0, text.length() + " characters (expected: at most " + LONGEST + ")");
        }
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '(' || c == ')') {
                tokens.add(new Token(String.valueOf(c), i++));
            } else if (c == '|') {
                throw new Invalid(i, olderCount(text.substring(i + 1).strip()));
            } else if (isNamePart(c)) {
                int start = i;
                while (i < text.length() && isNamePart(text.charAt(i))) {
                    i++;
                }
                tokens.add(new Token(text.substring(start, i), start));
            } else {
                throw new Invalid(i, "'" + c + "' (expected: the name of a selection, and, or, not, of, parentheses)");
            }
        }
    }

    private static String olderCount(String aggregation) {
        if (aggregation.matches("(?i)near\\b.*")) {
            return "'" + aggregation + "' is Sigma's older form of rules that match together (expected: a correlation"
                    + " document of type temporal with group-by and timespan)";
        }
        boolean distinct = aggregation.matches("count\\(.+\\).*");
        return "'" + aggregation + "' is Sigma's older form of counting (expected: a correlation document of type "
                + (distinct ? "value_count" : "event_count") + " with group-by, timespan and condition)";
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '*' || c == '.';
    }

    private Matcher or() throws Invalid {
        List<Matcher> parts = new ArrayList<>(List.of(and()));
        while (takes("or")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.get(0) : new Matcher.Or(List.copyOf(parts));
    }

    private Matcher and() throws Invalid {
        List<Matcher> parts = new ArrayList<>(List.of(not()));
        while (takes("and")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.get(0) : new Matcher.And(List.copyOf(parts));
    }

    private Matcher not() throws Invalid {
        if (++depth > DEEPEST_NESTING) {
            throw new Invalid(0, "nested deeper than " + DEEPEST_NESTING + " levels");
        }
        Matcher matcher = takes("not") ? new Matcher.Not(not()) : primary();
        depth--;
        return matcher;
    }

    private Matcher primary() throws Invalid {
        Token token = take("the name of a selection");
        if (token.text.equals("(")) {
            Matcher inner = or();
            if (!takes(")")) {
                throw new Invalid(token.at, "this parenthesis is never closed");
            }
            return inner;
        }
        if (token.text.equals(")")) {
            throw new Invalid(token.at, "')' (expected: the name of a selection)");
        }
        boolean quantified = next < tokens.size() && tokens.get(next).text.equalsIgnoreCase("of");
        if (quantified) {
            return quantified(token);
        }
        Matcher selection = selections.get(token.text);
        if (selection == null) {
            throw new Invalid(
                    token.at,
                    "no selection is named '" + token.text + "'"
                            + Problems.suggestion(token.text, selections.keySet()));
        }
        used.add(token.text);
        return selection;
    }

    private Matcher quantified(Token quantifier) throws Invalid {
        boolean all = quantifier.text.equalsIgnoreCase("all");
        if (!all && !quantifier.text.equals("1") && !quantifier.text.equalsIgnoreCase("any")) {
            throw new Invalid(quantifier.at, "'" + quantifier.text + " of' (expected: 1 of, any of, all of)");
        }
        take("of");
        Token pattern = take("them, or the name of a selection with *");
        Map<String, Matcher> chosen = new LinkedHashMap<>();
        selections.forEach((name, matcher) -> {
            if (isMeant(pattern.text, name)) {
                chosen.put(name, matcher);
            }
        });
        if (chosen.isEmpty()) {
            throw new Invalid(pattern.at, "no selection is named like '" + pattern.text + "'");
        }
        used.addAll(chosen.keySet());
        List<Matcher> parts = List.copyOf(chosen.values());
        return all ? new Matcher.And(parts) : new Matcher.Or(parts);
    }

    private static boolean isMeant(String pattern, String name) {
        if (pattern.equalsIgnoreCase("them")) {
            return !name.startsWith("_");
        }
        String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
        return Pattern.matches(regex, name);
    }

    private boolean takes(String word) {
        if (next < tokens.size() && tokens.get(next).text.equalsIgnoreCase(word)) {
            next++;
            return true;
        }
        return false;
    }

    private Token take(String expected) throws Invalid {
        if (next == tokens.size()) {
            throw new Invalid(text.length(), "ends too early (expected: " + expected + ")");
        }
        return tokens.get(next++);
    }
}
