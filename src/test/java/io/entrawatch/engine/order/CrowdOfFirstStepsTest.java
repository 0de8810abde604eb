package io.entrawatch.engine.order;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.yaml.Problems;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.checkpoint;
import static io.entrawatch.engine.Operators.ids;
import static io.entrawatch.engine.Operators.observed;
import static io.entrawatch.engine.Operators.onDisk;
import static io.entrawatch.engine.Operators.ordering;
import static io.entrawatch.engine.Operators.orderingFrom;
import static io.entrawatch.engine.Operators.orderingToOpen;
import static io.entrawatch.engine.Operators.seen;
import static io.entrawatch.engine.Operators.step;
import static io.entrawatch.engine.order.Gates.MOST_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Flink CEP goes through all first steps of a group that wait with each event: whoever guesses at one account without an end
 * does not make them endless.
 */
class CrowdOfFirstStepsTest {

    private static final String GAVE_UP = "failed-and-gave-up";
    private static final OutputTag<Observation> FOLLOWED =
            new OutputTag<>("follow-" + GAVE_UP, TypeInformation.of(Observation.class));
    private static final Duration SPAN = Duration.ofMinutes(15);
    private static final long APART_MILLIS = SPAN.toMillis() / MOST_AT_ONCE;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofACrowdSoManyGoOnAsCepCanGoThrough(boolean disk) throws Exception {
        try (var harness = orderingToOpen()) {
            if (disk) {
                harness.setStateBackend(onDisk());
            }
            harness.open();
            int attempts = 30 * 2 * (int) SPAN.toSeconds();
            for (int i = 0; i < attempts; i++) {
                see(harness, 0, i * 1_000L / 30);
            }
            harness.processWatermark(MONDAY.plus(SPAN.multipliedBy(2)).toEpochMilli());
            List<Long> went = millis(harness);
            assertThat(went.get(MOST_AT_ONCE - 1)).isLessThan(10_000);
            for (int i = 2 * MOST_AT_ONCE + 1; i < went.size(); i++) {
                assertThat(went.get(i) - went.get(i - 2 * MOST_AT_ONCE - 1)).isGreaterThanOrEqualTo(SPAN.toMillis());
            }
            // And what is told of it is hardly too early.
            for (int i = 1; i < went.size(); i++) {
                assertThat(went.get(i) - went.get(i - 1)).isLessThan(APART_MILLIS + 50);
            }
            assertThat(went.get(went.size() - 1)).isGreaterThan(2 * SPAN.toMillis() - APART_MILLIS - 50);
        }
    }

    @Test
    void thoseThatComeAtOnceAreNoCrowdYet() throws Exception {
        try (var harness = ordering()) {
            for (int i = 0; i < MOST_AT_ONCE; i++) {
                see(harness, 0, 0, "at-once-" + i);
            }
            see(harness, 0, 1, "one-too-many");
            see(harness, 0, APART_MILLIS, "later");
            see(harness, 0, APART_MILLIS + 1, "too-early");
            harness.processWatermark(MONDAY.plus(SPAN).toEpochMilli());
            assertThat(ids(harness, FOLLOWED))
                    .hasSize(MOST_AT_ONCE + 1)
                    .doesNotContain("one-too-many", "too-early")
                    .endsWith("later");
        }
    }

    @Test
    void aSecondStepEndsTheCrowdAndARestartDoesNot() throws Exception {
        OperatorSubtaskState state;
        try (var harness = ordering()) {
            for (int i = 0; i < MOST_AT_ONCE; i++) {
                see(harness, 0, 0, "at-once-" + i);
            }
            harness.processWatermark(MONDAY.toEpochMilli());
            state = checkpoint(harness);
        }
        try (var harness = orderingFrom(state)) {
            see(harness, 0, 1, "one-too-many");
            see(harness, 1, 2, "in");
            see(harness, 0, 3, "again");
            harness.processWatermark(MONDAY.plusMillis(3).toEpochMilli());
            assertThat(ids(harness, FOLLOWED)).containsExactly("in", "again");
        }
    }

    @Test
    void nothingIsLeftOfACrowd() throws Exception {
        try (var harness = ordering()) {
            for (int i = 0; i < 2 * MOST_AT_ONCE; i++) {
                see(harness, 0, i);
            }
            harness.processWatermark(MONDAY.plusSeconds(1).toEpochMilli());
            assertThat(harness.numKeyedStateEntries()).isPositive();
            harness.processWatermark(MONDAY.plus(SPAN.multipliedBy(3)).toEpochMilli());
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    /** No step ends them all: a second one only moves them on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: not_followed, rules: [one, two, three]",
                "type: temporal_ordered, rules: [one, two, three]",
                "type: temporal_ordered, rules: [one, two, three], every: true"
            })
    void ofLongerSequencesNothingEndsACrowd(String body) throws Exception {
        OutputTag<Observation> longer = new OutputTag<>("follow-longer", TypeInformation.of(Observation.class));
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new OrderObservations(sequence(body)), Sighting::group, Types.STRING)) {
            harness.open();
            for (int i = 0; i <= MOST_AT_ONCE; i++) {
                seeOfLonger(harness, 0, 0, "at-once-" + i);
            }
            seeOfLonger(harness, 1, 1, "two");
            seeOfLonger(harness, 2, 2, "three");
            seeOfLonger(harness, 0, 3, "one-too-many");
            seeOfLonger(harness, 0, APART_MILLIS, "later");
            harness.processWatermark(MONDAY.plus(SPAN).toEpochMilli());
            assertThat(ids(harness, longer))
                    .hasSize(MOST_AT_ONCE + 3)
                    .doesNotContain("one-too-many")
                    .endsWith("two", "three", "later");
            harness.processWatermark(MONDAY.plus(SPAN.multipliedBy(3)).toEpochMilli());
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    private static void seeOfLonger(
            KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness,
            int step,
            long millis,
            String id)
            throws Exception {
        harness.processElement(seen(step("longer", "anna", step, id, MONDAY.plusMillis(millis))));
    }

    private Catalogue sequence(String body) throws IOException {
        StringBuilder rules = new StringBuilder("title: A sequence\nname: longer\nlevel: low\n")
                .append("correlation: { group-by: [user.id], timespan: 15m, ")
                .append(body)
                .append(" }\n");
        for (String name : List.of("one", "two", "three")) {
            rules.append("---\ntitle: A rule\nname: ")
                    .append(name)
                    .append("\nlogsource: { product: azure, service: signinlogs }\n")
                    .append("detection: { selection: { app: x }, condition: selection }\n");
        }
        Problems problems = new Problems();
        Catalogue catalogue = CatalogueReader.read(
                List.of(Files.writeString(directory.resolve("rules.yml"), rules)), Organization.UNKNOWN, problems);
        problems.throwIfAny();
        return catalogue;
    }

    private static void see(
            KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness, int step, long millis)
            throws Exception {
        see(harness, step, millis, "e-" + millis);
    }

    private static void see(
            KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness,
            int step,
            long millis,
            String id)
            throws Exception {
        Instant at = MONDAY.plusMillis(millis);
        harness.processElement(seen(step(GAVE_UP, "anna", step, id, at)));
    }

    /** When those were that went on, after the first. */
    private static List<Long> millis(KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness) {
        return observed(harness, FOLLOWED).stream()
                .map(StreamRecord::getTimestamp)
                .map(at -> at - MONDAY.toEpochMilli())
                .toList();
    }
}
