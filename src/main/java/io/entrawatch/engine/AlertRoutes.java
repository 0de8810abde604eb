package io.entrawatch.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import io.entrawatch.alert.Alert;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.Step;
import io.entrawatch.engine.wire.PackedEvent;
import io.entrawatch.engine.wire.Sighting;

/**
 * Takes what a detection found to where it goes: to the alerts, to the detections that look at it, or to both. Made once for
 * the job, and small enough to go with every sequence.
 */
public final class AlertRoutes implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Under this name an observation of an alert has its title. */
    public static final String FOUND = "found";

    private record Link(String to, long number, Step.OfAlerts step, OutputTag<Sighting> stage)
            implements Serializable {}

    private final HashMap<String, ArrayList<Link>> links = new HashMap<>();
    private final ArrayList<Link> linksOfAll = new ArrayList<>();
    private final HashSet<String> alerting = new HashSet<>();

    public AlertRoutes(Catalogue catalogue) {
        Map<String, Integer> depths = catalogue.depths();
        catalogue.enabled().forEach(detection -> alerting.add(detection.name()));
        for (Detection detection : catalogue.running()) {
            OutputTag<Sighting> stage = Stages.sightings(depths.getOrDefault(detection.name(), 0));
            for (int i = 0; i < detection.steps().size(); i++) {
                if (detection.steps().get(i) instanceof Step.OfAlerts step) {
                    add(new Link(detection.name(), Steps.of(detection.name(), i), step, stage));
                }
            }
        }
    }

    private void add(Link link) {
        if (link.step.detection().equals(Step.OfAlerts.ANY)) {
            linksOfAll.add(link);
        } else {
            links.computeIfAbsent(link.step.detection(), name -> new ArrayList<>())
                    .add(link);
        }
    }

    /** Tells an alert, unless its detection only serves others. */
    public boolean told(Alert alert, Collector<Alert> alerts) {
        boolean isAlert = alerting.contains(alert.detection());
        if (isAlert) {
            alerts.collect(alert);
        }
        return isAlert;
    }

    public void found(Alert alert, Collector<Alert> alerts, BiConsumer<OutputTag<Sighting>, Sighting> side) {
        boolean isAlert = told(alert, alerts);
        List<Link> looking = links.get(alert.detection());
        if (looking != null) {
            looking.stream()
                    .filter(link -> isGroupedFor(alert, link))
                    .forEach(link -> side.accept(link.stage, sighting(alert, link)));
        }
        for (Link link : linksOfAll) {
            if (isAlert && !link.to.equals(alert.detection())) {
                side.accept(link.stage, sighting(alert, link));
            }
        }
    }

    /** An alert of a group from before its detection grouped by more fields cannot say what the others are. */
    private static boolean isGroupedFor(Alert alert, Link link) {
        int size = alert.group().size();
        return Stream.concat(link.step.group().stream(), link.step.values().stream())
                .allMatch(position -> position < size);
    }

    private static Sighting sighting(Alert alert, Link link) {
        StringBuilder group = new StringBuilder(alert.tenant());
        for (int position : link.step.group()) {
            group.append(Step.SEPARATOR).append(valueAt(alert, position));
        }
        StringBuilder value = new StringBuilder();
        for (int position : link.step.values()) {
            value.append(value.length() == 0 ? "" : String.valueOf(Step.SEPARATOR))
                    .append(valueAt(alert, position));
        }
        return new Sighting(
                group.toString(),
                false,
                alert.atMillis(),
                alert.id(),
                PackedEvent.of(alert.evidence().about()),
                List.of(new Sighting.Matched(link.number, value.toString(), null, Map.of(FOUND, alert.title()), null)));
    }

    private static String valueAt(Alert alert, int position) {
        return position == Step.OfAlerts.NAME
                ? alert.detection()
                : alert.group().get(position);
    }
}
