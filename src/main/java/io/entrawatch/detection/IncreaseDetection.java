package io.entrawatch.detection;

import java.io.Serializable;
import java.util.List;
import java.util.function.UnaryOperator;

import io.entrawatch.rule.Rule;

/**
 * More events of a group on one local calendar day than on the same weekday some weeks before.
 *
 * @param weeks how many weeks lie between the two days
 * @param by the increase that is still normal, as a fraction: 0.1 for 10 %
 * @param verdict what has to hold
 * @param minimum how many events it takes where the earlier day had none
 */
public record IncreaseDetection(
        DetectionMetadata metadata,
        List<Step> steps,
        List<String> groupBy,
        int weeks,
        double by,
        Verdict verdict,
        int minimum,
        Significance significance)
        implements Detection {

    /** Which of the two readings of "more" a detection takes. */
    public enum Verdict {
        /** Today's count exceeds the earlier day's by more than the share: the guide's words. */
        LITERAL,
        /** The increase is also too large to be chance. */
        SIGNIFICANT
    }

    /**
     * When an increase is too large to be chance.
     *
     * @param atLeast today's count, at least
     * @param moreBy how many more than on the earlier day, at least
     * @param deviations how many standard deviations above what the share allows, at least
     */
    public record Significance(int atLeast, int moreBy, double deviations) implements Serializable {}

    @Override
    public String kind() {
        return "increase";
    }

    @Override
    public IncreaseDetection with(UnaryOperator<Rule> change) {
        return new IncreaseDetection(
                metadata, Step.with(steps, change), groupBy, weeks, by, verdict, minimum, significance);
    }

    @Override
    public <T> T choose(ByKind<T> byKind) {
        return byKind.increase(this);
    }
}
