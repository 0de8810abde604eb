package io.entrawatch.engine.order;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.entrawatch.engine.wire.Sighting;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingInMemoryTest {

    /** A second begins there. */
    private static final long SECOND = 1_772_445_600L << 10;

    private final WaitingInMemory waiting = new WaitingInMemory();

    @Test
    void aWatermarkTakesOnlyWhatItPassesOfASecond() {
        see(SECOND - 1, SECOND, SECOND + 1, SECOND + 2, SECOND + 1_024);

        assertThat(times(waiting.takeUntil(SECOND - 2))).isEmpty();
        assertThat(times(waiting.takeUntil(SECOND + 1))).containsExactly(SECOND - 1, SECOND, SECOND + 1);
        assertThat(waiting.size()).isEqualTo(2);
        see(SECOND + 2);
        assertThat(times(waiting.takeUntil(SECOND + 2))).containsExactly(SECOND + 2, SECOND + 2);
        assertThat(times(waiting.takeUntil(SECOND + 2_000))).containsExactly(SECOND + 1_024);
        assertThat(waiting.size()).isZero();
    }

    @Test
    void whatComesAfterAllWasTakenWaitsAsBefore() {
        see(SECOND, SECOND + 5_000);

        assertThat(times(waiting.takeAll())).containsExactly(SECOND, SECOND + 5_000);
        assertThat(waiting.size()).isZero();
        see(SECOND + 5_000);
        assertThat(times(waiting.takeUntil(Long.MAX_VALUE))).containsExactly(SECOND + 5_000);
    }

    private void see(long... times) {
        for (long at : times) {
            waiting.add(new Sighting("group", true, at, "id", null, List.of()));
        }
    }

    private static List<Long> times(List<Sighting> sightings) {
        return sightings.stream().map(Sighting::atMillis).toList();
    }
}
