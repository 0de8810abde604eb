package io.entrawatch.alert;

import java.util.List;
import java.util.Map;

import io.entrawatch.event.EventSummary;

/**
 * Why a detection fired.
 *
 * @param observed the value that decided, in {@code unit}
 * @param threshold what it was compared with, in {@code unit}
 * @param facts further numbers, such as the counts of a baseline, by name
 * @param notes further words, such as the reason of a doubt, by name
 * @param events the contributing events in the order they happened, at most {@link #MOST_EVENTS}; the last completed it
 */
public record Evidence(
        double observed,
        double threshold,
        String unit,
        Map<String, Double> facts,
        Map<String, String> notes,
        List<EventSummary> events) {

    public static final int MOST_EVENTS = 10;

    public EventSummary first() {
        return events.get(0);
    }

    /** The event that completed the detection. */
    public EventSummary last() {
        return events.get(events.size() - 1);
    }
}
