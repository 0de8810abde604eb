package io.entrawatch.engine.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.entrawatch.alert.Alert;
import io.entrawatch.engine.Operators;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;

import static io.entrawatch.engine.Operators.LAGOS;
import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.OSLO;
import static io.entrawatch.engine.Operators.checkpoint;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.step;
import static io.entrawatch.engine.Operators.value;
import static io.entrawatch.engine.Operators.visit;
import static org.assertj.core.api.Assertions.assertThat;

/** What remembers one value for each key finds the same on the heap, on disk, and on disk across checkpoints and restarts. */
class RememberedOnDiskTest {

    private static final int USERS = 6;
    private static final int ROUNDS = 150;

    private enum Stage {
        COUNT("count", Duration.ofMinutes(20)) {
            @Override
            Observation event(Random random, String user, String id, Instant at) {
                return step("brute-force", user, 0, id, at);
            }

            @Override
            int together(Random random) {
                return 1 + random.nextInt(8);
            }
        },
        TRAVEL("check-travel", Duration.ofMinutes(40)) {
            @Override
            Observation event(Random random, String user, String id, Instant at) {
                return visit(user, id, at, random.nextInt(4) == 0 ? LAGOS : OSLO);
            }
        },
        FIRST_SEEN("first-seen", Duration.ofHours(17)) {
            @Override
            Observation event(Random random, String user, String id, Instant at) {
                return value("new-country-for-user", user, id, at, "country-" + random.nextInt(9));
            }
        };

        private final String uid;
        private final Duration between;

        Stage(String uid, Duration between) {
            this.uid = uid;
            this.between = between;
        }

        abstract Observation event(Random random, String user, String id, Instant at);

        /** How many events come within a minute. */
        int together(Random random) {
            return 1;
        }
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void theSameIsFound(Stage stage) throws Exception {
        List<String> onHeap = found(stage, false, 0);
        assertThat(onHeap).hasSizeGreaterThan(5);
        assertThat(found(stage, true, 0)).isEqualTo(onHeap);
        assertThat(found(stage, true, 7)).isEqualTo(onHeap);
        assertThat(found(stage, true, 31)).isEqualTo(onHeap);
    }

    /** @param checkpointEvery so many rounds, and every third time a restart; never with zero */
    private static List<String> found(Stage stage, boolean onDisk, int checkpointEvery) throws Exception {
        List<String> found = new ArrayList<>();
        Random random = new Random(stage.ordinal());
        var harness = harness(stage, onDisk);
        harness.open();
        try {
            Instant at = MONDAY;
            for (int round = 1; round <= ROUNDS; round++) {
                String user = "user-" + random.nextInt(USERS);
                for (int i = stage.together(random); i > 0; i--) {
                    at = at.plusSeconds(7);
                    harness.processElement(record(stage.event(random, user, user + "-" + at, at)));
                    harness.processWatermark(at.toEpochMilli());
                }
                at = at.plusSeconds(random.nextInt((int) stage.between.toSeconds()));
                if (checkpointEvery > 0 && round % checkpointEvery == 0) {
                    OperatorSubtaskState state = checkpoint(harness);
                    if (round % (3 * checkpointEvery) == 0) {
                        take(harness, found);
                        harness.close();
                        harness = harness(stage, onDisk);
                        harness.initializeState(state);
                        harness.open();
                    }
                }
            }
            harness.processWatermark(at.plus(Duration.ofDays(400)).toEpochMilli());
            if (!onDisk) {
                assertThat(harness.numKeyedStateEntries()).isZero();
            }
            take(harness, found);
            return found;
        } finally {
            harness.close();
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<Key, Observation, Alert> harness(Stage stage, boolean onDisk)
            throws Exception {
        var harness = Operators.ofObservations(stage.uid);
        if (onDisk) {
            harness.setStateBackend(Operators.onDisk());
        }
        return harness;
    }

    private static void take(
            KeyedOneInputStreamOperatorTestHarness<Key, Observation, Alert> harness, List<String> into) {
        harness.extractOutputValues().forEach(alert -> into.add(alert.detection() + " " + alert.id()));
    }
}
