package io.entrawatch.detection.reader;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.rule.Correlation;
import io.entrawatch.rule.SigmaDocument;

/**
 * How long counts that only feed others are quiet where their documents do not say. They alert nobody, and what looks at them
 * needs their latest finding: were they quiet for their own time span, it would miss what came together late in a burst.
 */
final class QuietParts {

    /** So many findings of a group reach what looks at them within its time span, and may wait there, whatever the burst. */
    private static final int MOST_FINDINGS = 32;

    private final Map<String, SigmaDocument> documents;
    private final Map<String, Detection> detections;

    QuietParts(Map<String, SigmaDocument> documents, Map<String, Detection> detections) {
        this.documents = documents;
        this.detections = detections;
    }

    Detection quiet(Detection part) {
        if (!(part instanceof CountDetection count) || saysHowLong(part)) {
            return part;
        }
        Duration quiet = count.suppress();
        for (Detection looking : detections.values()) {
            if (looksAt(part, looking)) {
                Duration span = spanOf(looking);
                if (span == null) {
                    return part;
                }
                Duration enough = span.dividedBy(MOST_FINDINGS);
                quiet = enough.compareTo(quiet) < 0 ? enough : quiet;
            }
        }
        return count.quietFor(quiet);
    }

    private boolean saysHowLong(Detection part) {
        return documents.get(part.name()) instanceof Correlation correlation
                && correlation.body().peek("suppress") != null;
    }

    private static boolean looksAt(Detection part, Detection looking) {
        return looking.steps().stream()
                .anyMatch(step ->
                        step instanceof Step.OfAlerts of && of.detection().equals(part.name()));
    }

    /** Null where each finding counts, so that one burst must not count as many. */
    private static @Nullable Duration spanOf(Detection looking) {
        if (looking instanceof SequenceDetection sequence) {
            return sequence.within();
        }
        return looking instanceof CountDetection count && countsOnce(count) ? count.within() : null;
    }

    private static boolean countsOnce(CountDetection count) {
        return switch (count.aggregate()) {
            case RULES, DIFFERENT_VALUES -> true;
            case EVENTS, SUM, AVERAGE, PERCENTILE, MEDIAN -> false;
        };
    }
}
