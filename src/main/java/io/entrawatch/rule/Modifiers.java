package io.entrawatch.rule;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Cidr;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;

/** The value modifiers behind a field's name, such as {@code contains|all}. */
final class Modifiers {

    private static final List<String> KNOWN = List.of(
            "contains",
            "startswith",
            "endswith",
            "all",
            "re",
            "i",
            "m",
            "s",
            "cidr",
            "exists",
            "expand",
            "lt",
            "lte",
            "gt",
            "gte",
            "cased");

    /** Of these, one at most. */
    private static final Set<String> COMPARISONS =
            Set.of("contains", "startswith", "endswith", "re", "cidr", "exists", "lt", "lte", "gt", "gte");

    private static final int MOST_GROUPS = 200;

    private final Set<String> names;

    private Modifiers(Set<String> names) {
        this.names = names;
    }

    /** @param parts the field's name and the modifiers behind it */
    static Modifiers read(String[] parts, Position at, Problems problems) {
        Set<String> names = new LinkedHashSet<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String name = part.toLowerCase(Locale.ROOT);
            if (!KNOWN.contains(name)) {
                problems.add(
                        at,
                        "modifier: " + part + " is not supported (expected: " + String.join(", ", KNOWN) + ")"
                                + Problems.suggestion(part, KNOWN));
            }
            names.add(name);
        }
        Set<String> comparisons = new LinkedHashSet<>(names);
        comparisons.retainAll(COMPARISONS);
        if (comparisons.size() > 1) {
            problems.add(at, "modifiers: " + String.join(" and ", comparisons) + " exclude each other");
        }
        boolean flags = names.contains("i") || names.contains("m") || names.contains("s");
        if (flags && !names.contains("re")) {
            problems.add(at, "modifiers: i, m and s go with re");
        }
        return new Modifiers(names);
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The same for all that compile a value to the same test. */
    String signature() {
        return String.join("|", names);
    }

    /** True where values are compared as a whole. */
    boolean isPlain() {
        return names.isEmpty() || (names.size() == 1 && names.contains("expand"));
    }

    /** The test for one value; null after a problem. */
    @Nullable
    ValueTest compile(String value, Position at, Problems problems) {
        try {
            if (has("re")) {
                return pattern(value, at, problems);
            }
            if (has("cidr")) {
                return new ValueTest.InBlock(Cidr.parse(value));
            }
            ValueTest.Comparison comparison = comparison();
            if (comparison != null) {
                return new ValueTest.Compared(comparison, number(value));
            }
            return Wildcards.compile(
                    value, has("contains") || has("endswith"), has("contains") || has("startswith"), has("cased"));
        } catch (PatternSyntaxException e) {
            problems.add(at, "re: " + value + ": " + e.getDescription());
        } catch (NumberFormatException e) {
            problems.add(at, value + " (expected: a number to compare with)");
        } catch (IllegalArgumentException e) {
            problems.add(at, "cidr: " + e.getMessage());
        }
        return null;
    }

    /** The engine's parser calls itself for every group in a group. */
    private @Nullable ValueTest pattern(String value, Position at, Problems problems) {
        if (value.chars().filter(c -> c == '(').count() > MOST_GROUPS) {
            problems.add(at, "re: more than " + MOST_GROUPS + " groups");
            return null;
        }
        return new ValueTest.Matches(Pattern.compile(value, flags()));
    }

    private static BigDecimal number(String value) {
        if (value.length() > ValueTest.Compared.LONGEST_NUMBER) {
            throw new NumberFormatException(value);
        }
        return new BigDecimal(value);
    }

    private ValueTest.@Nullable Comparison comparison() {
        for (ValueTest.Comparison comparison : ValueTest.Comparison.values()) {
            if (has(comparison.name().toLowerCase(Locale.ROOT))) {
                return comparison;
            }
        }
        return null;
    }

    private int flags() {
        int flags = has("i") ? Pattern.CASE_INSENSITIVE : 0;
        flags |= has("m") ? Pattern.MULTILINE : 0;
        return has("s") ? flags | Pattern.DOTALL : flags;
    }
}
