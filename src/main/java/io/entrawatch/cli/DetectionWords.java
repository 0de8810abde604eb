package io.entrawatch.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.FirstSeenDetection;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.Threshold;
import io.entrawatch.detection.TravelDetection;

/** Says of a detection in a sentence when it fires, and in another what is kept for it. */
final class DetectionWords {

    private DetectionWords() {}

    static String fires(Detection detection) {
        if (detection instanceof CountDetection count) {
            return counts(count);
        }
        if (detection instanceof SequenceDetection sequence) {
            return follows(sequence);
        }
        if (detection instanceof FirstSeenDetection first) {
            String learning = first.learning().isZero() ? "" : ", after " + span(first.learning()) + " of learning";
            String again = first.reminds() ? ", and again after " : ", not seen for ";
            return "a new " + String.join(" and ", first.values()) + per(detection) + learning + again
                    + span(first.memory());
        }
        if (detection instanceof IncreaseDetection increase) {
            boolean literal = increase.verdict() == IncreaseDetection.Verdict.LITERAL;
            return "a local day" + per(detection) + " with more than " + number(increase.by() * 100)
                    + " % above the same weekday "
                    + (increase.weeks() == 1 ? "last week" : increase.weeks() + " weeks ago")
                    + (literal ? "" : ", and more than chance explains");
        }
        if (detection instanceof TravelDetection travel) {
            return "two places at least " + number(travel.distanceKm()) + " km apart" + per(detection)
                    + ", faster than " + number(travel.speedKmh()) + " km/h";
        }
        return "every event of " + names(detection.steps());
    }

    private static String counts(CountDetection count) {
        String what =
                switch (count.aggregate()) {
                    case EVENTS -> "events of " + names(count.steps().subList(0, count.counted()));
                    case DIFFERENT_VALUES ->
                        "different " + String.join(" and ", count.values()) + " in "
                                + names(count.steps().subList(0, count.counted()));
                    case RULES -> "of " + names(count.steps());
                    case SUM -> "as the sum of " + count.values().get(0);
                    case AVERAGE -> "as the average of " + count.values().get(0);
                    case PERCENTILE ->
                        "as the " + number(count.percentile()) + "th percentile of "
                                + count.values().get(0);
                };
        StringJoiner limits = new StringJoiner(" and ");
        for (Threshold threshold : count.thresholds()) {
            limits.add(words(threshold.operator()) + number(threshold.value()));
        }
        String more = count.outnumbers()
                ? ", more than of "
                        + names(count.steps()
                                .subList(count.counted(), count.steps().size()))
                : "";
        String last = count.last() == CountDetection.ANY
                ? ""
                : ", `" + count.steps().get(count.last()).name() + "` last";
        return limits + " " + what + per(count) + " within " + span(count.within()) + last + more + "; then quiet for "
                + span(count.suppress());
    }

    private static String follows(SequenceDetection sequence) {
        StringJoiner steps = new StringJoiner(", then ");
        sequence.steps().forEach(step -> steps.add("`" + step.name() + "`"));
        if (sequence.lastMissing()) {
            return steps.toString().replace(", then ", " that is not followed by ") + per(sequence) + " within "
                    + span(sequence.within());
        }
        String atLeast = sequence.atLeast().isZero() ? "" : " and not less than " + span(sequence.atLeast());
        return steps + per(sequence) + " in less than " + span(sequence.within()) + atLeast;
    }

    static String costs(Detection detection) {
        if (detection instanceof CountDetection count) {
            return "a few numbers" + per(detection) + " for each event that is counted, for " + span(count.within());
        }
        if (detection instanceof SequenceDetection sequence) {
            return "the steps that were taken" + per(detection) + ", for " + span(sequence.within());
        }
        if (detection instanceof FirstSeenDetection first) {
            return "twelve bytes for each value" + per(detection) + ", 10,000 values at most, for "
                    + span(first.memory());
        }
        if (detection instanceof IncreaseDetection) {
            return "a number a day" + per(detection) + " for five weeks, and the ids of three days' events";
        }
        if (detection instanceof TravelDetection travel) {
            return "the last 16 places" + per(detection) + ", for " + span(travel.memory());
        }
        return "nothing is kept, but for copies of an alert for a day";
    }

    private static String names(List<Step> steps) {
        StringJoiner names = new StringJoiner(", ");
        steps.forEach(step ->
                names.add(step.name().equals(Step.OfAlerts.ANY) ? "any other detection" : "`" + step.name() + "`"));
        return names.toString();
    }

    private static String per(Detection detection) {
        List<String> groups = detection.groupBy();
        return groups.isEmpty() ? " per tenant" : " per " + String.join(" and ", groups);
    }

    private static String words(Threshold.Operator operator) {
        return switch (operator) {
            case GTE -> "at least ";
            case GT -> "more than ";
            case LTE -> "at most ";
            case LT -> "fewer than ";
            case EQ -> "exactly ";
            case NEQ -> "other than ";
        };
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String span(Duration span) {
        if (span.isZero()) {
            return "no time";
        }
        String[] units = {"day", "hour", "minute"};
        long[] seconds = {86_400, 3_600, 60};
        for (int i = 0; i < units.length; i++) {
            long count = span.toSeconds() / seconds[i];
            if (count > 0 && span.toSeconds() % seconds[i] == 0) {
                return String.format(Locale.ROOT, "%d %s%s", count, units[i], count == 1 ? "" : "s");
            }
        }
        return span.toSeconds() + " seconds";
    }
}
