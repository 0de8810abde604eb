package io.entrawatch.engine.state;

import java.util.stream.LongStream;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.alert.Alert;
import io.entrawatch.engine.Operators;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.checkpoint;
import static io.entrawatch.engine.Operators.ofObservations;
import static io.entrawatch.engine.Operators.open;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.step;
import static org.assertj.core.api.Assertions.assertThat;

/** On RocksDB, where what is remembered goes to disk only when it has to. */
class RecentValuesTest {

    private static final int BURST = 10;
    private static final int USERS = 20;

    @ParameterizedTest
    @MethodSource("fewAndTooMany")
    void othersInBetweenChangeNothing(long others) throws Exception {
        try (var harness = open(counting())) {
            fail(harness, "anna", 0, BURST / 2);
            for (int i = 0; i < others; i++) {
                fail(harness, "other-" + i, 0, 1);
            }
            assertThat(harness.extractOutputValues()).isEmpty();
            fail(harness, "anna", BURST / 2, BURST);
            assertThat(harness.extractOutputValues()).hasSize(1);
        }
    }

    static LongStream fewAndTooMany() {
        return LongStream.of(1, RecentValues.mostKilobytes(1) / 2 + 10);
    }

    @Test
    void aCheckpointHasWhatIsInMemory() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open(counting())) {
            for (int i = 0; i < USERS; i++) {
                fail(harness, "user-" + i, 0, BURST / 2);
            }
            state = checkpoint(harness);
        }
        try (var harness = counting()) {
            harness.initializeState(state);
            harness.open();
            for (int i = 0; i < USERS; i++) {
                fail(harness, "user-" + i, BURST / 2, BURST);
            }
            assertThat(harness.extractOutputValues()).hasSize(USERS);
        }
    }

    @Test
    void whatIsForgottenInMemoryIsForgottenOnDisk() throws Exception {
        OperatorSubtaskState state;
        try (var harness = open(counting())) {
            fail(harness, "anna", 0, BURST / 2);
            checkpoint(harness);
            harness.processWatermark(Long.MAX_VALUE - 1);
            state = checkpoint(harness);
        }
        try (var harness = counting()) {
            harness.initializeState(state);
            harness.open();
            fail(harness, "anna", BURST / 2, BURST);
            assertThat(harness.extractOutputValues()).isEmpty();
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<Key, Observation, Alert> counting() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Key, Observation, Alert> harness = ofObservations("count");
        harness.setStateBackend(Operators.onDisk());
        return harness;
    }

    private static void fail(
            KeyedOneInputStreamOperatorTestHarness<Key, Observation, Alert> harness, String user, int from, int to)
            throws Exception {
        for (int i = from; i < to; i++) {
            harness.processElement(record(step("brute-force", user, 0, user + "-" + i, MONDAY.plusSeconds(i))));
        }
    }
}
