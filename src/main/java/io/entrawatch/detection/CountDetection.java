package io.entrawatch.detection;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import io.entrawatch.rule.Rule;

/**
 * What the events of a group within a time span come to: how many there are, how many different values they have, or
 * the sum, the average, a percentile or the median of a value. The span is looked at anew with each event and ends with it.
 *
 * @param counted how many of the steps, from the first, are counted; those behind have to be fewer
 * @param percentile from 0 to 100, where that is what is reckoned
 * @param within exclusive: events exactly this far apart are not in one span
 * @param thresholds all of them have to hold
 * @param last which of the steps has to come last, or {@link #ANY}
 * @param suppress how long a group is quiet after an alert, or after a finding that only feeds others
 */
public record CountDetection(
        DetectionMetadata metadata,
        List<Step> steps,
        int counted,
        List<String> groupBy,
        String type,
        Aggregate aggregate,
        double percentile,
        List<String> values,
        Duration within,
        List<Threshold> thresholds,
        int last,
        Duration suppress)
        implements Detection {

    /** What is reckoned. */
    public enum Aggregate {
        EVENTS,
        DIFFERENT_VALUES,
        /** How many of the rules matched: Sigma's {@code temporal}. */
        RULES,
        SUM,
        AVERAGE,
        PERCENTILE,
        MEDIAN
    }

    /** Where whichever of the steps comes last may complete the count. */
    public static final int ANY = -1;

    /** No condition asks for more events or values than this. */
    public static final int LARGEST_COUNT = 10_000;

    /** True where the steps behind {@link #counted} have to come to less. */
    public boolean outnumbers() {
        return counted < steps.size();
    }

    /** True for a rule of those that are counted as such, where whichever comes last may complete them. */
    public boolean isDecidedByAnyOf(int step) {
        return aggregate == Aggregate.RULES && last == ANY && step < counted;
    }

    /** The same with another time of silence. */
    public CountDetection quietFor(Duration time) {
        return new CountDetection(
                metadata, steps, counted, groupBy, type, aggregate, percentile, values, within, thresholds, last, time);
    }

    @Override
    public String kind() {
        return type;
    }

    @Override
    public CountDetection with(UnaryOperator<Rule> change) {
        return new CountDetection(
                metadata,
                Step.with(steps, change),
                counted,
                groupBy,
                type,
                aggregate,
                percentile,
                values,
                within,
                thresholds,
                last,
                suppress);
    }

    @Override
    public <T> T choose(ByKind<T> byKind) {
        return byKind.count(this);
    }

    /** What has to come to less is counted first; and what comes last completes what was there before its own event. */
    @Override
    public int turn(int step) {
        if (step >= counted) {
            return step - steps.size() - 1;
        }
        return step == last ? -1 : step;
    }

    @Override
    public boolean tellsOf(int step) {
        return step < counted;
    }
}
