package io.entrawatch.generate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One detection's part of a scorecard. */
public final class ScorecardRow {

    int attacks;
    int found;
    int nearMisses;
    int right;
    int wrong;
    final List<Duration> afterFirst = new ArrayList<>();
    final List<Duration> afterLast = new ArrayList<>();

    public int attacks() {
        return attacks;
    }

    /** How many attacks were alerted. */
    public int found() {
        return found;
    }

    public int nearMisses() {
        return nearMisses;
    }

    /** Alerts that an attack explains, or that a play says are right about it. */
    public int right() {
        return right;
    }

    /** Alerts that no attack explains. */
    public int wrong() {
        return wrong;
    }

    /** The share of attacks that was found. */
    public double recall() {
        return attacks == 0 ? 1 : (double) found / attacks;
    }

    /** The share of alerts that is right. */
    public double precision() {
        return right + wrong == 0 ? 1 : (double) right / (right + wrong);
    }

    /** From the first event of an attack to its alert, in the logs' own time: the median and the worst. */
    public List<Duration> afterFirst() {
        return medianAndWorst(afterFirst);
    }

    /** From the last event of an attack to its alert; zero where the alert came before. */
    public List<Duration> afterLast() {
        return medianAndWorst(afterLast);
    }

    private static List<Duration> medianAndWorst(List<Duration> all) {
        if (all.isEmpty()) {
            return List.of();
        }
        List<Duration> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        Duration lower = sorted.get((sorted.size() - 1) / 2);
        Duration upper = sorted.get(sorted.size() / 2);
        return List.of(lower.plus(upper).dividedBy(2), sorted.get(sorted.size() - 1));
    }
}
