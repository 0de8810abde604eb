package io.entrawatch.cli.live;

import java.util.Map;

/** How many records a job has read so far, and what became of them. */
public record Numbers(long events, long evaluated, long late, long deadLetters) {

    public static final Numbers NONE = new Numbers(0, 0, 0, 0);

    /** From the accumulators of a job. */
    public static Numbers of(Map<String, Object> counts) {
        return new Numbers(
                ofAllSources(counts, "events"),
                ofAllSources(counts, "evaluated"),
                ofAllSources(counts, "late"),
                ofAllSources(counts, "dead_letters"));
    }

    /** The sum of a count over the sources of a job. */
    public static long ofAllSources(Map<String, Object> counts, String name) {
        long sum = 0;
        for (Map.Entry<String, Object> count : counts.entrySet()) {
            boolean ofASource =
                    count.getKey().startsWith("source/") && count.getKey().endsWith("/" + name);
            if (ofASource && count.getValue() instanceof Long number) {
                sum += number;
            }
        }
        return sum;
    }
}
