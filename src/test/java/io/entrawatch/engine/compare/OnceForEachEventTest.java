package io.entrawatch.engine.compare;

import java.time.Duration;
import java.time.Instant;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.engine.Operators;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

class OnceForEachEventTest {

    private static final String DETECTION = "failed-sign-in-increase";
    private static final Instant LAST_WEEK = Operators.MONDAY;
    private static final Instant TODAY = LAST_WEEK.plus(Duration.ofDays(7));
    private static final int BEFORE = 20;

    @Test
    void lateEventsCountOnceOnADayThatHadNone() throws Exception {
        theLateOnesCountOnce(new HashMapStateBackend());
    }

    @Test
    void lateEventsCountOnceWhereStateIsOnDisk() throws Exception {
        theLateOnesCountOnce(Operators.onDisk());
    }

    private static void theLateOnesCountOnce(StateBackend backend) throws Exception {
        try (var harness = Operators.comparing(Replay.catalogue(Organization.UNKNOWN))) {
            harness.setStateBackend(backend);
            harness.open();
            for (int i = 0; i < BEFORE; i++) {
                Observation failure = failure("before-" + i, LAST_WEEK.plusSeconds(i), false);
                harness.processElement(Operators.record(Observations.of(failure), failure.atMillis()));
            }
            harness.processWatermark(TODAY.plus(Duration.ofHours(1)).toEpochMilli());
            for (int copy = 0; copy < 2; copy++) {
                for (int i = 0; i <= BEFORE + BEFORE / 10; i++) {
                    assertThat(harness.extractOutputValues()).hasSize(copy);
                    Observation failure = failure("late-" + i, TODAY.plusSeconds(i), true);
                    harness.processElement(Operators.record(Observations.of(failure), failure.atMillis()));
                }
            }
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.evidence().observed()).isEqualTo(BEFORE + BEFORE / 10 + 1));
        }
    }

    private static Observation failure(String id, Instant at, boolean late) {
        Observation failure = Operators.step(DETECTION, "", 0, id, at);
        return new Observation(
                failure.key(),
                failure.step(),
                failure.atMillis(),
                late,
                failure.id(),
                failure.event(),
                failure.value(),
                failure.level(),
                failure.shown(),
                failure.travel());
    }
}
