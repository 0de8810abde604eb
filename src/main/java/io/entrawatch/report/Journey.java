package io.entrawatch.report;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The two places of an alert about travel. */
record Journey(Stop from, Stop to, String level, String user, String inWords) {

    /** A place on the map. */
    record Stop(String name, double latitude, double longitude) {}

    /** Null where the alert is about something else, or does not know where its events were. */
    static @Nullable Journey of(JsonNode alert) {
        JsonNode evidence = alert.at("/entrawatch/evidence");
        JsonNode events = evidence.path("events");
        if (!evidence.has("distance_km") || events.size() < 2) {
            return null;
        }
        Stop from = stop(events.get(0));
        Stop to = stop(events.get(events.size() - 1));
        if (from == null || to == null) {
            return null;
        }
        return new Journey(
                from,
                to,
                alert.at("/entrawatch/level").asText(),
                events.get(events.size() - 1).path("user").asText(),
                alert.at("/event/reason").asText());
    }

    private static @Nullable Stop stop(JsonNode event) {
        JsonNode location = event.path("location");
        return location.has("lat") && location.has("lon")
                ? new Stop(
                        event.path("place").asText(),
                        location.get("lat").asDouble(),
                        location.get("lon").asDouble())
                : null;
    }
}
