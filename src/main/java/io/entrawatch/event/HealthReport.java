package io.entrawatch.event;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * How one subtask of a source is doing: what came since its last report, and how far behind it is.
 *
 * @param run the job and its attempt; with the time it tells reports apart that would otherwise look the same
 * @param atMillis the wall clock, when it was made
 * @param since what came since the last report of this subtask
 * @param lagMillis the wall clock less the time of the newest event; null before the first
 * @param watermarkMillis how far event time has gone; null before the first watermark and after the last record
 * @param detectionsOn how many detections are on
 * @param detectionsOff the names of those that are off
 */
public record HealthReport(
        String source,
        int subtask,
        String run,
        long atMillis,
        Numbers since,
        @Nullable Long lagMillis,
        @Nullable Long watermarkMillis,
        int detectionsOn,
        List<String> detectionsOff) {

    /**
     * Records of a source, by what became of them.
     *
     * @param events the sum of the next three
     */
    public record Numbers(
            long events, long evaluated, long late, long deadLetters, Map<String, Long> deadLetterReasons) {

        public static final Numbers NONE = new Numbers(0, 0, 0, 0, Map.of());

        /** What these have and those from before did not; without reasons of which there are no more. */
        public Numbers less(Numbers before) {
            Map<String, Long> reasons = new TreeMap<>();
            deadLetterReasons.forEach((reason, count) -> {
                long more = count - before.deadLetterReasons.getOrDefault(reason, 0L);
                if (more > 0) {
                    reasons.put(reason, more);
                }
            });
            return new Numbers(
                    events - before.events,
                    evaluated - before.evaluated,
                    late - before.late,
                    deadLetters - before.deadLetters,
                    reasons);
        }
    }
}
