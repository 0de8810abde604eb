package io.entrawatch.engine.wire;

import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

import io.entrawatch.rule.Level;

/**
 * An event, or an alert that others look at, as one of its groups sees it: everything that the detections of that group want
 * to know of it. One for all of them, because most of what travels and waits is the event itself.
 *
 * @param group the tenant, and the values that the detections group by
 * @param first whether this is the first sighting made of the event, which counts it if it is a duplicate
 * @param id the id of the event or of the alert
 * @param event for evidence; null where no alert can tell of it
 */
@TypeInfo(SightingSerializer.Factory.class)
public record Sighting(
        String group, boolean first, long atMillis, String id, @Nullable PackedEvent event, List<Matched> matched) {

    /**
     * A step of a detection that the event matches.
     *
     * @param step see {@code Steps}
     * @param value what the detection counts or reckons with, or null
     * @param level the level that the event asks for, or null
     * @param shown values that an analyst wants to see, by the names of their fields
     * @param travel what only travel asks for, or null
     */
    public record Matched(
            long step,
            @Nullable String value,
            @Nullable Level level,
            Map<String, String> shown,
            @Nullable TravelFacts travel) {

        public static Matched of(long step, @Nullable String value) {
            return new Matched(step, value, null, Map.of(), null);
        }
    }
}
