package io.entrawatch.benchmark;

import java.util.Arrays;
import java.util.Collection;

/** How long alerts took, in milliseconds, in ascending order. */
record Latencies(long[] sorted) {

    static Latencies of(Collection<Long> millis) {
        long[] sorted = millis.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    /** What that share of them did not exceed. */
    long at(double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    long longest() {
        return sorted[sorted.length - 1];
    }

    int count() {
        return sorted.length;
    }
}
