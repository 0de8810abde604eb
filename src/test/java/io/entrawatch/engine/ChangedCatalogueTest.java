package io.entrawatch.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.flink.api.dag.Transformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observations;
import io.entrawatch.yaml.Problems;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.TENANT;
import static io.entrawatch.engine.Operators.checkpoint;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.step;
import static io.entrawatch.engine.Operators.value;
import static org.assertj.core.api.Assertions.assertThat;

/** What was remembered before somebody changed a detection is no reason to fail, nor to say what is not so. */
class ChangedCatalogueTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path directory;

    @Test
    void aRuleThatACountHasLostIsForgotten() throws Exception {
        OperatorSubtaskState state;
        try (var harness = Operators.ofObservations("count", changed(count("[one, two, three]")))) {
            harness.open();
            harness.processElement(record(step("changed", "anna", 2, "of-three", MONDAY)));
            state = checkpoint(harness);
        }
        try (var harness = Operators.ofObservations("count", changed(count("[one, two]")))) {
            harness.initializeState(state);
            harness.open();
            harness.processElement(record(step("changed", "anna", 0, "of-one", MONDAY.plusSeconds(1))));
            assertThat(harness.extractOutputValues()).singleElement().satisfies(alert -> assertThat(
                            alert.evidence().events())
                    .extracting(event -> event.id())
                    .containsExactly("of-one"));
        }
    }

    @Test
    void anAlertOfAGroupFromBeforeIsNotPassedOnToWhomItCannotTellItsGroup() throws Exception {
        Catalogue catalogue = changed(
                count("[one, two]").replace("[user.id]", "[user.id, source.ip]"),
                """
                title: Over it
                name: over-it
                level: low
                correlation: { type: event_count, rules: [changed], group-by: [source.ip], timespan: 1h, condition: { gte: 1 } }
                """);
        try (var harness = Operators.ofObservations("count", catalogue)) {
            harness.open();
            harness.processElement(record(step("changed", "anna", 0, "first", MONDAY)));
            harness.processElement(record(step("changed", "anna", 0, "second", MONDAY.plusSeconds(1))));
            harness.processElement(record(step("changed", "anna\u001f192.0.2.1", 0, "third", MONDAY)));
            harness.processElement(record(step("changed", "anna\u001f192.0.2.1", 0, "fourth", MONDAY.plusSeconds(1))));
            var passedOn = harness.getSideOutput(Stages.sightings(1));
            assertThat(passedOn)
                    .extracting(sighting -> sighting.getValue().group())
                    .containsExactly(TENANT + "\u001f192.0.2.1");
        }
    }

    @Test
    void anIncreaseThatTakesMoreThanWhenTheDayBeganIsTold() throws Exception {
        OperatorSubtaskState state;
        try (var harness = Operators.comparing(changed(increase("10%")))) {
            harness.open();
            for (int i = 0; i < 20; i++) {
                count(harness, MONDAY.minus(DAY.multipliedBy(7)).plusSeconds(i));
            }
            for (int i = 0; i < 22; i++) {
                count(harness, MONDAY.plusSeconds(i));
            }
            assertThat(harness.extractOutputValues()).isEmpty();
            state = checkpoint(harness);
        }
        try (var harness = Operators.comparing(changed(increase("50%")))) {
            harness.initializeState(state);
            harness.open();
            for (int i = 22; i < 30; i++) {
                count(harness, MONDAY.plusSeconds(i));
            }
            assertThat(harness.extractOutputValues()).isEmpty();
            count(harness, MONDAY.plusSeconds(30));
            assertThat(harness.extractOutputValues()).singleElement().satisfies(alert -> {
                assertThat(alert.evidence().observed()).isEqualTo(31);
                assertThat(alert.evidence().threshold()).isEqualTo(31);
            });
        }
    }

    @Test
    void aDetectionThatIsAddedMovesNoOther() throws Exception {
        Set<String> before = uids(changed(""));
        Set<String> after = uids(
                changed(
                        """
                title: Deeper than all others
                name: deepest
                level: low
                correlation:
                  type: temporal_ordered
                  rules: [password-spray-from-network-succeeded, one]
                  group-by: [source.network]
                  timespan: 1h
                """));
        assertThat(after).containsAll(before).hasSizeGreaterThan(before.size());
    }

    @Test
    void whatIsKnownOutlastsANightInWhichADetectionIsOff() throws Exception {
        Instant night = MONDAY.plus(DAY.multipliedBy(30)).plus(Duration.ofHours(12));
        OperatorSubtaskState state;
        try (var harness = Operators.ofObservations("first-seen", changed(firstSeen("true")))) {
            harness.open();
            harness.processElement(record(value("changed", "anna", "first", MONDAY, "known since the first day")));
            harness.processElement(
                    record(value("changed", "anna", "later", night.minus(DAY), "known since yesterday")));
            state = checkpoint(harness);
        }
        try (var harness = Operators.ofObservations("first-seen", changed(firstSeen("false")))) {
            harness.initializeState(state);
            harness.open();
            // Then what was seen on the first day is forgotten.
            harness.processWatermark(night.toEpochMilli());
            state = checkpoint(harness);
        }
        try (var harness = Operators.ofObservations("first-seen", changed(firstSeen("true")))) {
            harness.initializeState(state);
            harness.open();
            Instant morning = night.plus(Duration.ofHours(8));
            harness.processElement(record(value("changed", "anna", "old", morning, "known since yesterday")));
            harness.processElement(record(value("changed", "anna", "new", morning, "new in the night")));
            assertThat(harness.extractOutputValues())
                    .extracting(alert -> alert.evidence().events().get(0).id())
                    .containsExactly("new");
        }
    }

    private static Set<String> uids(Catalogue catalogue) {
        return Operators.topology(catalogue).stream()
                .map(Transformation::getUid)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static void count(KeyedOneInputStreamOperatorTestHarness<Key, Observations, ?> harness, Instant at)
            throws Exception {
        harness.processElement(record(Observations.of(step("changed", "", 0, "f-" + at, at)), at.toEpochMilli()));
    }

    private static String count(String rules) {
        return """
                title: A count
                name: changed
                level: low
                correlation: { type: event_count, rules: %s, group-by: [user.id], timespan: 1h, condition: { gte: 2 } }
                """
                .formatted(rules);
    }

    private static String firstSeen(String enabled) {
        return """
                title: Something new
                name: changed
                level: low
                enabled: %s
                correlation: { type: first_seen, rules: [one], group-by: [user.id], field: app, learning: 12h, memory: 30d }
                """
                .formatted(enabled);
    }

    private static String increase(String by) {
        return """
                title: An increase
                name: changed
                level: low
                correlation: { type: increase, rules: [one], group-by: [tenant.id], over: 7d, by: %s, verdict: literal }
                """
                .formatted(by);
    }

    /** The shipped detections, and these. */
    private Catalogue changed(String... documents) throws IOException {
        StringBuilder rules = new StringBuilder();
        for (String name : List.of("one", "two", "three")) {
            rules.append("title: A rule\nname: ")
                    .append(name)
                    .append("\nlogsource: { product: azure, service: signinlogs }\n")
                    .append("detection: { selection: { app: x }, condition: selection }\n---\n");
        }
        rules.append(String.join("---\n", documents));
        Problems problems = new Problems();
        Catalogue catalogue = CatalogueReader.read(
                List.of(Files.writeString(directory.resolve("rules.yml"), rules)), Organization.UNKNOWN, problems);
        problems.throwIfAny();
        return catalogue;
    }
}
