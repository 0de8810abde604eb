package io.entrawatch.engine.order;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.engine.Stages;
import io.entrawatch.engine.Steps;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.testkit.Replay;
import io.entrawatch.yaml.Problems;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.OSLO;
import static io.entrawatch.engine.Operators.checkpoint;
import static io.entrawatch.engine.Operators.ids;
import static io.entrawatch.engine.Operators.observed;
import static io.entrawatch.engine.Operators.onDisk;
import static io.entrawatch.engine.Operators.ordering;
import static io.entrawatch.engine.Operators.orderingFrom;
import static io.entrawatch.engine.Operators.orderingToOpen;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.seen;
import static io.entrawatch.engine.Operators.step;
import static io.entrawatch.engine.Operators.visit;
import static org.assertj.core.api.Assertions.assertThat;

class OrderObservationsTest {

    private static final int HOUR_SECONDS = 3_600;
    private static final int KEY_GROUPS = 128;
    private static final int DAY_SECONDS = 24 * HOUR_SECONDS;

    /** A sequence of two steps, within a day. */
    private static final OutputTag<Observation> LIVED =
            new OutputTag<>("follow-short-lived-account", TypeInformation.of(Observation.class));

    @TempDir
    private Path directory;

    @Test
    void observationsLeaveAsTheyHappened() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(at("third", 30)));
            harness.processElement(seen(at("first", 10)));
            harness.processElement(seen(at("second", 20)));
            harness.processWatermark(millis(30));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("first", "second", "third");
        }
    }

    @Test
    void ofOneMomentTheSmallerIdComesFirst() throws Exception {
        try (var harness = ordering()) {
            for (String id : List.of("c", "a", "b")) {
                harness.processElement(seen(at(id, 10)));
            }
            harness.processWatermark(millis(10));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void theyWaitForTheWatermark() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(at("now", 10)));
            harness.processElement(seen(at("later", 20)));
            harness.processWatermark(millis(10) - 1);
            assertThat(ids(harness, Stages.TRAVEL)).isEmpty();
            harness.processWatermark(millis(10));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("now");
            harness.processWatermark(millis(20));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("now", "later");
        }
    }

    @Test
    void copiesAreTakenOut() throws Exception {
        try (var harness = ordering()) {
            for (String id : List.of("twice", "once", "twice", "twice")) {
                harness.processElement(seen(at(id, 10)));
            }
            harness.processWatermark(millis(10));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("once", "twice");
        }
    }

    @Test
    void twoStepsOfOneEventAreNoCopies() throws Exception {
        try (var harness = ordering()) {
            Observation visit = at("both", 10);
            harness.processElement(seen(visit));
            harness.processElement(
                    seen(step("impossible-travel", "anna", 1, "both", Instant.ofEpochMilli(millis(10)))));
            harness.processWatermark(millis(10));
            assertThat(observed(harness, Stages.TRAVEL))
                    .extracting(record -> record.getValue().step())
                    .containsExactly(0, 1);
        }
    }

    @Test
    void aLateOneGoesOnAtOnce() throws Exception {
        try (var harness = ordering()) {
            harness.processWatermark(millis(100));
            harness.processElement(seen(at("late", 10)));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("late");
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    /** Flink lets a checkpoint come between two timers of a watermark, and records as well. */
    @Test
    void aLateOneOvertakesNoneWhoseTimerWasInterrupted() throws Exception {
        try (var harness = orderingToOpen()) {
            harness.getEnvironment()
                    .getJobConfiguration()
                    .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10))
                    .set(CheckpointingOptions.ENABLE_UNALIGNED, true)
                    .set(CheckpointingOptions.ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS, true);
            harness.open();
            harness.processElement(seen(at("first", 10)));
            harness.processElement(seen(at("second", 20)));
            checkpoint(harness);
            harness.getTaskMailbox().put(new Mail(() -> {}, TaskMailbox.MAX_PRIORITY, "interrupts"));
            harness.processWatermark(millis(100));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("first");
            harness.processElement(seen(at("second", 20)));
            assertThat(observed(harness, Stages.TRAVEL))
                    .extracting(
                            record -> record.getValue().id() + record.getValue().late())
                    .containsExactly("firstfalse", "secondfalse", "secondtrue");
        }
    }

    @Test
    void afterARestartWhatIsToldOnceMoreIsLate() throws Exception {
        OperatorSubtaskState state;
        try (var harness = ordering()) {
            harness.processElement(seen(at("before", 10)));
            harness.processWatermark(millis(100));
            state = checkpoint(harness);
        }
        try (var harness = orderingFrom(state)) {
            harness.processElement(seen(at("before", 10)));
            harness.processElement(seen(at("new", 110)));
            assertThat(observed(harness, Stages.TRAVEL))
                    .extracting(record -> record.getValue().late())
                    .containsExactly(true);
            harness.processWatermark(millis(120));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("before", "new");
            assertThat(harness.getOutput())
                    .filteredOn(Watermark.class::isInstance)
                    .containsExactly(new Watermark(millis(100)), new Watermark(millis(120)));
        }
    }

    /** Checkpoints that overtake watermarks find the subtasks at different times. */
    @Test
    void afterARestartEachSubtaskGoesOnFromItsOwnTime() throws Exception {
        OperatorSubtaskState[] states = new OperatorSubtaskState[2];
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = orderingIn(2, subtask)) {
                harness.open();
                harness.processWatermark(millis(100 + 40 * subtask));
                states[subtask] = checkpoint(harness);
            }
        }
        OperatorSubtaskState all = AbstractStreamOperatorTestHarness.repackageState(states);
        assertThat(isLate(all, 2, 0)).isFalse();
        assertThat(isLate(all, 2, 1)).isTrue();
        assertThat(isLate(all, 1, 0)).isFalse();
    }

    /** Whether one of second 130 is late after a restart from two subtasks. */
    private static boolean isLate(OperatorSubtaskState from, int subtasks, int subtask) throws Exception {
        String user = Stream.iterate(0, i -> i + 1)
                .map(i -> "user-" + i)
                .filter(name -> KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                visit(name, "", MONDAY, OSLO).key().group(), KEY_GROUPS, subtasks)
                        == subtask)
                .findFirst()
                .orElseThrow();
        try (var harness = orderingIn(subtasks, subtask)) {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(from, KEY_GROUPS, 2, subtasks, subtask));
            harness.open();
            harness.processElement(seen(visit(user, "copy", Instant.ofEpochMilli(millis(130)), OSLO)));
            return observed(harness, Stages.TRAVEL).stream()
                    .anyMatch(record -> record.getValue().late());
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> orderingIn(
            int subtasks, int subtask) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new OrderObservations(Replay.catalogue(Organization.UNKNOWN)),
                Sighting::group,
                Types.STRING,
                KEY_GROUPS,
                subtasks,
                subtask);
    }

    @Test
    void afterARestartTimeDoesNotGoBack() throws Exception {
        OperatorSubtaskState state;
        try (var harness = ordering()) {
            harness.processWatermark(millis(100));
            state = checkpoint(harness);
        }
        try (var harness = orderingFrom(state)) {
            harness.processWatermark(millis(50));
            assertThat(harness.getOutput()).containsExactly(new Watermark(millis(100)));
            state = checkpoint(harness);
        }
        try (var harness = orderingFrom(state)) {
            harness.processElement(seen(at("late", 60)));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("late");
        }
    }

    @Test
    void whoeverGoesOnFromTheEndBeginsAnew() throws Exception {
        OperatorSubtaskState state;
        try (var harness = ordering()) {
            harness.processWatermark(Long.MAX_VALUE);
            state = checkpoint(harness);
        }
        try (var harness = orderingFrom(state)) {
            harness.processElement(seen(at("in time", 10)));
            assertThat(ids(harness, Stages.TRAVEL)).isEmpty();
        }
    }

    @Test
    void oneFromTheFutureIsNoReasonForOthersToGoThroughState() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(at("future", 100 * DAY_SECONDS)));
            checkpoint(harness);
            int entries = harness.numKeyedStateEntries();
            harness.processElement(seen(at("now", 10)));
            assertThat(harness.numKeyedStateEntries()).isEqualTo(entries);
            harness.processWatermark(millis(20));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("now");
            harness.processWatermark(millis(100 * DAY_SECONDS));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("now", "future");
        }
    }

    @Test
    void whatIsBehindGoesByItsTimeWhenNothingComesAnyMore() throws Exception {
        try (var harness = ordering()) {
            harness.processWatermark(millis(10));
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
            harness.processWatermark(millis(20));
            assertThat(harness.getOutput()).containsExactly(new Watermark(millis(10)), new Watermark(millis(20)));
        }
    }

    @Test
    void eachLeavesWithItsOwnTime() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(at("a", 10)));
            harness.processElement(seen(at("b", 20)));
            harness.processWatermark(millis(50));
            assertThat(observed(harness, Stages.TRAVEL))
                    .extracting(StreamRecord::getTimestamp)
                    .containsExactly(millis(10), millis(20));
        }
    }

    @Test
    void aCheckpointWritesWhatWaitsAndChangesNoOrder() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(at("third", 30)));
            harness.processElement(seen(at("a", 10)));
            assertThat(harness.numKeyedStateEntries()).isZero();
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            harness.processElement(seen(at("fourth", 40)));
            harness.processElement(seen(at("b", 10)));
            harness.processElement(seen(at("second", 20)));
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            harness.processWatermark(millis(40));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("a", "b", "second", "third", "fourth");
            assertThat(harness.numKeyedStateEntries()).isZero();
            harness.processElement(seen(at("in-memory-again", 50)));
            assertThat(harness.numKeyedStateEntries()).isZero();
            harness.processWatermark(millis(50));
            assertThat(ids(harness, Stages.TRAVEL)).endsWith("in-memory-again");
        }
    }

    @Test
    void copiesOnBothSidesOfACheckpointAreTakenOut() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(at("twice", 10)));
            harness.prepareSnapshotPreBarrier(1);
            harness.processElement(seen(at("twice", 10)));
            harness.processWatermark(millis(10));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("twice");
        }
    }

    @Test
    void aCrowdWaitsInStateOnDisk() throws Exception {
        try (var harness = orderingToOpen()) {
            harness.setStateBackend(onDisk());
            harness.open();
            List<String> expected = seeCrowd(harness);
            assertThat(harness.numEventTimeTimers()).isEqualTo(50);
            harness.processWatermark(millis(60));
            assertThat(ids(harness, Stages.TRAVEL)).isEqualTo(expected);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aCrowdStaysWhereItIsOnTheHeap() throws Exception {
        try (var harness = ordering()) {
            List<String> expected = seeCrowd(harness);
            assertThat(harness.numKeyedStateEntries()).isZero();
            harness.processWatermark(millis(20));
            assertThat(ids(harness, Stages.TRAVEL))
                    .isEqualTo(expected.stream()
                            .filter(id -> id.compareTo("e-21") < 0)
                            .toList());
            harness.processWatermark(millis(60));
            assertThat(ids(harness, Stages.TRAVEL)).isEqualTo(expected);
        }
    }

    /** Says in which order they have to come out. */
    private static List<String> seeCrowd(KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness)
            throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i <= OrderObservations.MOST_IN_MEMORY + 1; i++) {
            int second = i % 50;
            harness.processElement(seen(at("e-%02d-%06d".formatted(second, i), second)));
            expected.add("e-%02d-%06d".formatted(second, i));
        }
        expected.sort(null);
        return expected;
    }

    @Test
    void oneTimerIsEnoughForWhatHappensAtOnce() throws Exception {
        try (var harness = ordering()) {
            for (int i = 0; i < 50; i++) {
                harness.processElement(seen(at("e-" + i, 10)));
            }
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
        }
    }

    @Test
    void oneSightingIsObservedByEachDetectionThatMatched() throws Exception {
        try (var harness = ordering()) {
            Observation visit = at("both", 10);
            Sighting sighting = seen(visit).getValue();
            List<Sighting.Matched> matched = new ArrayList<>(sighting.matched());
            matched.add(Sighting.Matched.of(Steps.of("brute-force", 0), null));
            matched.add(Sighting.Matched.of(Steps.of("switched-off-since", 0), null));
            harness.processElement(record(
                    new Sighting(sighting.group(), true, visit.atMillis(), visit.id(), sighting.event(), matched),
                    visit.atMillis()));
            harness.processWatermark(millis(10));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("both");
            assertThat(ids(harness, Stages.count(0))).containsExactly("both");
        }
    }

    @Test
    void copiesThatMatchedOtherStepsAddTheirs() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(at("twice", 10)));
            harness.processElement(seen(step("brute-force", "anna", 0, "twice", Instant.ofEpochMilli(millis(10)))));
            harness.processWatermark(millis(10));
            assertThat(ids(harness, Stages.TRAVEL)).containsExactly("twice");
            assertThat(ids(harness, Stages.count(0))).containsExactly("twice");
        }
    }

    @Test
    void whatIsComparedGoesOnTogetherInOrder() throws Exception {
        try (var harness = ordering()) {
            for (int second : new int[] {30, 10, 20}) {
                harness.processElement(seen(failed("other", second)));
                harness.processElement(seen(failed("one", second)));
            }
            harness.processWatermark(millis(30));
            assertThat(compared(harness)).containsExactly("one 10 20 30", "other 10 20 30");
            harness.processElement(seen(failed("one", 30)));
            harness.processElement(seen(failed("one", 20)));
            assertThat(compared(harness)).endsWith("one 30", "one 20");
        }
    }

    @Test
    void whatIsComparedComesFromStateAsItDoesFromMemory() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(failed("one", 20)));
            harness.processElement(seen(failed("one", 10)));
            harness.prepareSnapshotPreBarrier(1);
            harness.processWatermark(millis(30));
            assertThat(compared(harness)).containsExactly("one 10", "one 20");
        }
    }

    private static Observation failed(String group, int second) {
        return step(
                "failed-sign-in-increase", group, 0, Integer.toString(second), Instant.ofEpochMilli(millis(second)));
    }

    /** The last value of the group, and the ids. */
    private static List<String> compared(
            KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness) {
        return harness.getSideOutput(Stages.COMPARE).stream()
                .map(StreamRecord::getValue)
                .map(together -> together.key().values().get(1) + " "
                        + together.all().stream().map(Observation::id).collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void theFirstOfTwoStepsGoesOnWithTheSecondAndAtItsTime() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(lived(0, "created-again", 20)));
            harness.processElement(seen(lived(0, "created", 10)));
            harness.processWatermark(millis(20));
            assertThat(ids(harness, LIVED)).isEmpty();
            harness.processElement(seen(lived(1, "deleted", 30)));
            harness.processWatermark(millis(30));
            assertThat(ids(harness, LIVED)).containsExactly("created", "created-again", "deleted");
            assertThat(observed(harness, LIVED))
                    .extracting(StreamRecord::getTimestamp)
                    .containsOnly(millis(30));
            harness.processElement(seen(lived(1, "deleted-again", 40)));
            harness.processWatermark(millis(40));
            assertThat(ids(harness, LIVED)).hasSize(3);
        }
    }

    @Test
    void aFirstStepThatIsTooLongAgoIsNotFollowed() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(lived(0, "too-long-ago", 10)));
            harness.processElement(seen(lived(0, "just-in-time", 11)));
            harness.processElement(seen(lived(1, "deleted", 10 + DAY_SECONDS)));
            harness.processWatermark(millis(10 + DAY_SECONDS));
            assertThat(ids(harness, LIVED)).containsExactly("just-in-time", "deleted");
        }
    }

    @Test
    void firstStepsThatNothingCanFollowAreForgottenWhileOthersCome() throws Exception {
        try (var harness = ordering()) {
            for (int hour = 0; hour < 100; hour++) {
                harness.processElement(seen(lived(0, "created-" + hour, hour * HOUR_SECONDS)));
                harness.processWatermark(millis(hour * HOUR_SECONDS));
            }
            harness.processElement(seen(lived(1, "deleted", 99 * HOUR_SECONDS + 1)));
            harness.processWatermark(millis(99 * HOUR_SECONDS + 1));
            assertThat(ids(harness, LIVED))
                    .hasSize(24 + 1)
                    .startsWith("created-76")
                    .endsWith("deleted");
            harness.processWatermark(millis(99 * HOUR_SECONDS + 2 * DAY_SECONDS));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void whenTimeLeapsNoMoreIsKeptThanWhenItGoesByTheHour() throws Exception {
        assertThat(sizeAfter(100, Leap.AT_THE_END)).isLessThanOrEqualTo(sizeAfter(100, Leap.NONE));
        assertThat(sizeAfter(100, Leap.AT_THE_END_FROM_STATE)).isLessThanOrEqualTo(sizeAfter(100, Leap.NONE));
    }

    private enum Leap {
        NONE,
        AT_THE_END,
        AT_THE_END_FROM_STATE
    }

    /** The bytes of state after a first step in each of so many hours. */
    private static long sizeAfter(int hours, Leap leap) throws Exception {
        try (var harness = ordering()) {
            for (int hour = 0; hour < hours; hour++) {
                harness.processElement(seen(lived(0, "created-" + hour, hour * HOUR_SECONDS)));
                if (leap == Leap.NONE) {
                    harness.processWatermark(millis(hour * HOUR_SECONDS));
                }
            }
            if (leap == Leap.AT_THE_END_FROM_STATE) {
                harness.prepareSnapshotPreBarrier(1);
            }
            harness.processWatermark(millis(hours * HOUR_SECONDS));
            harness.prepareSnapshotPreBarrier(2);
            return harness.snapshot(2, 2).getManagedKeyedState().getStateSize();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules: [one, two], timespan: 2h", "rules: [one, two, three], timespan: 1h"})
    void firstStepsOfASequenceThatHasChangedSinceAreForgotten(String since) throws Exception {
        OperatorSubtaskState state;
        try (var harness = of(sequence("rules: [one, two], timespan: 1h"))) {
            harness.open();
            harness.processElement(seen(step("changed", "anna", 0, "first", MONDAY)));
            harness.processWatermark(millis(0));
            harness.prepareSnapshotPreBarrier(1);
            state = harness.snapshot(1, 1);
        }
        try (var harness = of(sequence(since))) {
            harness.initializeState(state);
            harness.open();
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            harness.processWatermark(millis(HOUR_SECONDS + HOUR_SECONDS / 16));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGateWhereAllAreToldStaysOpenAcrossARestart(boolean onDisk) throws Exception {
        Catalogue all = sequence("rules: [one, two], timespan: 1h, every: true");
        OutputTag<Observation> changed = new OutputTag<>("follow-changed", TypeInformation.of(Observation.class));
        OperatorSubtaskState state;
        try (var harness = of(all, onDisk)) {
            harness.open();
            harness.processElement(seen(ofChanged(0, "first", 0)));
            harness.processElement(seen(ofChanged(1, "second", 10)));
            harness.processElement(seen(ofChanged(0, "first-again", 20)));
            harness.processWatermark(millis(20));
            assertThat(ids(harness, changed)).containsExactly("first", "second");
            state = checkpoint(harness);
        }
        try (var harness = of(all, onDisk)) {
            harness.initializeState(state);
            harness.open();
            harness.processElement(seen(ofChanged(1, "third", 30)));
            harness.processElement(seen(ofChanged(1, "fourth", 40)));
            harness.processElement(seen(ofChanged(1, "too-late", 20 + HOUR_SECONDS)));
            harness.processWatermark(millis(20 + HOUR_SECONDS));
            // Each with the oldest one: Flink CEP is not told of all with each.
            assertThat(ids(harness, changed)).containsExactly("first", "third", "first", "fourth");
        }
    }

    @Test
    void aFirstStepThatIsTooYoungForASecondWaitsForTheNext() throws Exception {
        OutputTag<Observation> changed = new OutputTag<>("follow-changed", TypeInformation.of(Observation.class));
        for (String every : List.of("", ", every: true")) {
            try (var harness = of(sequence("rules: [one, two], timespan: 1h, at-least: 30m" + every))) {
                harness.open();
                harness.processElement(seen(ofChanged(0, "first", 0)));
                harness.processElement(seen(ofChanged(1, "too-early", 60)));
                harness.processElement(seen(ofChanged(1, "in-time", 1_800)));
                harness.processWatermark(millis(1_800));
                assertThat(ids(harness, changed)).endsWith("first", "in-time");
            }
        }
    }

    private static Observation ofChanged(int step, String id, int second) {
        return step("changed", "anna", step, id, Instant.ofEpochMilli(millis(second)));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> of(
            Catalogue catalogue, boolean onDisk) throws Exception {
        var harness = of(catalogue);
        if (onDisk) {
            harness.setStateBackend(onDisk());
        }
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> of(Catalogue catalogue)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new OrderObservations(catalogue), Sighting::group, Types.STRING);
    }

    private Catalogue sequence(String body) throws IOException {
        StringBuilder rules = new StringBuilder("title: A sequence\nname: changed\nlevel: low\n")
                .append("correlation: { type: temporal_ordered, group-by: [user.id], ")
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

    @Test
    void aFirstStepIsForgottenInItsTimeThoughOthersOfItsGroupWaitLonger() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(
                    step("account-deleted-within-a-week", "account", 0, "created", Instant.ofEpochMilli(millis(10)))));
            harness.processElement(seen(lived(0, "created", 20)));
            harness.processWatermark(millis(20));
            int waiting = harness.numKeyedStateEntries();
            harness.processWatermark(millis(20 + DAY_SECONDS - 1));
            assertThat(harness.numKeyedStateEntries()).isEqualTo(waiting);
            harness.processWatermark(millis(20 + DAY_SECONDS + DAY_SECONDS / 16));
            assertThat(harness.numKeyedStateEntries()).isEqualTo(waiting - 1);
            harness.processWatermark(millis(10 + 7 * DAY_SECONDS + 7 * DAY_SECONDS / 16));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aRestartForgetsNoFirstStep() throws Exception {
        OperatorSubtaskState state;
        try (var harness = ordering()) {
            harness.processElement(seen(lived(0, "created", 10)));
            harness.processWatermark(millis(20));
            state = harness.snapshot(1, 1);
        }
        try (var harness = orderingFrom(state)) {
            harness.processElement(seen(lived(1, "deleted", 30)));
            harness.processWatermark(millis(30));
            assertThat(ids(harness, LIVED)).containsExactly("created", "deleted");
        }
    }

    private static Observation lived(int step, String id, int second) {
        return step("short-lived-account", "account", step, id, Instant.ofEpochMilli(millis(second)));
    }

    private static Observation at(String id, int second) {
        return visit("anna", id, Instant.ofEpochMilli(millis(second)), OSLO);
    }

    private static long millis(int second) {
        return MONDAY.plusSeconds(second).toEpochMilli();
    }
}
