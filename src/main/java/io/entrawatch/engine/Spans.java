package io.entrawatch.engine;

import java.time.Duration;

/** Time spans in words. */
final class Spans {

    private Spans() {}

    /** The two largest parts: {@code "2 h 5 min"}, {@code "40 s"}. */
    static String words(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + " d " + span.toHoursPart() + " h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        if (span.toMinutes() > 0) {
            return span.toMinutes() + " min " + span.toSecondsPart() + " s";
        }
        return span.toSeconds() > 0 ? span.toSeconds() + " s" : "less than a second";
    }
}
