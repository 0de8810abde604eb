package io.entrawatch.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.rule.Level;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTest {

    private static final long START = Instant.parse("2026-03-02T12:34:56Z").toEpochMilli();

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT3H", "P3D", "P40D", "P4000D", "P100000D"})
    void noAlertIsLostHoweverLongTheTime(String span) {
        long[] times = times(Duration.parse(span));
        Timeline timeline = timeline(times);
        assertThat(timeline.stretches()).isBetween(1L, (long) Timeline.MOST);
        assertThat(timeline.fromStart().values().stream()
                        .mapToInt(levels -> IntStream.of(levels).sum())
                        .sum())
                .isEqualTo(times.length);
        assertThat(timeline.startMillis())
                .isLessThanOrEqualTo(LongStream.of(times).min().orElseThrow());
    }

    @Test
    void theOrderOfTheAlertsDoesNotMatter() {
        long[] times = times(Duration.ofDays(50));
        Timeline sorted = timeline(LongStream.of(times).sorted().toArray());
        Timeline shuffled = timeline(times);
        assertThat(TimelineChart.of(shuffled)).isEqualTo(TimelineChart.of(sorted));
    }

    @Test
    void aBarSaysWhatItCounts() {
        Timeline timeline = new Timeline();
        timeline.add(START, Level.HIGH);
        timeline.add(START + 1, Level.HIGH);
        timeline.add(START + 2, Level.LOW);
        assertThat(TimelineChart.of(timeline).bars()).singleElement().satisfies(bar -> assertThat(
                        bar.from() + " " + bar.inWords())
                .isEqualTo("2026-03-02 12:34 2 high, 1 low"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H", "P1D", "P15D", "P90D", "P2000D"})
    void fewMarksStandBelowTheBars(String span) {
        TimelineChart chart = TimelineChart.of(timeline(times(Duration.parse(span))));
        assertThat(chart.marks()).hasSizeBetween(2, 12);
    }

    private static long[] times(Duration span) {
        Random random = new Random(span.toSeconds());
        return random.longs(500, START, START + span.toMillis()).toArray();
    }

    private static Timeline timeline(long[] times) {
        Timeline timeline = new Timeline();
        LongStream.of(times).forEach(at -> timeline.add(at, Level.MEDIUM));
        return timeline;
    }
}
