package io.entrawatch.detection;

import java.time.Duration;
import java.util.List;

/**
 * Events of one group that follow each other in the order of the rules, all in less than a time span: Sigma's {@code
 * temporal_ordered}.
 *
 * @param within exclusive: events exactly this far apart are no sequence
 */
public record SequenceDetection(DetectionMetadata metadata, List<Step> steps, List<String> groupBy, Duration within)
        implements Detection {

    public SequenceDetection {
        if (steps.size() < 2) {
            throw new IllegalArgumentException("rules: " + steps.size() + " (expected: at least two)");
        }
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("timespan: " + within + " (expected: more than nothing)");
        }
    }

    @Override
    public String kind() {
        return "temporal_ordered";
    }
}
