package io.entrawatch.detection;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import io.entrawatch.rule.Rule;

/**
 * A value that a group did not have before.
 *
 * @param asked how many of the steps, from the first, are asked about; those behind only teach what is known. Where
 *     there are none behind, the events that are asked about teach as well
 * @param values the names of the fields of the value, as the document writes them
 * @param learning how long a group is watched before anything is new; nothing for at once
 * @param memory how long a value is known, in whole days of UTC: after it was last seen
 * @param reminds whether a value is known only so long after it was told, so that it is told again while it lasts
 */
public record FirstSeenDetection(
        DetectionMetadata metadata,
        List<Step> steps,
        int asked,
        List<String> groupBy,
        List<String> values,
        Duration learning,
        Duration memory,
        boolean reminds)
        implements Detection {

    @Override
    public String kind() {
        return "first_seen";
    }

    /** True for events of this step, which say what is known from now on. */
    public boolean teaches(int step) {
        return step >= asked || asked == steps.size();
    }

    @Override
    public FirstSeenDetection with(UnaryOperator<Rule> change) {
        return new FirstSeenDetection(
                metadata, Step.with(steps, change), asked, groupBy, values, learning, memory, reminds);
    }

    @Override
    public <T> T choose(ByKind<T> byKind) {
        return byKind.firstSeen(this);
    }

    @Override
    public boolean tellsOf(int step) {
        return step < asked;
    }
}
