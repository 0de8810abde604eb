package io.entrawatch.rule;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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
            "neq",
            "cased",
            "windash",
            "base64",
            "base64offset",
            "utf16",
            "utf16le",
            "utf16be",
            "wide",
            "fieldref",
            "minute",
            "hour",
            "day",
            "week",
            "month",
            "year");

    /** Of each of these sets, one at most. */
    private static final Set<String> COMPARISONS =
            Set.of("contains", "startswith", "endswith", "re", "cidr", "exists", "lt", "lte", "gt", "gte", "neq");

    private static final Set<String> TEXTS = Set.of("utf16", "utf16le", "utf16be", "wide");
    private static final Set<String> ENCODINGS = Set.of("base64", "base64offset");
    private static final Set<String> TIMES = Set.of("minute", "hour", "day", "week", "month", "year");
    private static final Set<String> PLACES = Set.of("contains", "startswith", "endswith");

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
            } else if (!names.add(name)) {
                problems.add(at, "modifiers: " + name + " is given twice");
            }
        }
        Modifiers modifiers = new Modifiers(names);
        modifiers.check(at, problems);
        return modifiers;
    }

    private void check(Position at, Problems problems) {
        for (Set<String> one : List.of(COMPARISONS, TEXTS, ENCODINGS, TIMES)) {
            Set<String> chosen = new LinkedHashSet<>(names);
            chosen.retainAll(one);
            if (chosen.size() > 1) {
                problems.add(at, "modifiers: " + String.join(" and ", chosen) + " exclude each other");
            }
        }
        if ((has("i") || has("m") || has("s")) && !has("re")) {
            problems.add(at, "modifiers: i, m and s go with re");
        }
        if (hasAny(TEXTS) && !hasAny(ENCODINGS)) {
            problems.add(at, "modifiers: utf16, utf16le, utf16be and wide go with base64 or base64offset");
        }
        if (has("base64offset") && !has("contains")) {
            problems.add(at, "modifiers: base64offset goes with contains");
        }
        forbid("base64, base64offset and windash", encodes() || has("windash"), notText(), at, problems);
        forbid("fieldref", has("fieldref"), notReference(), at, problems);
        forbid("minute, hour, day, week, month and year", hasAny(TIMES), notTime(), at, problems);
        forbid("exists", has("exists"), notFlag(), at, problems);
        forbid("all and neq", has("neq"), Set.of("all"), at, problems);
        forbid("cased", has("cased"), Set.of("re", "cidr", "lt", "lte", "gt", "gte"), at, problems);
    }

    private void forbid(String what, boolean used, Set<String> others, Position at, Problems problems) {
        Set<String> forbidden = new LinkedHashSet<>(names);
        forbidden.retainAll(others);
        if (used && !forbidden.isEmpty()) {
            problems.add(at, "modifiers: " + what + " cannot go with " + String.join(", ", forbidden));
        }
    }

    private static Set<String> notText() {
        return Set.of("re", "cidr", "exists", "lt", "lte", "gt", "gte", "fieldref");
    }

    private static Set<String> notReference() {
        return Set.of("re", "cidr", "exists", "lt", "lte", "gt", "gte", "expand");
    }

    private static Set<String> notTime() {
        return Set.of(
                "re", "cidr", "exists", "contains", "startswith", "endswith", "cased", "expand", "fieldref", "windash");
    }

    private static Set<String> notFlag() {
        return Set.of("all", "cased", "expand");
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The same for all that compile a value to the same test. */
    String signature() {
        return String.join("|", names);
    }

    private boolean hasAny(Set<String> some) {
        return names.stream().anyMatch(some::contains);
    }

    boolean encodes() {
        return hasAny(ENCODINGS);
    }

    /** The part of a time that is compared, or null. */
    @Nullable
    String timePart() {
        return names.stream().filter(TIMES::contains).findFirst().orElse(null);
    }

    /** How the characters are written before they are encoded, or null for UTF-8. */
    @Nullable
    String characters() {
        return names.stream().filter(TEXTS::contains).findFirst().orElse(null);
    }

    /** True for what keywords may have; they are found anywhere without being told so. */
    boolean isKeywords() {
        return Set.of("all", "contains").containsAll(names);
    }

    /** True where values are compared as a whole. */
    boolean isPlain() {
        return Set.of("expand", "neq").containsAll(names);
    }

    /** True where no value stands for the absence of the field. */
    boolean mayBeEmpty() {
        return Set.of("neq", "cased").containsAll(names);
    }

    /** True where text stands for itself, so that other names for the same thing may be meant. */
    boolean comparesWholeTexts() {
        return Set.of("expand", "neq", "all", "cased").containsAll(names);
    }

    /** True where a value is compared as a text, and not as a number, a time, an address or a pattern. */
    boolean comparesTexts() {
        return !has("re") && !has("cidr") && comparison() == null && timePart() == null;
    }

    boolean anyBefore() {
        return has("contains") || has("endswith");
    }

    boolean anyAfter() {
        return has("contains") || has("startswith");
    }

    /** Where in the other field's value a referenced field's value is looked for. */
    Matcher.SameAs.Where where() {
        return names.stream()
                .filter(PLACES::contains)
                .findFirst()
                .map(name -> Matcher.SameAs.Where.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(Matcher.SameAs.Where.WHOLE);
    }

    ValueTest.@Nullable Comparison comparison() {
        for (ValueTest.Comparison comparison : ValueTest.Comparison.values()) {
            if (has(comparison.name().toLowerCase(Locale.ROOT))) {
                return comparison;
            }
        }
        return null;
    }

    /** The test for one value; null after a problem. */
    @Nullable
    ValueTest compile(String value, Position at, Problems problems) {
        return ValueCompiler.compile(this, value, at, problems);
    }
}
