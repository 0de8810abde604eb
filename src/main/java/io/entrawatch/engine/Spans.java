package io.entrawatch.engine;

import java.time.Duration;

/** Time spans in words. */
public final class Spans {

    private Spans() {}

    /** The two largest parts, without what is zero: {@code "2 h 5 min"}, {@code "10 min"}, {@code "40 s"}. */
    public static String words(Duration span) {
        if (span.toDays() > 0) {
            return parts(span.toDays(), "d", span.toHoursPart(), "h");
        }
        if (span.toHours() > 0) {
            return parts(span.toHours(), "h", span.toMinutesPart(), "min");
        }
        if (span.toMinutes() > 0) {
            return parts(span.toMinutes(), "min", span.toSecondsPart(), "s");
        }
        return span.toSeconds() > 0 ? span.toSeconds() + " s" : "less than a second";
    }

    private static String parts(long large, String unit, int small, String smallerUnit) {
        String words = large + " " + unit;
        return small == 0 ? words : words + " " + small + " " + smallerUnit;
    }
}
