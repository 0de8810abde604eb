package io.entrawatch.ingest;

import java.io.Serializable;
import java.time.Duration;

import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;

/**
 * The progress of event time in one partition or file: the latest event less the bound for late ones.
 *
 * <ul>
 *   <li>An event from the future advances no time, and where nothing else comes, a partition is quiet. In a replay, whose logs
 *       may be of any time, it advances time to the wall clock.
 *   <li>An event far ahead of its neighbors advances time only when two more say the same, so that one wrong date in
 *       old logs does not make all others late. The neighbors of a file's first event are the files before it; the very
 *       first file may end with fewer.
 *   <li>A partition that has just begun holds the others back until its first events are there: they may be old.
 *   <li>A partition that is quiet is idle and holds nobody back; one that is quiet for longer than the bound follows the
 *       wall clock, so that the last events of a night are decided before the next morning. Dead letters have no time:
 *       a partition of nothing else is quiet.
 *   <li>A partition is not quiet while the stages behind it let nothing through. Flink's clock of input activity stands
 *       still then. Else all that waited meanwhile would be late.
 * </ul>
 *
 * The wall clock thus decides what is late, and nothing else.
 */
final class EventTimeWatermarks implements WatermarkGenerator<Decoded> {

    /** Milliseconds since 1970, replaceable in tests. */
    interface WallClock extends Serializable {
        long millis();
    }

    /**
     * How often anything came to a subtask, in any of its partitions or files, and how far they are. A file takes its own
     * watermarks with it when it has been read; then the subtask's own, which never sees an event, goes on from here, and
     * so does the next file.
     */
    static final class Activity implements Serializable {
        private static final long serialVersionUID = 1L;
        private long times;
        private long latest = Long.MIN_VALUE;
    }

    /** Ahead by more than this is far ahead. */
    static final long FAR_AHEAD_MILLIS = Duration.ofHours(24).toMillis();

    private static final int WITNESSES = 3;

    private final long lateness;
    private final long idleness;
    private final long skew;
    private final boolean live;
    private final WallClock clock;
    private final RelativeClock inputActivity;
    private final Activity subtask;

    private long latest = Long.MIN_VALUE;
    private long aheadFrom = Long.MAX_VALUE;
    private int ahead;
    private long emitted = Long.MIN_VALUE;
    private long lastActive = Long.MIN_VALUE;
    private long subtaskLastActive = Long.MIN_VALUE;
    private long subtaskTimes;
    private boolean active;
    private boolean seen;

    EventTimeWatermarks(
            Duration lateness,
            Duration idleness,
            Duration skew,
            boolean live,
            WallClock clock,
            RelativeClock inputActivity,
            Activity subtask) {
        this.lateness = lateness.toMillis();
        this.idleness = idleness.toMillis();
        this.skew = skew.toMillis();
        this.live = live;
        this.clock = clock;
        this.inputActivity = inputActivity;
        this.subtask = subtask;
    }

    /** Watermarks for a source that goes on. */
    static WatermarkStrategy<Decoded> live(Duration lateness, Duration idleness, Duration skew) {
        Activity subtask = new Activity();
        return WatermarkStrategy.<Decoded>forGenerator(
                        context -> new AlsoAtTheEnd(generator(context, lateness, idleness, skew, true, subtask)))
                .withTimestampAssigner((decoded, before) -> timeOf(decoded, before));
    }

    /** The same for files: after each event, so that it does not matter how fast they are read. */
    static WatermarkStrategy<Decoded> replayed(Duration lateness, Duration idleness, Duration skew) {
        Activity subtask = new Activity();
        return WatermarkStrategy.<Decoded>forGenerator(
                        context -> new AfterEachEvent(generator(context, lateness, idleness, skew, false, subtask)))
                .withTimestampAssigner((decoded, before) -> timeOf(decoded, before));
    }

    private static EventTimeWatermarks generator(
            WatermarkGeneratorSupplier.Context context,
            Duration lateness,
            Duration idleness,
            Duration skew,
            boolean live,
            Activity subtask) {
        return new EventTimeWatermarks(
                lateness, idleness, skew, live, System::currentTimeMillis, context.getInputActivityClock(), subtask);
    }

    /** For files of which it is known how far out of order they are, so that nothing is late. */
    static WatermarkStrategy<Decoded> behind(Duration disorder) {
        return WatermarkStrategy.<Decoded>forGenerator(
                        context -> new AlsoAtTheEnd(new BoundedOutOfOrdernessWatermarks<>(disorder)))
                .withTimestampAssigner((decoded, before) -> timeOf(decoded, before));
    }

    private static long timeOf(Decoded decoded, long before) {
        EntraEvent event = decoded.event();
        return event == null ? before : event.atMillis();
    }

    @Override
    public void onEvent(Decoded decoded, long timestamp, WatermarkOutput output) {
        EntraEvent event = decoded.event();
        if (event == null) {
            if (decoded.isEndOfFile() && latestKnown() == Long.MIN_VALUE && ahead > 0) {
                advance(aheadFrom);
            }
            return;
        }
        seen = true;
        long at = event.atMillis();
        if (live && at > latest && at > clock.millis() + skew) {
            return;
        }
        active = true;
        long known = latestKnown();
        if (at <= latest) {
            forgetAhead();
        } else if (known != Long.MIN_VALUE && at - known <= FAR_AHEAD_MILLIS) {
            advance(at);
        } else {
            aheadFrom = Math.min(aheadFrom, at);
            ahead++;
            if (ahead >= WITNESSES) {
                advance(aheadFrom);
            }
        }
    }

    /** Here, or before there was anything here. */
    private long latestKnown() {
        return latest == Long.MIN_VALUE ? subtask.latest : latest;
    }

    private void advance(long at) {
        latest = live ? at : notBeyondNow(at);
        subtask.latest = Math.max(subtask.latest, latest);
        forgetAhead();
    }

    private void forgetAhead() {
        ahead = 0;
        aheadFrom = Long.MAX_VALUE;
    }

    /** Asks the clock only for events that lead. */
    private long notBeyondNow(long at) {
        return Math.max(latest, Math.min(at, clock.millis() + skew));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long now = inputActivity.relativeTimeMillis();
        if (active) {
            subtask.times++;
        }
        if (subtask.times != subtaskTimes) {
            subtaskTimes = subtask.times;
            subtaskLastActive = now;
        }
        if (active || lastActive == Long.MIN_VALUE) {
            lastActive = now;
            active = false;
        }
        long quiet = now - lastActive;
        if (isQuietForLong(now)) {
            emit(Math.max(emitted, clock.millis() - lateness - 1), output);
        } else if (quiet > idleness) {
            output.markIdle();
        } else {
            emitLatest(output);
        }
    }

    private void emitLatest(WatermarkOutput output) {
        if (latest != Long.MIN_VALUE) {
            emit(latest - lateness - 1, output);
        }
    }

    /** A partition that has spoken answers for itself; one that never has, only where the whole subtask is quiet. */
    private boolean isQuietForLong(long now) {
        long spoken = seen ? lastActive : subtaskLastActive;
        return spoken != Long.MIN_VALUE && now - spoken > Math.max(lateness, idleness);
    }

    private void emit(long watermark, WatermarkOutput output) {
        emitted = Math.max(emitted, watermark);
        output.emitWatermark(new Watermark(emitted));
    }

    /** Says at the end of a file, too, how far it came: it may have been read before anybody asked. */
    private record AlsoAtTheEnd(WatermarkGenerator<Decoded> watermarks) implements WatermarkGenerator<Decoded> {
        @Override
        public void onEvent(Decoded decoded, long timestamp, WatermarkOutput output) {
            watermarks.onEvent(decoded, timestamp, output);
            if (decoded.isEndOfFile()) {
                watermarks.onPeriodicEmit(output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            watermarks.onPeriodicEmit(output);
        }
    }

    /** A file is never quiet: it ends. How long the process itself was stopped must not make its events late. */
    private record AfterEachEvent(EventTimeWatermarks watermarks) implements WatermarkGenerator<Decoded> {
        @Override
        public void onEvent(Decoded decoded, long timestamp, WatermarkOutput output) {
            watermarks.onEvent(decoded, timestamp, output);
            watermarks.emitLatest(output);
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // After each event is often enough.
        }
    }
}
