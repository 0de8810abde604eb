package io.entrawatch.engine;

import java.time.Instant;
import java.util.List;

import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.OSLO;
import static io.entrawatch.engine.Operators.ids;
import static io.entrawatch.engine.Operators.ordering;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.visit;
import static org.assertj.core.api.Assertions.assertThat;

class OrderObservationsTest {

    @Test
    void observationsLeaveAsTheyHappened() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(record(at("third", 30)));
            harness.processElement(record(at("first", 10)));
            harness.processElement(record(at("second", 20)));
            harness.processWatermark(millis(30));
            assertThat(ids(harness)).containsExactly("first", "second", "third");
        }
    }

    @Test
    void ofOneMomentTheSmallerIdComesFirst() throws Exception {
        try (var harness = ordering()) {
            for (String id : List.of("c", "a", "b")) {
                harness.processElement(record(at(id, 10)));
            }
            harness.processWatermark(millis(10));
            assertThat(ids(harness)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void theyWaitForTheWatermark() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(record(at("now", 10)));
            harness.processElement(record(at("later", 20)));
            harness.processWatermark(millis(10) - 1);
            assertThat(ids(harness)).isEmpty();
            harness.processWatermark(millis(10));
            assertThat(ids(harness)).containsExactly("now");
            harness.processWatermark(millis(20));
            assertThat(ids(harness)).containsExactly("now", "later");
        }
    }

    @Test
    void copiesAreTakenOut() throws Exception {
        try (var harness = ordering()) {
            for (String id : List.of("twice", "once", "twice", "twice")) {
                harness.processElement(record(at(id, 10)));
            }
            harness.processWatermark(millis(10));
            assertThat(ids(harness)).containsExactly("once", "twice");
        }
    }

    @Test
    void twoStepsOfOneEventAreNoCopies() throws Exception {
        try (var harness = ordering()) {
            Observation visit = at("both", 10);
            harness.processElement(record(visit));
            harness.processElement(record(Observation.of(visit.key(), visit.detection(), 1, false, visit.evidence())));
            harness.processWatermark(millis(10));
            assertThat(harness.extractOutputValues())
                    .extracting(Observation::step)
                    .containsExactly(0, 1);
        }
    }

    @Test
    void aLateOneGoesOnAtOnce() throws Exception {
        try (var harness = ordering()) {
            harness.processWatermark(millis(100));
            harness.processElement(record(at("late", 10)));
            assertThat(ids(harness)).containsExactly("late");
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void eachLeavesWithItsOwnTime() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(record(at("a", 10)));
            harness.processElement(record(at("b", 20)));
            harness.processWatermark(millis(50));
            assertThat(harness.extractOutputStreamRecords())
                    .extracting(StreamRecord::getTimestamp)
                    .containsExactly(millis(10), millis(20));
        }
    }

    @Test
    void oneTimerIsEnoughForAGroup() throws Exception {
        try (var harness = ordering()) {
            for (int i = 0; i < 50; i++) {
                harness.processElement(record(at("e-" + i, i)));
            }
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
        }
    }

    private static Observation at(String id, int second) {
        return visit("anna", id, Instant.ofEpochMilli(millis(second)), OSLO);
    }

    private static long millis(int second) {
        return MONDAY.plusSeconds(second).toEpochMilli();
    }
}
