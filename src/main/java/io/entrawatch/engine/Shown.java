package io.entrawatch.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;
import io.entrawatch.event.LongText;
import io.entrawatch.event.SignInStatus;
import io.entrawatch.rule.Level;
import io.entrawatch.rule.Rule;

/** Takes from an event what its rule wants to show: the values of its fields, each once, and the level that the log gives it. */
public final class Shown {

    private static final Set<String> REFUSED =
            Set.of(SignInStatus.FAILURE.toLowerCase(Locale.ROOT), SignInStatus.INTERRUPTED.toLowerCase(Locale.ROOT));

    /** Between the values of one field. */
    static final String BETWEEN = ", ";

    private Shown() {}

    public static Map<String, String> of(Rule rule, EntraEvent event) {
        if (rule.shown().isEmpty()) {
            return Map.of();
        }
        Map<String, String> shown = new HashMap<>();
        for (Field field : rule.shown()) {
            String[] values = event.fields().all(field);
            if (values != null) {
                String text = values.length == 1
                        ? String.valueOf(values[0])
                        : String.join(BETWEEN, new LinkedHashSet<>(Arrays.asList(values)));
                shown.put(field.label(), LongText.cutValue(text));
            }
        }
        return shown;
    }

    /** What happened, and that it failed or was interrupted where it did. */
    public static String happened(EventSummary event) {
        String written = event.outcome();
        String outcome = written == null ? "" : written.toLowerCase(Locale.ROOT);
        return REFUSED.contains(outcome) ? event.activity() + " (" + outcome + ")" : event.activity();
    }

    /**
     * What is shown, to stand behind what happened: each with the name of its field, in the order of these.
     *
     * @param happened in words, which need not be said twice
     */
    public static String behind(String happened, Map<String, String> shown) {
        String words = new TreeMap<>(shown)
                .entrySet().stream()
                        .filter(field -> !field.getValue().equals(happened))
                        .map(field -> field.getKey() + ' ' + withoutIds(field.getValue()))
                        .filter(field -> !field.endsWith(" "))
                        .collect(Collectors.joining(BETWEEN));
        return words.isEmpty() ? "" : ": " + words;
    }

    /** An id tells nobody anything. */
    static String withoutIds(String values) {
        return Arrays.stream(values.split(BETWEEN))
                .filter(value -> !value.isBlank() && !Subjects.isId(value))
                .collect(Collectors.joining(BETWEEN));
    }

    /** The level that the log gives the event; null where the rule does not ask, or the log does not say. */
    public static @Nullable Level level(Rule rule, EntraEvent event) {
        Field from = rule.levelFrom();
        String text = from == null ? null : event.text(from);
        return text == null ? null : Level.of(text);
    }
}
