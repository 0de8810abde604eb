package io.entrawatch.report;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.entrawatch.rule.Level;

/**
 * How many alerts of each level there were in each stretch of time. The stretches become longer as the time becomes
 * longer, so that there are never more than {@value #MOST}.
 */
final class Timeline {

    static final int MOST = 180;

    /** Each divides the next one, so that shorter stretches can be put together; from a week on they double. */
    private static final Duration[] WIDTHS = {
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(3),
        Duration.ofHours(6),
        Duration.ofHours(12),
        Duration.ofDays(1),
        Duration.ofDays(7)
    };

    private int step;
    private long widthMillis = WIDTHS[0].toMillis();
    private TreeMap<Long, int[]> counts = new TreeMap<>();

    void add(long atMillis, Level level) {
        counts.computeIfAbsent(Math.floorDiv(atMillis, widthMillis), at -> new int[Level.values().length])[
                level.ordinal()]++;
        while (stretches() > MOST) {
            widen();
        }
    }

    private void widen() {
        step++;
        widthMillis = step < WIDTHS.length ? WIDTHS[step].toMillis() : widthMillis * 2;
        long factor = widthMillis / (step < WIDTHS.length ? WIDTHS[step - 1].toMillis() : widthMillis / 2);
        TreeMap<Long, int[]> wider = new TreeMap<>();
        counts.forEach((at, levels) -> {
            int[] sums = wider.computeIfAbsent(Math.floorDiv(at, factor), key -> new int[levels.length]);
            for (int i = 0; i < levels.length; i++) {
                sums[i] += levels[i];
            }
        });
        counts = wider;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** How many stretches there are from the first alert to the last, with those without an alert. */
    long stretches() {
        return counts.isEmpty() ? 0 : counts.lastKey() - counts.firstKey() + 1;
    }

    long widthMillis() {
        return widthMillis;
    }

    /** The beginning of the first stretch. */
    long startMillis() {
        return counts.firstKey() * widthMillis;
    }

    /** By the number of the stretch, counted from the first: the alerts of each level. */
    Map<Integer, int[]> fromStart() {
        TreeMap<Integer, int[]> shifted = new TreeMap<>();
        counts.forEach((at, levels) -> shifted.put((int) (at - counts.firstKey()), levels));
        return shifted;
    }
}
