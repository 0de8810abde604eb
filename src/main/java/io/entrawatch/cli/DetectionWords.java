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
import io.entrawatch.detection.MatchDetection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.Threshold;
import io.entrawatch.detection.TravelDetection;

/** Says of a detection in a sentence when it fires, and in another what is kept for it. */
final class DetectionWords {

    private DetectionWords() {}

    static String fires(Detection detection) {
        return detection.choose(new Fires());
    }

    private static final class Fires implements Detection.ByKind<String> {

        @Override
        public String match(MatchDetection match) {
            return "every event of " + names(match.steps());
        }

        @Override
        public String count(CountDetection count) {
            return counts(count);
        }

        @Override
        public String sequence(SequenceDetection sequence) {
            return follows(sequence);
        }

        @Override
        public String firstSeen(FirstSeenDetection first) {
            String learning = first.learning().isZero() ? "" : ", after " + span(first.learning()) + " of learning";
            String again = first.reminds() ? ", and again after " : ", not seen for ";
            return "a new " + String.join(" and ", first.values()) + per(first) + learning + again
                    + span(first.memory());
        }

        @Override
        public String increase(IncreaseDetection increase) {
            boolean literal = increase.verdict() == IncreaseDetection.Verdict.LITERAL;
            return "a local day" + per(increase) + " with more than " + number(increase.by() * 100)
                    + " % above the same weekday "
                    + (increase.weeks() == 1 ? "last week" : increase.weeks() + " weeks ago")
                    + (literal ? "" : ", and more than chance explains");
        }

        @Override
        public String travel(TravelDetection travel) {
            return "two places at least " + number(travel.distanceKm()) + " km apart" + per(travel) + ", faster than "
                    + number(travel.speedKmh()) + " km/h";
        }
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
                    case MEDIAN -> "as the median of " + count.values().get(0);
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
        return detection.choose(new Costs());
    }

    private static final class Costs implements Detection.ByKind<String> {

        @Override
        public String match(MatchDetection match) {
            return "nothing is kept, but for copies of an alert for a day";
        }

        @Override
        public String count(CountDetection count) {
            return "a few numbers" + per(count) + " for each event that is counted, for " + span(count.within());
        }

        @Override
        public String sequence(SequenceDetection sequence) {
            return "the steps that were taken" + per(sequence) + ", for " + span(sequence.within());
        }

        @Override
        public String firstSeen(FirstSeenDetection first) {
            return "twelve bytes for each value" + per(first) + ", 10,000 values at most, for " + span(first.memory());
        }

        @Override
        public String increase(IncreaseDetection increase) {
            return "a number a day" + per(increase) + " for five weeks, and the ids of three days' events";
        }

        @Override
        public String travel(TravelDetection travel) {
            return "the last 16 places" + per(travel) + ", for " + span(travel.memory());
        }
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
