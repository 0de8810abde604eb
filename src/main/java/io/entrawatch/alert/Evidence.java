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
 * @param subject which of the events the alert is about; not the last where that only stands for an alert of many
 */
public record Evidence(
        double observed,
        double threshold,
        String unit,
        Map<String, Double> facts,
        Map<String, String> notes,
        List<EventSummary> events,
        int subject) {

    public static final int MOST_EVENTS = 10;

    /** About the event that completed the detection. */
    public Evidence(
            double observed,
            double threshold,
            String unit,
            Map<String, Double> facts,
            Map<String, String> notes,
            List<EventSummary> events) {
        this(observed, threshold, unit, facts, notes, events, events.size() - 1);
    }

    public EventSummary first() {
        return events.get(0);
    }

    /** The event that completed the detection. */
    public EventSummary last() {
        return events.get(events.size() - 1);
    }

    /** The event whose user and address the alert names. */
    public EventSummary about() {
        return events.get(subject);
    }
}
