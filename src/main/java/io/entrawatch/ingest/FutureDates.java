package io.entrawatch.ingest;

import java.time.Duration;

/**
 * Tells which events are dated so far after the wall clock that nothing can wait for them: a clock was wrong, or a date. The
 * clock is asked now and then, because it may have been set right, and for such events.
 */
final class FutureDates {

    /** Time zones that are mixed up come to less. */
    private static final long AHEAD_MILLIS = Duration.ofDays(1).toMillis();

    private static final int ASKED_AGAIN_AFTER = 10_000;

    private final EventTimeWatermarks.WallClock clock;
    private long latest;
    private int events;

    private FutureDates(EventTimeWatermarks.WallClock clock, long latest) {
        this.clock = clock;
        this.latest = latest;
    }

    /** For logs of which nothing is known but that they may be of any time. */
    static FutureDates none() {
        return new FutureDates(() -> Long.MAX_VALUE - AHEAD_MILLIS, Long.MAX_VALUE);
    }

    /** For logs that are read as they are written. */
    static FutureDates after(EventTimeWatermarks.WallClock clock) {
        return new FutureDates(clock, Long.MIN_VALUE);
    }

    boolean contain(long atMillis) {
        events++;
        if (atMillis > latest || events == ASKED_AGAIN_AFTER) {
            events = 0;
            latest = clock.millis() + AHEAD_MILLIS;
        }
        return atMillis > latest;
    }
}
