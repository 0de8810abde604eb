package io.entrawatch.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.entrawatch.engine.Spans;
import io.entrawatch.rule.Level;

/** The timeline as what the template draws: bars of a drawing, the marks below them, and the numbers as text. */
record TimelineChart(String each, int highest, List<Bar> bars, List<Mark> marks) {

    /** The drawing's size, without the line of marks below. */
    private static final double WIDTH = 1_000;

    private static final double HEIGHT = 120;
    private static final double LONGEST_MARK = 36;
    private static final int MOST_MARKS = 10;

    private static final DateTimeFormatter TIME = format("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter DAY = format("d MMM");
    private static final DateTimeFormatter HOUR = format("HH:mm");

    private static final Duration[] BETWEEN_MARKS = {
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(3),
        Duration.ofHours(6),
        Duration.ofHours(12),
        Duration.ofDays(1),
        Duration.ofDays(2),
        Duration.ofDays(7),
        Duration.ofDays(28),
        Duration.ofDays(364)
    };

    /** One stretch of time. */
    record Bar(String from, int alerts, String inWords, List<Part> parts) {}

    /** The alerts of one level in it. */
    record Part(String level, String x, String y, String width, String height) {}

    /** A moment below the bars. */
    record Mark(String x, String text) {}

    static TimelineChart of(Timeline timeline) {
        int highest = timeline.fromStart().values().stream()
                .mapToInt(levels -> IntStream.of(levels).sum())
                .max()
                .orElse(1);
        double width = WIDTH / timeline.stretches();
        List<Bar> bars = new ArrayList<>();
        timeline.fromStart().forEach((number, levels) -> {
            long at = timeline.startMillis() + number * timeline.widthMillis();
            bars.add(bar(at, number * width, width, levels, HEIGHT / highest));
        });
        return new TimelineChart(
                Spans.words(Duration.ofMillis(timeline.widthMillis())), highest, bars, marks(timeline, width));
    }

    private static Bar bar(long at, double x, double width, int[] levels, double heightOfOne) {
        List<Part> parts = new ArrayList<>();
        List<String> words = new ArrayList<>();
        int below = 0;
        int sum = 0;
        for (int i = levels.length - 1; i >= 0; i--) {
            if (levels[i] == 0) {
                continue;
            }
            sum += levels[i];
            String level = Level.values()[i].label();
            words.add(levels[i] + " " + level);
            below += levels[i];
            parts.add(new Part(
                    level,
                    number(x),
                    number(HEIGHT - below * heightOfOne),
                    number(Math.max(1, width - Math.min(2, width / 5))),
                    number(levels[i] * heightOfOne)));
        }
        return new Bar(TIME.format(Instant.ofEpochMilli(at)), sum, String.join(", ", words), parts);
    }

    private static List<Mark> marks(Timeline timeline, double width) {
        long span = timeline.stretches() * timeline.widthMillis();
        long between = between(span);
        List<Mark> marks = new ArrayList<>();
        for (long at = -Math.floorDiv(-timeline.startMillis(), between) * between;
                at < timeline.startMillis() + span;
                at += between) {
            double x = (at - timeline.startMillis()) / (double) timeline.widthMillis() * width;
            Instant moment = Instant.ofEpochMilli(at);
            boolean day = at % Duration.ofDays(1).toMillis() == 0;
            if (x > WIDTH - LONGEST_MARK) {
                break;
            }
            marks.add(new Mark(number(x), (day ? DAY : HOUR).format(moment)));
        }
        return marks;
    }

    private static long between(long span) {
        for (Duration candidate : BETWEEN_MARKS) {
            if (span / candidate.toMillis() <= MOST_MARKS) {
                return candidate.toMillis();
            }
        }
        return span / MOST_MARKS;
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
