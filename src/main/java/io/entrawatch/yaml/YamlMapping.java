package io.entrawatch.yaml;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A mapping read entry by entry. Every wrong entry becomes a problem, and reading goes on with the default; {@link
 * #rejectOthers()} then reports the entries that nobody asked for.
 */
public final class YamlMapping {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{1,20})?");

    private final YamlNode node;
    private final Map<String, YamlNode> entries;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Problems problems;

    public YamlMapping(YamlNode node, Problems problems) {
        this.node = node;
        this.problems = problems;
        this.entries = node.entries();
        if (!node.isMapping() && !node.isNull()) {
            problems.add(node.position(), node.describe() + " (expected: a mapping of names to values)");
        }
    }

    /** Where it begins. */
    public Position position() {
        return node.position();
    }

    /** Where an entry is; where the mapping begins if there is none. */
    public Position position(String name) {
        YamlNode entry = entries.get(name);
        return entry == null ? node.position() : entry.position();
    }

    /** Whether there is an entry, also one without a value. */
    public boolean has(String name) {
        asked.add(name);
        return entries.containsKey(name);
    }

    /** The entry, or null where it is absent or empty. */
    public @Nullable YamlNode get(String name) {
        asked.add(name);
        return peek(name);
    }

    /** As {@link #get}, for somebody who does not take the entry: it stays unknown here. */
    public @Nullable YamlNode peek(String name) {
        YamlNode entry = entries.get(name);
        return entry == null || entry.isNull() ? null : entry;
    }

    /** The entries below an entry; none where it is absent. */
    public YamlMapping mapping(String name) {
        asked.add(name);
        YamlNode entry = entries.get(name);
        return entry == null
                ? new YamlMapping(YamlNode.absent(position()), problems)
                : new YamlMapping(entry, problems);
    }

    /** A text that must be there; empty after the problem is noted. */
    public String required(String name) {
        String text = given(name);
        if (text == null) {
            problems.add(node.position(), name + ": missing (expected: a text)");
            return "";
        }
        return text;
    }

    /** A text, which may be empty; null where the entry is absent or has no value, and after a problem. */
    public @Nullable String optional(String name) {
        YamlNode entry = get(name);
        if (entry == null) {
            return null;
        }
        if (!entry.isScalar()) {
            problems.add(entry.position(), name + ": " + entry.describe() + " (expected: a text)");
            return null;
        }
        return entry.text();
    }

    /** A text that is not empty, or null where it is absent. */
    public @Nullable String given(String name) {
        String text = optional(name);
        if (text != null && text.isBlank()) {
            problem(name, "empty (expected: a text)");
        }
        return text;
    }

    /** As {@link #given(String)}, with what is meant where it is absent. */
    public String given(String name, String otherwise) {
        String text = given(name);
        return text == null ? otherwise : text;
    }

    /** As {@link #optional}, with what is meant where it is absent. */
    public String text(String name, String otherwise) {
        String text = optional(name);
        return text == null ? otherwise : text;
    }

    /** A list of texts; a single text counts as a list of one. */
    public List<String> texts(String name) {
        YamlNode entry = get(name);
        if (entry == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : entry.items()) {
            if (item.isScalar() && !item.isNull()) {
                texts.add(item.text());
            } else {
                problems.add(item.position(), name + ": " + item.describe() + " (expected: a text)");
            }
        }
        return texts;
    }

    /** The items of a list, or the one value; none where the entry is absent. */
    public List<YamlNode> items(String name) {
        YamlNode entry = get(name);
        return entry == null ? List.of() : entry.items();
    }

    /**
     * What the text stands for; what is meant otherwise where it is absent, and after a problem.
     *
     * @param choices in the order in which a message names them
     */
    public <T> T choice(String name, Map<String, T> choices, T otherwise) {
        String text = optional(name);
        if (text == null) {
            return otherwise;
        }
        T chosen = choices.get(text);
        if (chosen == null) {
            problems.add(
                    position(name),
                    name + ": " + text + " (expected: " + String.join(", ", choices.keySet()) + ")"
                            + Problems.suggestion(text, choices.keySet()));
            return otherwise;
        }
        return chosen;
    }

    /** True or false in upper or lower case. One without a value is a problem: nobody can tell what it was to be. */
    public boolean flag(String name, boolean otherwise) {
        if (has(name) && get(name) == null) {
            problem(name, "no value (expected: false, true)");
        }
        Map<String, Boolean> choices = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        choices.putAll(Map.of("true", true, "false", false));
        return choice(name, choices, otherwise);
    }

    /** A whole number from one bound to the other; what is meant otherwise where it is absent, and after a problem. */
    public int number(String name, int otherwise, int atLeast, int atMost) {
        return (int) decimal(name, otherwise, atLeast, atMost, "a whole number");
    }

    /** As {@link #number(String, int, int, int)}, with decimals. */
    public double decimal(String name, double otherwise, double atLeast, double atMost) {
        return decimal(name, otherwise, atLeast, atMost, "a number");
    }

    private double decimal(String name, double otherwise, double atLeast, double atMost, String expected) {
        String text = optional(name);
        if (text == null) {
            return otherwise;
        }
        try {
            double value = number(text);
            boolean whole = value == Math.rint(value);
            if (value >= atLeast && value <= atMost && (whole || !expected.contains("whole"))) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        problems.add(
                position(name),
                name + ": " + text + " (expected: " + expected + " from " + plain(atLeast) + " to " + plain(atMost)
                        + ")");
        return otherwise;
    }

    /** Java's own reading would take {@code 10d} for a number. */
    private static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text);
    }

    /** A share such as {@code 10%}, as a fraction: 0.1. */
    public double percentage(String name, double otherwise) {
        String text = optional(name);
        if (text == null) {
            return otherwise;
        }
        Matcher matcher = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)%").matcher(text);
        if (!matcher.matches()) {
            problems.add(position(name), name + ": " + text + " (expected: a percentage such as 10%)");
            return otherwise;
        }
        return Double.parseDouble(matcher.group(1)) / 100;
    }

    /** A time span such as {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d}; null where it is absent, and after a problem. */
    public @Nullable Duration duration(String name) {
        String text = optional(name);
        if (text == null) {
            return null;
        }
        Duration duration = Durations.parse(text);
        if (duration == null) {
            problems.add(position(name), name + ": " + text + " (expected: a time span such as 30s, 5m, 24h or 7d)");
        }
        return duration;
    }

    /** A time span that is longer than none; null where it is absent, or cannot be read. */
    public @Nullable Duration period(String name) {
        Duration period = duration(name);
        if (period != null && period.isZero()) {
            problem(name, optional(name) + " (expected: a time span such as 30s, longer than none)");
        }
        return period;
    }

    /** As {@link #period(String)}, with what is meant where it is absent. */
    public Duration period(String name, Duration otherwise) {
        Duration period = period(name);
        return period == null ? otherwise : period;
    }

    /** As {@link #duration(String)}, with what is meant where it is absent. */
    public Duration duration(String name, Duration otherwise) {
        Duration duration = duration(name);
        return duration == null ? otherwise : duration;
    }

    /** The zone of an entry; what is meant otherwise where it is absent, UTC after a problem. */
    public ZoneId zone(String name, ZoneId otherwise) {
        YamlNode entry = get(name);
        return entry == null ? otherwise : zone(name, entry, problems);
    }

    private static ZoneId zone(String name, YamlNode entry, Problems problems) {
        return zone(name, entry, ZoneId.getAvailableZoneIds(), problems);
    }

    /**
     * The zone that an entry names; UTC after a problem.
     *
     * @param meant among which a misspelled one is looked for
     */
    public static ZoneId zone(String name, YamlNode entry, Collection<String> meant, Problems problems) {
        String text = entry.text();
        String wrong = name + ": " + (text.isEmpty() ? entry.describe() : text)
                + " (expected: a time zone such as Europe/Berlin)";
        try {
            return ZoneId.of(text);
        } catch (ZoneRulesException e) {
            problems.add(entry.position(), wrong + Problems.suggestion(text, meant));
        } catch (DateTimeException e) {
            problems.add(entry.position(), wrong);
        }
        return ZoneOffset.UTC;
    }

    /** Reports every entry that was not asked for, with the nearest name that would have been. */
    public void rejectOthers() {
        node.keys().forEach((key, value) -> {
            if (!asked.contains(key.text())) {
                problems.add(
                        key.position(),
                        key.text() + ": unknown here" + Problems.suggestion(key.text(), asked) + expected(asked));
            }
        });
    }

    /** Notes a problem with an entry, at its place in the file. */
    public void problem(String name, String message) {
        problems.add(position(name), name + ": " + message);
    }

    /** As {@link #problem}, for what does no harm: a check tells it, and nothing is refused for it. */
    public void note(String name, String message) {
        problems.note(position(name), name + ": " + message);
    }

    /** The names of all entries, asked for or not. */
    public Set<String> names() {
        return entries.keySet();
    }

    private static String expected(Collection<String> names) {
        return " (expected: " + String.join(", ", names) + ")";
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
