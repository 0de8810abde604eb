package io.entrawatch.engine;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EventSummary;
import io.entrawatch.event.LongText;

/** Says whom an alert is about, in the words of its last event where these are better than ids. */
final class Subjects {

    private Subjects() {}

    static String of(Observation observation) {
        List<String> group = observation.group();
        EventSummary event = observation.evidence();
        if (group.size() == 1) {
            return event.user() == null ? "the tenant" : "the tenant, last " + event.user();
        }
        // The id of the event tells nobody anything; where a rule groups by it, its other values do.
        String words = group.stream()
                .skip(1)
                .filter(value -> !value.equals(event.id()))
                .map(value -> named(value, event))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? orElse(event.user(), orElse(event.target(), event.activity())) : words;
    }

    private static String named(String value, EventSummary event) {
        String user = event.user();
        if (value.equals(event.userId()) && user != null) {
            return user;
        }
        String target = event.target();
        return value.equals(event.targetId()) && target != null ? target : LongText.cutValue(value);
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
