package io.entrawatch.engine;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Step;
import io.entrawatch.event.EventSummary;

/**
 * What a detection with memory needs to know of an event that one of its rules picked.
 *
 * @param key the detection, the tenant and the group, and with them the key of all state
 * @param step which of the detection's rules matched; {@link #PRESENCE} for none
 * @param first whether this is the first observation made of the event, which counts it if it is a duplicate
 * @param travel what only travel asks for, or null
 */
public record Observation(
        String key, String detection, int step, boolean first, EventSummary event, @Nullable TravelFacts travel) {

    /** Says only that the tenant's logs have arrived on that day. */
    public static final int PRESENCE = -1;

    public boolean isPresence() {
        return step == PRESENCE;
    }

    /** The values of the detection's {@code group-by}: the tenant, then the others. */
    public List<String> group() {
        String[] parts = key.split(String.valueOf(Step.SEPARATOR), -1);
        return List.of(Arrays.copyOfRange(parts, 1, parts.length));
    }
}
