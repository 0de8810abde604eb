package io.entrawatch.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Step;
import io.entrawatch.event.EventSummary;
import io.entrawatch.rule.Level;

/**
 * What a detection with memory needs to know of an event that one of its rules picked, or of an alert of a detection it
 * looks at.
 *
 * @param key the detection, the tenant and the group, and with them the key of all state
 * @param step which of the detection's steps matched; {@link #PRESENCE} for none
 * @param first whether this is the first observation made of the event, which counts it if it is a duplicate
 * @param id the id of the event or of the alert
 * @param event for evidence; null where no alert can tell of it
 * @param value what the detection counts or reckons with, or null
 * @param level the level that the event asks for, or null
 * @param shown values that an analyst wants to see, by the names of their fields
 * @param travel what only travel asks for, or null
 */
public record Observation(
        String key,
        String detection,
        int step,
        boolean first,
        long atMillis,
        String id,
        @Nullable EventSummary event,
        @Nullable String value,
        @Nullable Level level,
        Map<String, String> shown,
        @Nullable TravelFacts travel) {

    /** Says only that the tenant's logs have arrived on that day. */
    public static final int PRESENCE = -1;

    /** An observation that only its place in time and its evidence matter of. */
    public static Observation of(String key, String detection, int step, boolean first, EventSummary event) {
        return new Observation(
                key, detection, step, first, event.atMillis(), event.id(), event, null, null, Map.of(), null);
    }

    public boolean isPresence() {
        return step == PRESENCE;
    }

    public String tenant() {
        int start = key.indexOf(Step.SEPARATOR) + 1;
        int end = key.indexOf(Step.SEPARATOR, start);
        return key.substring(start, end < 0 ? key.length() : end);
    }

    /** The values of the detection's {@code group-by}: the tenant, then the others. */
    public List<String> group() {
        String[] parts = key.split(String.valueOf(Step.SEPARATOR), -1);
        return List.of(Arrays.copyOfRange(parts, 1, parts.length));
    }

    /** The event, which every observation has that can complete an alert. */
    public EventSummary evidence() {
        if (event == null) {
            throw new IllegalStateException("an observation without an event completes no alert: " + key);
        }
        return event;
    }
}
