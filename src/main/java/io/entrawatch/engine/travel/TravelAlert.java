package io.entrawatch.engine.travel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.AlertId;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.engine.Spans;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.LongText;
import io.entrawatch.rule.Level;

/** Puts an impossible journey into words and numbers. */
final class TravelAlert {

    /** Faster than any airliner, or too short a time for any flight: no doubt is left. */
    private static final double CERTAIN_SPEED_KMH = 1_000;

    private static final Duration CERTAIN_TIME = Duration.ofMinutes(10);

    private TravelAlert() {}

    static Alert of(TravelDetection detection, Journey journey, boolean learning) {
        EventSummary from = journey.from().evidence();
        EventSummary to = journey.to().evidence();
        List<EventSummary> events = List.of(from, to);
        List<String> group = journey.to().group();
        Map<String, Double> facts = new TreeMap<>();
        facts.put("distance_km", (double) Math.round(journey.distanceKm()));
        facts.put("seconds", (double) journey.took().toSeconds());
        facts.put("accuracy_from_km", (double) journey.start().radiusKm());
        facts.put("accuracy_to_km", (double) journey.end().radiusKm());
        Map<String, String> notes = new TreeMap<>();
        notes.put("from", journey.start().label());
        notes.put("to", journey.end().label());
        if (learning) {
            notes.put("learning", "true");
        }
        if (journey.from().step() != 0 || journey.to().step() != 0) {
            notes.put("credential", "the password was accepted, and the sign-in was not completed");
        }
        List<String> reasons = new ArrayList<>();
        String reason = String.format(
                Locale.ROOT,
                "%s: %s to %s in %s, at least %.0f km apart: %.0f km/h",
                to.user() == null ? LongText.cutValue(String.join(" ", group)) : to.user(),
                journey.start().label(),
                journey.end().label(),
                Spans.words(journey.took()),
                journey.distanceKm(),
                journey.speedKmh());
        return new Alert(
                AlertId.of(
                        to.tenant(),
                        detection.name(),
                        group,
                        events.stream().map(EventSummary::id).toList()),
                detection.name(),
                detection.metadata().title(),
                to.atMillis(),
                to.tenant(),
                group,
                level(detection, journey, reasons),
                List.copyOf(reasons),
                reason,
                new Evidence(Math.round(journey.speedKmh()), detection.speedKmh(), "km/h", facts, notes, events),
                journey.to().key() + " " + journey.placePair(),
                detection.suppress().toMillis());
    }

    private static Level level(TravelDetection detection, Journey journey, List<String> reasons) {
        Level own = detection.metadata().level();
        if (journey.isOfOneManagedDevice()) {
            reasons.add("one managed device at both places: probably a VPN, unless its tokens were taken");
            return Level.LOW;
        }
        boolean certain =
                journey.speedKmh() > CERTAIN_SPEED_KMH || journey.took().compareTo(CERTAIN_TIME) < 0;
        if (certain || own == Level.INFORMATIONAL) {
            return own;
        }
        reasons.add("barely faster than an airliner");
        return own.lowered();
    }
}
