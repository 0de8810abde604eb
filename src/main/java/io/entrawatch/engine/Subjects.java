package io.entrawatch.engine;

import java.util.List;

import io.entrawatch.event.EventSummary;

/** Says whom an alert is about, in the words of its last event where these are better than ids. */
final class Subjects {

    private Subjects() {}

    static String of(Observation observation) {
        List<String> group = observation.group();
        EventSummary event = observation.evidence();
        if (group.size() == 1) {
            return event.user() == null ? "the tenant" : "the tenant, last " + event.user();
        }
        StringBuilder words = new StringBuilder();
        for (String value : group.subList(1, group.size())) {
            words.append(words.length() == 0 ? "" : ", ").append(named(value, event));
        }
        return words.toString();
    }

    private static String named(String value, EventSummary event) {
        String user = event.user();
        if (value.equals(event.userId()) && user != null) {
            return user;
        }
        String target = event.target();
        return value.equals(event.targetId()) && target != null ? target : value;
    }
}
