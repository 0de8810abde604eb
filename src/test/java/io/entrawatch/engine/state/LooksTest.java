package io.entrawatch.engine.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

import io.entrawatch.alert.Alert;
import io.entrawatch.engine.Stages;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.ofObservations;
import static io.entrawatch.engine.Operators.open;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.step;
import static io.entrawatch.engine.Operators.value;
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

    @Test
    void whenItIsLookedAtDecidesNoCount() throws Exception {
        List<String> without = spray(false);
        assertThat(without).hasSize(1);
        assertThat(spray(true)).isEqualTo(without);
    }

    /** The alerts of failures at many accounts, the first of them without a name; time goes on before the last, or not. */
    private static List<String> spray(boolean timeGoesOn) throws Exception {
        try (var harness = open(ofObservations("count"))) {
            harness.processElement(record(value("password-spray", "192.0.2.1", "nobody", MONDAY, null)));
            for (int i = 1; i <= 5; i++) {
                Instant at = MONDAY.plusSeconds(i);
                if (timeGoesOn && i == 5) {
                    harness.processWatermark(at.toEpochMilli() - 1);
                }
                harness.processElement(record(value("password-spray", "192.0.2.1", "failure-" + i, at, "user-" + i)));
            }
            return alerts(harness);
        }
    }

    @Test
    void whenItIsLookedAtDecidesNotWhatIsNew() throws Exception {
        assertThat(appeared(Duration.ofDays(29), true)).hasSize(1).isEqualTo(appeared(Duration.ofDays(29), false));
        assertThat(appeared(Duration.ofDays(31), true)).isEmpty();
        assertThat(appeared(Duration.ofDays(31), false)).isEmpty();
    }

    /** The alerts of a value that comes so long after the first one; what is out of date was looked at before, or not. */
    private static List<String> appeared(Duration after, boolean looked) throws Exception {
        try (var harness = open(ofObservations(Stages.firstSeen(0).getId()))) {
            Instant at = MONDAY.plus(after);
            harness.processElement(record(value("role-assignment-appeared", "role", "first", MONDAY, "anna")));
            if (looked) {
                harness.processWatermark(at.toEpochMilli() - 1);
            }
            harness.processElement(record(value("role-assignment-appeared", "role", "second", at, "berta")));
            return alerts(harness);
        }
    }

    private static List<String> alerts(KeyedOneInputStreamOperatorTestHarness<Key, Observation, Alert> harness) {
        return harness.extractOutputValues().stream().map(Alert::id).toList();
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
