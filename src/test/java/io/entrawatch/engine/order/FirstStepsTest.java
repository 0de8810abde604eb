package io.entrawatch.engine.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.engine.Operators;
import io.entrawatch.engine.state.RecentValues;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Sighting;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.observed;
import static io.entrawatch.engine.Operators.seen;
import static io.entrawatch.engine.Operators.step;
import static org.assertj.core.api.Assertions.assertThat;

/** What waits for a second step is the same on the heap and on disk, whenever it goes from memory to disk. */
class FirstStepsTest {

    private static final String DAY = "short-lived-account";
    private static final String WEEK = "account-deleted-within-a-week";
    private static final int ACCOUNTS = 4;
    private static final int AT_ONCE = 10_000;
    private static final int DAY_HOURS = 24;
    private static final int HOURS = 200;

    /** The sequences' stages, as an operator and its restarts fill them. */
    private static final class Ordering implements AutoCloseable {
        private final boolean onDisk;
        private final Map<String, List<String>> followed = Map.of(DAY, new ArrayList<>(), WEEK, new ArrayList<>());
        private KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness;

        Ordering(boolean onDisk) throws Exception {
            this.onDisk = onDisk;
            this.harness = harness();
            harness.open();
        }

        private KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness() throws Exception {
            var made = Operators.orderingToOpen();
            if (onDisk) {
                made.setStateBackend(Operators.onDisk());
            }
            return made;
        }

        void see(String sequence, String account, int step, int hour) throws Exception {
            see(sequence, account, step, hour, 0);
        }

        void see(String sequence, String account, int step, int hour, int second) throws Exception {
            String id = sequence + "-" + account + "-" + step + "-" + hour + (second == 0 ? "" : "-" + second);
            Instant at = MONDAY.plus(Duration.ofHours(hour)).plusSeconds(second);
            harness.processElement(seen(step(sequence, account, step, id, at)));
        }

        void passTo(int hour) throws Exception {
            harness.processWatermark(MONDAY.plus(Duration.ofHours(hour)).toEpochMilli());
        }

        OperatorSubtaskState checkpoint() throws Exception {
            return Operators.checkpoint(harness);
        }

        void restart() throws Exception {
            OperatorSubtaskState state = checkpoint();
            followed();
            close();
            harness = harness();
            harness.initializeState(state);
            harness.open();
        }

        /** What has come to the stage of each sequence; to be asked for once, at the end. */
        Map<String, List<String>> followed() {
            followed.forEach((sequence, ids) -> {
                List<StreamRecord<Observation>> observed = observed(harness, stage(sequence));
                observed.forEach(record -> ids.add(record.getValue().id()));
            });
            return followed;
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }

    private static OutputTag<Observation> stage(String sequence) {
        return new OutputTag<>("follow-" + sequence, TypeInformation.of(Observation.class));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void onDiskAsOnTheHeap(long seed) throws Exception {
        Map<String, List<String>> onHeap = followed(seed, false, 0);
        assertThat(onHeap.get(DAY)).hasSizeGreaterThan(HOURS / 20);
        assertThat(onHeap.get(WEEK)).hasSizeGreaterThan(HOURS / 20);
        assertThat(followed(seed, true, 0)).isEqualTo(onHeap);
        assertThat(followed(seed, true, 5)).isEqualTo(onHeap);
        assertThat(followed(seed, true, 17)).isEqualTo(onHeap);
    }

    /** @param checkpointEvery so many hours, and every sixth time a restart; never with zero */
    private static Map<String, List<String>> followed(long seed, boolean onDisk, int checkpointEvery) throws Exception {
        Random random = new Random(seed);
        try (Ordering ordering = new Ordering(onDisk)) {
            for (int hour = 0; hour < HOURS; hour++) {
                String account = "account-" + random.nextInt(ACCOUNTS);
                ordering.see(random.nextBoolean() ? DAY : WEEK, account, random.nextInt(8) / 7, hour);
                ordering.passTo(hour);
                if (checkpointEvery > 0 && hour % (6 * checkpointEvery) == 0) {
                    ordering.restart();
                    ordering.passTo(hour);
                } else if (checkpointEvery > 0 && hour % checkpointEvery == 0) {
                    ordering.checkpoint();
                }
            }
            ordering.passTo(2 * HOURS);
            if (!onDisk) {
                assertThat(ordering.harness.numKeyedStateEntries()).isZero();
            }
            return ordering.followed();
        }
    }

    @Test
    void thousandsOfOneGroupWaitOnDiskAndInOrder() throws Exception {
        try (Ordering onHeap = new Ordering(false);
                Ordering onDisk = new Ordering(true)) {
            for (Ordering ordering : List.of(onHeap, onDisk)) {
                for (int i = 0; i < 3 * FirstSteps.MOST_IN_MEMORY; i++) {
                    ordering.see(DAY, "anna", 0, i / FirstSteps.MOST_IN_MEMORY, i);
                }
                ordering.see(DAY, "anna", 1, DAY_HOURS - 1);
                ordering.passTo(DAY_HOURS - 1);
            }
            assertThat(onHeap.followed().get(DAY)).hasSize(3 * FirstSteps.MOST_IN_MEMORY + 1);
            assertThat(onDisk.followed()).isEqualTo(onHeap.followed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 700})
    void ofEndlesslyManyOfOneGroupTheNewestWait(int checkpointEvery) throws Exception {
        int many = 2 * FirstSteps.MOST + 1_000;
        for (boolean onDisk : new boolean[] {false, true}) {
            try (Ordering ordering = new Ordering(onDisk)) {
                for (int i = 0; i < many; i++) {
                    ordering.see(DAY, "anna", 0, 0, i);
                    if (checkpointEvery > 0 && i % checkpointEvery == 0) {
                        ordering.harness.processWatermark(MONDAY.plusSeconds(i).toEpochMilli());
                        ordering.restart();
                    }
                }
                ordering.see(DAY, "anna", 1, DAY_HOURS - 1);
                ordering.passTo(DAY_HOURS - 1);
                assertThat(ordering.followed().get(DAY))
                        .hasSize(FirstSteps.MOST + 1)
                        .startsWith(DAY + "-anna-0-0-" + (many - FirstSteps.MOST))
                        .endsWith(DAY + "-anna-0-0-" + (many - 1), DAY + "-anna-1-" + (DAY_HOURS - 1));
            }
        }
    }

    @Test
    void noMoreThanTwiceAsManyAreKept() throws Exception {
        try (Ordering ordering = new Ordering(false)) {
            for (int i = 0; i < 2 * FirstSteps.MOST - 1; i++) {
                ordering.see(DAY, "anna", 0, 0, i);
            }
            ordering.passTo(2);
            long full = ordering.checkpoint().getManagedKeyedState().getStateSize();
            for (int i = 2 * FirstSteps.MOST; i < 7 * FirstSteps.MOST; i++) {
                ordering.see(DAY, "anna", 0, 0, i);
            }
            ordering.passTo(4);
            assertThat(ordering.checkpoint().getManagedKeyedState().getStateSize())
                    .isLessThanOrEqualTo(full + full / 10);
        }
    }

    @Test
    void othersInBetweenChangeNothing() throws Exception {
        try (Ordering ordering = new Ordering(true)) {
            ordering.see(DAY, "anna", 0, 0);
            int hour = 1;
            for (long i = 0; i < RecentValues.mostKilobytes(1) / 2 + 10; i++) {
                ordering.see(DAY, "other-" + i, 0, hour);
                if (i % AT_ONCE == 0) {
                    ordering.passTo(hour);
                    hour++;
                }
            }
            ordering.see(DAY, "anna", 1, DAY_HOURS - 1);
            ordering.passTo(DAY_HOURS - 1);
            assertThat(ordering.followed().get(DAY)).containsExactly(DAY + "-anna-0-0", DAY + "-anna-1-23");
        }
    }
}
