package io.entrawatch.ingest;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FutureDatesTest {

    private static final Duration DAY = Duration.ofDays(1);

    private Instant now = Instant.parse("2026-03-02T12:00:00Z");
    private final FutureDates future = FutureDates.after(() -> now.toEpochMilli());

    @Test
    void aDayAheadIsNotTheFuture() {
        assertThat(future.contain(now.plus(DAY).toEpochMilli())).isFalse();
        assertThat(future.contain(now.plus(DAY).plusMillis(1).toEpochMilli())).isTrue();
    }

    @Test
    void theFutureComesNearer() {
        Instant date = now.plus(DAY).plusSeconds(60);
        assertThat(future.contain(date.toEpochMilli())).isTrue();
        now = now.plusSeconds(60);
        assertThat(future.contain(date.toEpochMilli())).isFalse();
    }

    @Test
    void logsOfAnyTimeHaveNoFuture() {
        assertThat(FutureDates.none().contain(Long.MAX_VALUE)).isFalse();
    }
}
