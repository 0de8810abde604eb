package io.entrawatch.engine.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.IncreaseDetection;

/**
 * How many events of a day make an increase over an earlier day. Counts only grow, so that one number says it for the
 * whole day: the verdict falls on the event that reaches it.
 *
 * @param needed the smallest count that is an increase
 * @param baseline the earlier day's count
 * @param median of the same weekday in up to four weeks
 * @param dispersion variance over mean of the same weekday in up to four weeks, at least 1; of days that stand out, as of an
 *     attack, it says nothing
 * @param baselineSuspect whether the earlier day had less than half the median or stands out above it, and the median
 *     stands in for it
 */
record Increase(long needed, long baseline, double median, double dispersion, boolean baselineSuspect) {

    private static final long PARTS = 1_000_000;

    /** Below this count the normal approximation is too coarse, and the exact test decides. */
    private static final long SMALL = 50;

    /** A day with more than so many times the median stands out, as the day of an attack does. */
    private static final int STANDS_OUT = 3;

    /** Of fewer days the median is not what is usual. */
    private static final int FEWEST_DAYS = 3;

    /**
     * The count it takes.
     *
     * @param baseline the earlier day's count, or null where that day had no logs
     * @param history counts of the same weekday in the last four weeks, as far as there are any
     * @return null where nothing can be said, because there is no earlier day to compare with
     */
    static @Nullable Increase over(IncreaseDetection detection, @Nullable Long baseline, List<Long> history) {
        if (baseline == null) {
            return null;
        }
        double median = median(history);
        double dispersion = dispersion(history, median);
        boolean low = baseline < 0.5 * median;
        if (detection.verdict() == IncreaseDetection.Verdict.LITERAL) {
            long needed = baseline == 0 ? detection.minimum() : moreThan(baseline, detection.by());
            return new Increase(needed, baseline, median, dispersion, low);
        }
        boolean suspect = low || standsOut(baseline, history, median);
        double reference = suspect ? median : baseline;
        long needed = significant(detection, reference, dispersion);
        return new Increase(needed, baseline, median, dispersion, suspect);
    }

    /** Whether the earlier day stands out above what its weekday usually has, and is not what is compared with. */
    boolean baselineStandsOut() {
        return baselineSuspect && baseline > median;
    }

    /** The smallest whole number greater than {@code baseline × (1 + by)}, without rounding errors. */
    static long moreThan(long baseline, double by) {
        long parts = PARTS + Math.round(by * PARTS);
        return baseline / PARTS * parts + Math.floorDiv(baseline % PARTS * parts, PARTS) + 1;
    }

    private static long significant(IncreaseDetection detection, double reference, double dispersion) {
        IncreaseDetection.Significance rule = detection.significance();
        long low = Math.max(rule.atLeast(), (long) Math.ceil(reference + rule.moreBy()));
        long high = low;
        while (!isSignificant(high, reference, detection.by(), rule.deviations(), dispersion)) {
            low = high + 1;
            high *= 2;
        }
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (isSignificant(middle, reference, detection.by(), rule.deviations(), dispersion)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return high;
    }

    private static boolean isSignificant(
            long count, double reference, double by, double deviations, double dispersion) {
        double ratio = 1 + by;
        if (reference < SMALL) {
            double chance = Probability.binomialTail(count, count + Math.round(reference), ratio / (1 + ratio));
            return chance <= Probability.normalTail(deviations);
        }
        double deviation = Math.sqrt(dispersion * (count + ratio * ratio * reference));
        return (count - ratio * reference) / deviation >= deviations;
    }

    private static double median(List<Long> counts) {
        if (counts.isEmpty()) {
            return 0;
        }
        List<Long> sorted = new ArrayList<>(counts);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }

    private static boolean standsOut(long count, List<Long> history, double median) {
        return history.size() >= FEWEST_DAYS && count > STANDS_OUT * median;
    }

    private static double dispersion(List<Long> history, double median) {
        List<Long> counts = new ArrayList<>();
        double sum = 0;
        for (long count : history) {
            if (!standsOut(count, history, median)) {
                counts.add(count);
                sum += count;
            }
        }
        if (counts.size() < 2 || sum == 0) {
            return 1;
        }
        double mean = sum / counts.size();
        double squares = 0;
        for (long count : counts) {
            squares += (count - mean) * (count - mean);
        }
        return Math.max(1, squares / (counts.size() - 1) / mean);
    }
}
