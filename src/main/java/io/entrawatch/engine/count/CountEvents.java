package io.entrawatch.engine.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.flink.util.Collector;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CountDetection;
import io.entrawatch.engine.AlertRoutes;
import io.entrawatch.engine.Alerts;
import io.entrawatch.engine.Steps;
import io.entrawatch.engine.state.RememberingFunction;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.event.EventSummary;

/**
 * Counts the events of each group, or reckons with their values, within a sliding time span: anew with each event, so
 * that no edge of a clock's hour ever cuts a burst in two.
 */
public final class CountEvents extends RememberingFunction<Tally> {

    private static final long serialVersionUID = 1L;

    private static final int COUNTED_OF_KILOBYTE = 40;

    private final Map<Long, CountDetection> detections;
    private final AlertRoutes routes;

    public CountEvents(Catalogue catalogue) {
        super("tally", Tally.class);
        this.detections = Steps.byNumber(catalogue.running(CountDetection.class));
        this.routes = new AlertRoutes(catalogue);
    }

    @Override
    public void processElement(Observation observation, Context context, Collector<Alert> alerts) throws Exception {
        CountDetection detection = detections.get(observation.key().detection());
        if (detection == null) {
            // Switched off since the state was written.
            return;
        }
        Tally tally = values.value();
        if (tally == null) {
            tally = new Tally();
        }
        Tally.Result result = tally.add(observation, detection);
        if (result == null) {
            return;
        }
        if (result.reached()) {
            routes.found(alert(detection, observation, tally, result), alerts, context::output);
        }
        long next = tally.nextLook(detection.within().toMillis());
        if (next < tally.wakeAt) {
            lookAt(next, tally, detection);
        }
        values.update(tally);
    }

    private static Alert alert(CountDetection detection, Observation observation, Tally tally, Tally.Result result) {
        List<EventSummary> events = new ArrayList<>();
        for (Observation known : tally.latest) {
            // A late one may come behind another of the rule that has to come last.
            boolean isOther = detection.last() == CountDetection.ANY || known.step() != observation.step();
            if (isOther && known.atMillis() <= observation.atMillis()) {
                addOnce(known.evidence(), events);
            }
        }
        // The event that completes the count stands last, whatever else happened in its millisecond.
        addOnce(observation.evidence(), events);
        Map<String, Double> facts = new TreeMap<>();
        facts.put("span_seconds", (double) detection.within().toSeconds());
        Map<String, String> notes = new TreeMap<>(observation.shown());
        if (result.atLeast()) {
            notes.put("approximate", CountWords.approximate(detection));
        }
        double threshold = detection.thresholds().get(0).value();
        return Alerts.of(
                detection,
                observation,
                CountWords.of(detection, observation, result.observed(), found(detection, tally)),
                new Evidence(result.observed(), threshold, CountWords.unit(detection), facts, notes, events));
    }

    /** Several rules may match one event, or several alerts be about one. */
    private static void addOnce(EventSummary event, List<EventSummary> events) {
        events.removeIf(other -> other.id().equals(event.id()) && other.atMillis() == event.atMillis());
        events.add(event);
    }

    /** The titles of the alerts, or of the rules, that came together; one that has to come last stands there. */
    private static String found(CountDetection detection, Tally tally) {
        Set<String> found = new TreeSet<>();
        String last = "";
        for (Observation known : tally.latest) {
            String title = detection.steps().get(known.step()).title();
            String told = known.shown().getOrDefault(AlertRoutes.FOUND, title);
            if (known.step() == detection.last()) {
                last = ", then " + told;
            } else {
                found.add(told);
            }
        }
        return String.join(", and ", found) + last;
    }

    private void lookAt(long atMillis, Tally tally, CountDetection detection) {
        tally.wakeAt = atMillis;
        looks.lookAt(atMillis, detection.within().toMillis());
    }

    @Override
    protected void look(Key key, long time) throws Exception {
        Tally tally = values.value();
        if (tally == null || time < tally.wakeAt) {
            return;
        }
        CountDetection detection = detections.get(key.detection());
        if (detection == null || tally.isOver(time, detection.within().toMillis())) {
            values.clear();
            return;
        }
        lookAt(tally.nextLook(detection.within().toMillis()), tally, detection);
        values.update(tally);
    }

    @Override
    protected int kilobytes(Tally tally) {
        return tally.latest.size() + (tally.counted.size() + tally.others.size()) / COUNTED_OF_KILOBYTE;
    }
}
