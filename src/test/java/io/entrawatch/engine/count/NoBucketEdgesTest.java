package io.entrawatch.engine.count;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationFields;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.PackedEvent;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;
import io.entrawatch.ingest.Decoding;
import io.entrawatch.ingest.RecordFile;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.Scenarios;
import io.entrawatch.testkit.Scenarios.Scenario;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wherever on the clock a burst begins, a counting detection finds it: each firing scenario is moved by a second at a
 * time over two of its time spans.
 */
class NoBucketEdgesTest {

    private static final Duration SOON_DONE = Duration.ofHours(1);

    private static final Organization ORGANIZATION = Scenarios.example();
    private static final Catalogue CATALOGUE = Replay.catalogue(ORGANIZATION);
    private static final EnumSet<Field> FIELDS = CATALOGUE.fields();
    private static final OrganizationFields COMPUTED = new OrganizationFields(ORGANIZATION, FIELDS);

    record Case(CountDetection detection, Scenario scenario) {
        @Override
        public String toString() {
            return scenario.toString();
        }
    }

    static Stream<Case> shortSpans() {
        return cases().filter(one -> one.detection.within().compareTo(SOON_DONE) <= 0);
    }

    static Stream<Case> longSpans() {
        return cases().filter(one -> one.detection.within().compareTo(SOON_DONE) > 0);
    }

    @ParameterizedTest
    @MethodSource("shortSpans")
    void noSecondOfTheClockHidesABurst(Case one) throws Exception {
        slide(one);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("longSpans")
    void noSecondOfTheDayHidesALongBurst(Case one) throws Exception {
        slide(one);
    }

    /** Detections that one event alone satisfies have no burst to hide. */
    private static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Scenario scenario : Scenarios.all()) {
            Detection detection = CATALOGUE.find(scenario.detection()).orElse(null);
            if (scenario.fires()
                    && detection instanceof CountDetection count
                    && !Catalogue.isOverAll(count)
                    && !looksAtTravel(count)
                    && count.thresholds().get(0).value() > 1) {
                cases.add(new Case(count, scenario));
            }
        }
        return cases.stream();
    }

    /** Journeys are no bursts: they have a test of their own. */
    private static boolean looksAtTravel(CountDetection detection) {
        return detection.steps().stream()
                .anyMatch(step -> step instanceof Step.OfAlerts && find(step.name()) instanceof TravelDetection);
    }

    private static void slide(Case one) throws Exception {
        List<EntraEvent> events = new ArrayList<>();
        Decoding decoding = new Decoding(Wanted.of(FIELDS), "tenant", null, JobSettings.LARGEST_RECORD);
        for (Decoded decoded : RecordFile.read(one.scenario.file(), decoding)) {
            events.add(decoded.event());
        }
        events.sort(Comparator.comparingLong(EntraEvent::atMillis).thenComparing(EntraEvent::id));
        long steps = 2 * one.detection.within().toSeconds();
        for (long second = 0; second < steps; second++) {
            assertThat(alerts(one.detection, events, second * 1_000))
                    .as("moved by %d seconds", second)
                    .isNotEmpty();
        }
    }

    /** The alerts of a detection as observations, those it looks at before its own. */
    private static List<Observation> alerts(CountDetection detection, List<EntraEvent> events, long movedMillis) {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < detection.steps().size(); i++) {
            Step step = detection.steps().get(i);
            if (step instanceof Step.OfRule rule) {
                observe(detection, i, rule, events, movedMillis, observations);
            } else if (step instanceof Step.OfAlerts of) {
                for (Observation alert : alertsOf(find(of.detection()), events, movedMillis)) {
                    observations.add(ofAlert(detection, i, of, alert));
                }
            }
        }
        observations.sort(Comparator.comparingLong(Observation::atMillis).thenComparing(Observation::id));
        Map<Key, Tally> tallies = new HashMap<>();
        List<Observation> alerts = new ArrayList<>();
        for (Observation observation : observations) {
            Tally.Result result = tallies.computeIfAbsent(observation.key(), key -> new Tally())
                    .add(observation, detection);
            if (result != null && result.reached()) {
                alerts.add(observation);
            }
        }
        return alerts;
    }

    private static List<Observation> alertsOf(Detection inner, List<EntraEvent> events, long movedMillis) {
        if (inner instanceof CountDetection count) {
            return alerts(count, events, movedMillis);
        }
        if (inner instanceof SequenceDetection sequence && sequence.lastMissing()) {
            return unanswered(sequence, events, movedMillis);
        }
        throw new AssertionError("no way to move the alerts of " + inner.name());
    }

    /** First steps that no second one follows in time. */
    private static List<Observation> unanswered(SequenceDetection sequence, List<EntraEvent> events, long movedMillis) {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < sequence.steps().size(); i++) {
            observe(sequence, i, (Step.OfRule) sequence.steps().get(i), events, movedMillis, observations);
        }
        long within = sequence.within().toMillis();
        return observations.stream()
                .filter(first -> first.step() == 0)
                .filter(first -> observations.stream()
                        .noneMatch(second -> second.step() == 1
                                && second.key().equals(first.key())
                                && second.atMillis() > first.atMillis()
                                && second.atMillis() < first.atMillis() + within))
                .toList();
    }

    private static void observe(
            Detection detection,
            int number,
            Step.OfRule step,
            List<EntraEvent> events,
            long movedMillis,
            List<Observation> into) {
        for (EntraEvent event : events) {
            EntraEvent moved = new EntraEvent(
                    event.kind(), event.id(), event.atMillis() + movedMillis, event.tenant(), null, event.fields());
            COMPUTED.complete(moved);
            if (step.rule().matches(moved)) {
                for (String group : step.groups(moved)) {
                    into.add(new Observation(
                            Key.of(detection.name(), group),
                            number,
                            moved.atMillis(),
                            false,
                            moved.id(),
                            PackedEvent.of(EventSummary.of(moved)),
                            step.value(moved),
                            null,
                            Map.of(),
                            null));
                }
            }
        }
    }

    private static Observation ofAlert(CountDetection detection, int number, Step.OfAlerts step, Observation alert) {
        StringBuilder group = new StringBuilder(alert.tenant());
        step.group().forEach(place -> group.append(Step.SEPARATOR)
                .append(alert.group().get(place)));
        StringBuilder value = new StringBuilder();
        step.values().forEach(place -> value.append(alert.group().get(place)));
        return new Observation(
                Key.of(detection.name(), group.toString()),
                number,
                alert.atMillis(),
                false,
                alert.key() + alert.id(),
                alert.event(),
                value.toString(),
                null,
                Map.of(),
                null);
    }

    private static Detection find(String name) {
        return CATALOGUE.running().stream()
                .filter(detection -> detection.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
