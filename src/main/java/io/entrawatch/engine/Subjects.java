package io.entrawatch.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.entrawatch.engine.wire.Observation;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.LongText;

/** Says whom an alert is about, in the words of its last event where these are better than ids. */
public final class Subjects {

    private static final Pattern ID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Subjects() {}

    /** Whether a text is an id, which tells nobody anything where a name stands beside it. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    public static String of(Observation observation) {
        List<String> group = observation.group();
        EventSummary event = observation.evidence();
        if (group.size() == 1) {
            String last = event.user();
            return last == null || isId(last) ? "the tenant" : "the tenant, last " + last;
        }
        // The id of the event tells nobody anything; where a rule groups by it, its other values do.
        List<String> named = group.stream()
                .skip(1)
                .filter(value -> !value.equals(event.id()))
                .map(value -> named(value, event, observation.shown()))
                .toList();
        boolean anyName = named.stream().anyMatch(name -> !isId(name));
        String words = named.stream().filter(name -> !anyName || !isId(name)).collect(Collectors.joining(", "));
        return words.isEmpty() ? orElse(event.user(), orElse(event.target(), event.activity())) : words;
    }

    private static String named(String value, EventSummary event, Map<String, String> shown) {
        String user = event.user();
        if (value.equals(event.userId()) && user != null) {
            return user;
        }
        String target = event.target();
        if (value.equals(event.targetId()) && target != null) {
            return target;
        }
        return LongText.cutValue(isId(value) ? nameBeside(value, shown) : value);
    }

    /** A role and a group are shown with their ids and names, the id that stands for them first. */
    private static String nameBeside(String id, Map<String, String> shown) {
        return new TreeMap<>(shown)
                .values().stream()
                        .filter(text -> text.startsWith(id + Shown.BETWEEN))
                        .flatMap(text -> Arrays.stream(text.split(Shown.BETWEEN)))
                        .filter(text -> !isId(text))
                        .findFirst()
                        .orElse(id);
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
