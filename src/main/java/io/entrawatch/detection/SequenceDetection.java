package io.entrawatch.detection;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import io.entrawatch.rule.Rule;

/**
 * Events of one group that follow each other in the order of the rules, all in less than a time span: Sigma's {@code
 * temporal_ordered}. Or events of which the last one fails to come: {@code not_followed}.
 *
 * @param within exclusive: events exactly this far apart are no sequence
 * @param atLeast how far apart the first and the last have to be
 * @param lastMissing whether the last step has to be missing
 * @param every whether all such events are told, once for each user of the last step that is a rule, and not only the first
 * @param suppress how long a group is quiet after an alert
 */
public record SequenceDetection(
        DetectionMetadata metadata,
        List<Step> steps,
        List<String> groupBy,
        Duration within,
        Duration atLeast,
        boolean lastMissing,
        boolean every,
        Duration suppress)
        implements Detection {

    public SequenceDetection {
        if (steps.size() < 2) {
            throw new IllegalArgumentException("rules: " + steps.size() + " (expected: at least two)");
        }
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("timespan: " + within + " (expected: more than nothing)");
        }
    }

    /** Whether it is two steps that come, so that the first can wait for the second. */
    public boolean isPair() {
        return steps.size() == 2 && !lastMissing;
    }

    /** Whether it is one step that another fails to follow, so that one of the other ends all that waited for it. */
    public boolean isUnfollowed() {
        return steps.size() == 2 && lastMissing;
    }

    /** Whether of two steps each event of the last is told, and not each of the first. */
    public boolean isEachLast() {
        return every && isPair() && (isOfRule(1) || !isOfRule(0));
    }

    private boolean isOfRule(int step) {
        return steps.get(step) instanceof Step.OfRule;
    }

    @Override
    public String kind() {
        return lastMissing ? "not_followed" : "temporal_ordered";
    }

    @Override
    public SequenceDetection with(UnaryOperator<Rule> change) {
        return new SequenceDetection(
                metadata, Step.with(steps, change), groupBy, within, atLeast, lastMissing, every, suppress);
    }

    @Override
    public <T> T choose(ByKind<T> byKind) {
        return byKind.sequence(this);
    }
}
