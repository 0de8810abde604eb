package io.entrawatch.engine.wire;

import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EventSummary;
import io.entrawatch.rule.Level;

/**
 * What a detection with memory needs to know of an event that one of its rules picked, or of an alert of a detection it
 * looks at.
 *
 * @param step which of the detection's steps matched; {@link #PRESENCE} for none
 * @param late whether it comes after its time, and may be a copy of what was observed before
 * @param id the id of the event or of the alert
 * @param event for evidence; null where no alert can tell of it
 * @param value what the detection counts or reckons with, or null
 * @param level the level that the event asks for, or null
 * @param shown values that an analyst wants to see, by the names of their fields
 * @param travel what only travel asks for, or null
 * @param more whether the same event matched further rules of a count of rules, which is asked when it has them all. Not
 *     written: it is of use only on the way there, which is in memory
 */
@TypeInfo(ObservationSerializer.Factory.class)
public record Observation(
        Key key,
        int step,
        long atMillis,
        boolean late,
        String id,
        @Nullable PackedEvent event,
        @Nullable String value,
        @Nullable Level level,
        Map<String, String> shown,
        @Nullable TravelFacts travel,
        boolean more) {

    public Observation(
            Key key,
            int step,
            long atMillis,
            boolean late,
            String id,
            @Nullable PackedEvent event,
            @Nullable String value,
            @Nullable Level level,
            Map<String, String> shown,
            @Nullable TravelFacts travel) {
        this(key, step, atMillis, late, id, event, value, level, shown, travel, false);
    }

    /** Says only that the tenant's logs have arrived on that day. */
    public static final int PRESENCE = -1;

    public boolean isPresence() {
        return step == PRESENCE;
    }

    public String tenant() {
        return key.tenant();
    }

    /** The values of the detection's {@code group-by}: the tenant, then the others. */
    public List<String> group() {
        return key.values();
    }

    /**
     * The event. What came before its detection was changed to tell of it has none: then only that there was one, and when.
     */
    public EventSummary evidence() {
        return event == null ? EventSummary.unknown(id, atMillis, tenant()) : event.unpack();
    }
}
