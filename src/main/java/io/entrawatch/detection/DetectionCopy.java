package io.entrawatch.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.entrawatch.rule.Rule;

/** Copies detections with other rules in the place of their own. */
final class DetectionCopy {

    private DetectionCopy() {}

    static Detection of(Detection detection, UnaryOperator<Rule> change) {
        if (detection instanceof MatchDetection match) {
            return new MatchDetection(match.metadata(), change.apply(match.rule()));
        }
        List<Step> steps = steps(detection.steps(), change);
        if (detection instanceof CountDetection count) {
            return new CountDetection(
                    count.metadata(),
                    steps,
                    count.counted(),
                    count.groupBy(),
                    count.type(),
                    count.aggregate(),
                    count.percentile(),
                    count.values(),
                    count.within(),
                    count.thresholds(),
                    count.last(),
                    count.suppress());
        }
        if (detection instanceof SequenceDetection sequence) {
            return new SequenceDetection(
                    sequence.metadata(),
                    steps,
                    sequence.groupBy(),
                    sequence.within(),
                    sequence.atLeast(),
                    sequence.lastMissing(),
                    sequence.every(),
                    sequence.suppress());
        }
        if (detection instanceof FirstSeenDetection first) {
            return new FirstSeenDetection(
                    first.metadata(),
                    steps,
                    first.asked(),
                    first.groupBy(),
                    first.values(),
                    first.learning(),
                    first.memory(),
                    first.reminds());
        }
        if (detection instanceof IncreaseDetection increase) {
            return new IncreaseDetection(
                    increase.metadata(),
                    steps,
                    increase.groupBy(),
                    increase.weeks(),
                    increase.by(),
                    increase.verdict(),
                    increase.minimum(),
                    increase.significance());
        }
        TravelDetection travel = (TravelDetection) detection;
        return new TravelDetection(
                travel.metadata(),
                steps,
                travel.groupBy(),
                travel.speedKmh(),
                travel.distanceKm(),
                travel.memory(),
                travel.suppress(),
                travel.learning());
    }

    private static List<Step> steps(List<Step> steps, UnaryOperator<Rule> change) {
        List<Step> copies = new ArrayList<>();
        for (Step step : steps) {
            copies.add(
                    step instanceof Step.OfRule of
                            ? new Step.OfRule(change.apply(of.rule()), of.group(), of.values())
                            : step);
        }
        return List.copyOf(copies);
    }
}
