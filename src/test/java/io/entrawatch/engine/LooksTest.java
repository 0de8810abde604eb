package io.entrawatch.engine;

import java.time.Duration;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

import io.entrawatch.alert.Alert;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.ofObservations;
import static io.entrawatch.engine.Operators.open;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.step;
import static org.assertj.core.api.Assertions.assertThat;

class LooksTest {

    /** How long the detection counts. */
    private static final Duration SPAN = Duration.ofMinutes(10);

    private static final Duration LATEST = SPAN.plus(SPAN.dividedBy(16));

    @Test
    void whatHasEndedGoesALittleLateAndWithoutATimer() throws Exception {
        try (var harness = open(ofObservations("count"))) {
            fail(harness, "anna");
            harness.processWatermark(MONDAY.plus(SPAN).toEpochMilli() - 1);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            assertThat(harness.numEventTimeTimers()).isZero();
            harness.processWatermark(MONDAY.plus(LATEST).toEpochMilli());
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void whatACheckpointFindsGoesAfterARestartToo() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open(ofObservations("count"))) {
            fail(harness, "anna");
            harness.prepareSnapshotPreBarrier(1);
            state = harness.snapshot(1, 1);
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
            assertGoes(harness);
        }
        try (var harness = ofObservations("count")) {
            harness.initializeState(state);
            harness.open();
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            assertGoes(harness);
        }
    }

    @Test
    void aCrowdGetsTimers() throws Exception {
        try (var harness = open(ofObservations("count"))) {
            for (int i = 0; i <= Looks.MOST_IN_MEMORY; i++) {
                fail(harness, "user-" + i);
            }
            assertThat(harness.numEventTimeTimers()).isEqualTo(Looks.MOST_IN_MEMORY + 1);
            assertGoes(harness);
        }
    }

    private static void fail(KeyedOneInputStreamOperatorTestHarness<Key, Observation, Alert> harness, String user)
            throws Exception {
        harness.processElement(record(step("brute-force", user, 0, "failure-of-" + user, MONDAY)));
    }

    private static void assertGoes(KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness) throws Exception {
        harness.processWatermark(MONDAY.plus(LATEST).toEpochMilli());
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }
}
