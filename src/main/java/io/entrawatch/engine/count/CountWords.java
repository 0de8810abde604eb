package io.entrawatch.engine.count;

import java.util.Locale;

import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.engine.Shown;
import io.entrawatch.engine.Spans;
import io.entrawatch.engine.Subjects;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.event.EventSummary;

/** Puts a count into words. */
final class CountWords {

    private CountWords() {}

    /** @param found what the rules or detections that matched found, for those of which that is counted */
    static String of(CountDetection detection, Observation observation, double observed, String found) {
        String what =
                switch (detection.aggregate()) {
                    case EVENTS ->
                        observed == 1 ? "1 " + one(detection) : number(observed) + " " + one(detection) + "s";
                    case DIFFERENT_VALUES ->
                        number(observed) + " different " + String.join(" and ", detection.values());
                    case RULES -> found;
                    case SUM -> "the sum of " + detection.values().get(0) + " is " + number(observed);
                    case AVERAGE -> "the average of " + detection.values().get(0) + " is " + number(observed);
                    case PERCENTILE ->
                        "the " + number(detection.percentile()) + "th percentile of "
                                + detection.values().get(0) + " is " + number(observed);
                    case MEDIAN -> "the median of " + detection.values().get(0) + " is " + number(observed);
                };
        String span = Spans.words(detection.within());
        // What came together may itself have taken longer.
        String when = detection.aggregate() == CountDetection.Aggregate.RULES
                ? ", less than " + span + " apart"
                : " within " + span;
        boolean alone = detection.aggregate() == CountDetection.Aggregate.EVENTS && observed == 1;
        return Subjects.of(observation) + ": " + (alone ? event(observation) : what + when);
    }

    private static String event(Observation observation) {
        EventSummary event = observation.evidence();
        return Shown.happened(event) + Shown.behind(event.activity(), observation.shown());
    }

    static String unit(CountDetection detection) {
        return switch (detection.aggregate()) {
            case EVENTS -> one(detection) + "s";
            case DIFFERENT_VALUES -> "different " + String.join(" and ", detection.values());
            case RULES -> "rules";
            case SUM, AVERAGE, PERCENTILE, MEDIAN -> detection.values().get(0);
        };
    }

    /** More events only make a count larger; a sum or an average they may make smaller. */
    static String approximate(CountDetection detection) {
        String what = "older " + one(detection) + "s were discarded";
        return switch (detection.aggregate()) {
            case EVENTS, DIFFERENT_VALUES, RULES -> "lower bound: " + what;
            case SUM, AVERAGE, PERCENTILE, MEDIAN -> what;
        };
    }

    /** What is counted or reckoned with, one of it. */
    private static String one(CountDetection detection) {
        for (int i = 0; i < detection.counted(); i++) {
            if (detection.steps().get(i) instanceof Step.OfRule) {
                return "event";
            }
        }
        return "alert";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
