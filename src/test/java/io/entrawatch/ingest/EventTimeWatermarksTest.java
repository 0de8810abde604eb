package io.entrawatch.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;

import static org.assertj.core.api.Assertions.assertThat;

class EventTimeWatermarksTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration LATENESS = Duration.ofMinutes(10);
    private static final Duration IDLENESS = Duration.ofMinutes(1);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String IDLE = "idle";

    private final Output output = new Output();
    private final EventTimeWatermarks.Activity subtask = new EventTimeWatermarks.Activity();
    private final EventTimeWatermarks watermarks = generator();

    @Test
    void aPartitionThatHasJustBegunHoldsTheOthersBackForAWhile() {
        watermarks.onPeriodicEmit(output);
        assertThat(output.said).isEmpty();
        output.now = NOON.plus(IDLENESS).plusMillis(1);
        assertThat(emitted()).isEqualTo(IDLE);
        output.now = NOON.plus(Duration.ofHours(3));
        assertThat(emitted()).isEqualTo(IDLE);
    }

    @Test
    void timeIsTheLatestEventLessTheBound() {
        begin(NOON);
        assertThat(emitted()).isEqualTo(watermarkOf(NOON));

        event(NOON.plusSeconds(90));
        event(NOON.plusSeconds(30));
        assertThat(emitted()).isEqualTo(watermarkOf(NOON.plusSeconds(90)));
    }

    @Test
    void timeNeverGoesBack() {
        begin(NOON);
        emitted();
        event(NOON.minus(Duration.ofHours(5)));
        assertThat(emitted()).isEqualTo(watermarkOf(NOON));
    }

    @Test
    void aQuietPartitionIsIdle() {
        begin(NOON);
        emitted();
        output.now = NOON.plus(IDLENESS);
        assertThat(emitted()).isEqualTo(watermarkOf(NOON));
        output.now = NOON.plus(IDLENESS).plusMillis(1);
        assertThat(emitted()).isEqualTo(IDLE);
    }

    @Test
    void aPartitionThatStaysQuietFollowsTheWallClock() {
        begin(NOON);
        emitted();
        output.now = NOON.plus(LATENESS).plusMillis(1);
        assertThat(emitted()).isEqualTo(watermarkOf(output.now));
        output.now = NOON.plus(Duration.ofHours(8));
        assertThat(emitted()).isEqualTo(watermarkOf(output.now));
    }

    @Test
    void anEventAfterAQuietTimeDoesNotTurnTimeBack() {
        begin(NOON);
        emitted();
        output.now = NOON.plus(Duration.ofHours(8));
        emitted();

        event(NOON.plus(Duration.ofHours(1)));

        assertThat(emitted()).isEqualTo(watermarkOf(output.now));
    }

    @Test
    void deadLettersSayNothingOfTime() {
        begin(NOON);
        emitted();
        output.now = NOON.plus(Duration.ofHours(1));
        watermarks.onEvent(Decoded.of(new DeadLetter("not-json", "", "topic", "", "")), 0, output);
        assertThat(emitted()).isEqualTo(watermarkOf(output.now));
    }

    @Test
    void aPartitionOfDeadLettersHoldsNobodyBack() {
        watermarks.onPeriodicEmit(output);
        output.now = NOON.plus(IDLENESS).plusMillis(1);
        watermarks.onEvent(Decoded.of(new DeadLetter("not-json", "", "topic", "", "")), 0, output);
        assertThat(emitted()).isEqualTo(IDLE);
    }

    @Test
    void anEventFromTheFutureDoesNotAdvanceTime() {
        begin(NOON);
        event(NOON.plus(SKEW).plusMillis(1));
        assertThat(emitted()).isEqualTo(watermarkOf(NOON));
        event(NOON.plus(SKEW));
        assertThat(emitted()).isEqualTo(watermarkOf(NOON.plus(SKEW)));
    }

    @Test
    void manyEventsFromTheFutureDoNotAdvanceTimeEither() {
        event(NOON.minus(Duration.ofDays(30)));
        begin(NOON.plus(Duration.ofHours(3)));
        begin(NOON.plus(Duration.ofDays(3)));
        watermarks.onPeriodicEmit(output);
        assertThat(output.said).isEmpty();
        event(NOON.minusSeconds(30));
        event(NOON.minusSeconds(20));
        assertThat(emitted()).isEqualTo(watermarkOf(NOON.minus(Duration.ofDays(30))));
    }

    /** As where the clock of this machine is behind: else all others would wait for such a partition for ever. */
    @Test
    void aPartitionOfTheFutureIsQuietAndFollowsTheWallClock() {
        begin(NOON.plus(Duration.ofHours(3)));
        watermarks.onPeriodicEmit(output);
        assertThat(output.said).isEmpty();
        output.now = NOON.plus(IDLENESS).plusMillis(1);
        begin(NOON.plus(Duration.ofHours(4)));
        assertThat(emitted()).isEqualTo(IDLE);
        output.now = NOON.plus(LATENESS).plusMillis(1);
        begin(NOON.plus(Duration.ofHours(5)));
        assertThat(emitted()).isEqualTo(watermarkOf(output.now));
    }

    @Test
    void inAReplayAnEventFromTheFutureAdvancesTimeToTheWallClockAndItsSkewOnly() {
        EventTimeWatermarks replayed = generator(LATENESS, IDLENESS, false);
        for (Instant at : new Instant[] {NOON, NOON, NOON, NOON.plus(Duration.ofHours(3))}) {
            replayed.onEvent(eventAt(at), at.toEpochMilli(), output);
        }
        replayed.onPeriodicEmit(output);
        assertThat(output.said).containsExactly(watermarkOf(NOON.plus(SKEW)));
    }

    @Test
    void aPartitionFollowsTheWallClockAfterTheLongerOfTheTwoBounds() {
        EventTimeWatermarks patient = generator(LATENESS, LATENESS.multipliedBy(2), true);
        for (int i = 0; i < 3; i++) {
            patient.onEvent(eventAt(NOON), NOON.toEpochMilli(), output);
        }
        patient.onPeriodicEmit(output);
        output.now = NOON.plus(LATENESS.multipliedBy(2));
        patient.onPeriodicEmit(output);
        assertThat(output.said).containsExactly(watermarkOf(NOON), watermarkOf(NOON));
        output.now = output.now.plusMillis(1);
        patient.onPeriodicEmit(output);
        assertThat(output.said).last().isEqualTo(watermarkOf(output.now));
    }

    @Test
    void oneEventFarAheadDoesNotAdvanceTime() {
        Instant old = NOON.minus(Duration.ofDays(30));
        begin(old);
        event(NOON);
        assertThat(emitted()).isEqualTo(watermarkOf(old));

        event(NOON);
        assertThat(emitted()).isEqualTo(watermarkOf(old));
    }

    @Test
    void threeEventsFarAheadAdvanceTimeToTheEarliestOfThem() {
        begin(NOON.minus(Duration.ofDays(30)));
        event(NOON.minusSeconds(10));
        event(NOON.minusSeconds(30));
        event(NOON.minusSeconds(20));
        assertThat(emitted()).isEqualTo(watermarkOf(NOON.minusSeconds(30)));
    }

    @Test
    void eventsFarAheadCountOnlyWhereNoOtherComesBetween() {
        Instant old = NOON.minus(Duration.ofDays(30));
        begin(old);
        event(NOON);
        event(NOON);
        event(old.plusSeconds(1));
        event(NOON);
        event(NOON);
        assertThat(emitted()).isEqualTo(watermarkOf(old.plusSeconds(1)));
    }

    @Test
    void aDayAheadIsNotFarAhead() {
        Instant old = NOON.minus(Duration.ofDays(30));
        begin(old);
        event(old.plus(Duration.ofHours(24)));
        assertThat(emitted()).isEqualTo(watermarkOf(old.plus(Duration.ofHours(24))));
    }

    @Test
    void aPartitionIsNotQuietWhileTheStagesBehindItLetNothingThrough() {
        begin(NOON);
        assertThat(emitted()).isEqualTo(watermarkOf(NOON));
        output.now = NOON.plus(Duration.ofHours(2));
        output.heldUp = Duration.ofHours(2);
        assertThat(emitted()).isEqualTo(watermarkOf(NOON));

        output.now = output.now.plus(IDLENESS).plusMillis(1);
        assertThat(emitted()).isEqualTo(IDLE);
        output.now = output.now.plus(LATENESS);
        assertThat(emitted()).isEqualTo(watermarkOf(output.now));
    }

    @Test
    void whenAFileHasBeenReadTheSubtaskGoesOnWithTheWallClock() {
        EventTimeWatermarks ofTheSubtask = generator();
        begin(NOON.minus(Duration.ofDays(3)));
        emitted();
        output.said.clear();
        ofTheSubtask.onPeriodicEmit(output);
        assertThat(output.said).isEmpty();
        output.now = NOON.plus(LATENESS).plusMillis(1);
        ofTheSubtask.onPeriodicEmit(output);
        assertThat(output.said).containsExactly(watermarkOf(output.now));
    }

    @Test
    void theNextFileGoesOnWhereTheLastOneEnded() {
        begin(NOON.minus(Duration.ofDays(3)));
        EventTimeWatermarks ofTheNext = generator();
        Instant next = NOON.minus(Duration.ofDays(2));
        ofTheNext.onEvent(eventAt(next), next.toEpochMilli(), output);
        output.said.clear();
        ofTheNext.onPeriodicEmit(output);
        assertThat(output.said).containsExactly(watermarkOf(next));
    }

    @Test
    void theFirstFileMayEndWithOneEvent() {
        Instant old = NOON.minus(Duration.ofDays(3));
        event(old);
        watermarks.onEvent(Decoded.END_OF_FILE, Long.MIN_VALUE, output);
        assertThat(emitted()).isEqualTo(watermarkOf(old));
    }

    @Test
    void whatIsFarAheadAtTheEndOfALaterFileDoesNotAdvanceTime() {
        begin(NOON.minus(Duration.ofDays(30)));
        EventTimeWatermarks ofTheNext = generator();
        ofTheNext.onEvent(eventAt(NOON), NOON.toEpochMilli(), output);
        ofTheNext.onEvent(Decoded.END_OF_FILE, Long.MIN_VALUE, output);
        output.said.clear();
        ofTheNext.onPeriodicEmit(output);
        assertThat(output.said).isEmpty();
    }

    private EventTimeWatermarks generator() {
        return generator(LATENESS, IDLENESS, true);
    }

    private EventTimeWatermarks generator(Duration lateness, Duration idleness, boolean live) {
        return new EventTimeWatermarks(
                lateness, idleness, SKEW, live, () -> output.now.toEpochMilli(), output, subtask);
    }

    private void begin(Instant at) {
        for (int i = 0; i < 3; i++) {
            event(at);
        }
    }

    private void event(Instant at) {
        watermarks.onEvent(eventAt(at), at.toEpochMilli(), output);
    }

    private static Decoded eventAt(Instant at) {
        return Decoded.of(new EntraEvent(LogKind.SIGN_IN, "id", at.toEpochMilli(), "tenant", null, new FieldValues()));
    }

    private String emitted() {
        output.said.clear();
        watermarks.onPeriodicEmit(output);
        assertThat(output.said).hasSize(1);
        return output.said.get(0);
    }

    private static String watermarkOf(Instant latest) {
        return latest.minus(LATENESS).minusMillis(1).toString();
    }

    /** Writes down what it is told, and is the wall clock and that of input activity. */
    private static final class Output implements WatermarkOutput, RelativeClock {

        private final List<String> said = new ArrayList<>();
        private Instant now = NOON;
        private Duration heldUp = Duration.ZERO;

        @Override
        public long relativeTimeMillis() {
            return now.minus(heldUp).toEpochMilli();
        }

        @Override
        public long relativeTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(relativeTimeMillis());
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            said.add(Instant.ofEpochMilli(watermark.getTimestamp()).toString());
        }

        @Override
        public void markIdle() {
            said.add(IDLE);
        }

        @Override
        public void markActive() {
            said.add("active");
        }
    }
}
