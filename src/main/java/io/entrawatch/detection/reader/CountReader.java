package io.entrawatch.detection.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.Threshold;
import io.entrawatch.yaml.YamlMapping;

import static io.entrawatch.detection.CountDetection.Aggregate;

/** Reads Sigma's correlations that count or reckon within a sliding time span. */
final class CountReader {

    static final List<String> TYPES = List.of(
            "event_count", "value_count", "temporal", "value_sum", "value_avg", "value_percentile", "value_median");

    private static final double LARGEST_VALUE = 1e15;

    private final String type;

    CountReader(String type) {
        this.type = type;
    }

    @Nullable
    Detection read(YamlMapping body, Correlated correlated) {
        Duration within = SequenceReader.timespan(body);
        int counted = correlated.addMore("outnumbering");
        if (aggregate() == Aggregate.RULES && body.items("rules").size() == 1) {
            body.note("rules", "only one, each of whose events is an alert (expected: two rules or more)");
        }
        YamlMapping condition = body.mapping("condition");
        List<String> values = aggregate() == Aggregate.EVENTS || aggregate() == Aggregate.RULES
                ? List.of()
                : valuesOf(body, condition);
        double percentile = aggregate() == Aggregate.PERCENTILE ? condition.decimal("percentile", 95, 0, 100) : 0;
        List<Threshold> thresholds = thresholds(body, condition, counted);
        rejectNeverHolding(body, thresholds);
        List<Step> steps = correlated.stepsWithValues(values, condition, "field");
        int last =
                aggregate() == Aggregate.RULES ? last(body, correlated, steps.subList(0, counted)) : CountDetection.ANY;
        if (!condition.names().isEmpty()) {
            condition.rejectOthers();
        }
        Duration suppress = body.duration("suppress");
        if (within == null) {
            return null;
        }
        return new CountDetection(
                correlated.metadata(),
                steps,
                counted,
                correlated.groupBy(),
                type,
                aggregate(),
                percentile,
                values,
                within,
                thresholds,
                last,
                suppress == null ? within : suppress);
    }

    /** Two rules that come in order: cheaper than following a sequence whose first step is all that goes on. */
    private static int last(YamlMapping body, Correlated correlated, List<Step> steps) {
        String reference = body.optional("last");
        if (reference == null) {
            return CountDetection.ANY;
        }
        String name = correlated.nameOf(reference);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                return i;
            }
        }
        body.problem("last", reference + " (expected: the name of one of the rules)");
        return CountDetection.ANY;
    }

    private Aggregate aggregate() {
        return switch (type) {
            case "event_count" -> Aggregate.EVENTS;
            case "value_count" -> Aggregate.DIFFERENT_VALUES;
            case "temporal" -> Aggregate.RULES;
            case "value_sum" -> Aggregate.SUM;
            case "value_avg" -> Aggregate.AVERAGE;
            case "value_percentile" -> Aggregate.PERCENTILE;
            default -> Aggregate.MEDIAN;
        };
    }

    private List<String> valuesOf(YamlMapping body, YamlMapping condition) {
        List<String> values = condition.texts("field");
        if (values.isEmpty()) {
            body.problem("condition", "field: missing (expected: the field whose values are counted)");
        }
        return values;
    }

    private List<Threshold> thresholds(YamlMapping body, YamlMapping condition, int counted) {
        List<Threshold> thresholds = new ArrayList<>();
        for (Threshold.Operator operator : Threshold.Operator.values()) {
            String name = operator.name().toLowerCase(Locale.ROOT);
            if (condition.has(name)) {
                if (condition.get(name) == null) {
                    condition.problem(name, "missing (expected: a number)");
                }
                double value = counts()
                        ? condition.number(name, harmless(operator), 0, CountDetection.LARGEST_COUNT)
                        : condition.decimal(name, 0, -LARGEST_VALUE, LARGEST_VALUE);
                thresholds.add(new Threshold(operator, value));
            }
        }
        if (thresholds.isEmpty() && aggregate() == Aggregate.RULES) {
            thresholds.add(new Threshold(Threshold.Operator.GTE, counted));
        } else if (thresholds.isEmpty()) {
            body.problem("condition", "missing (expected: gte, gt, lte, lt, eq or neq with a number)");
        }
        return List.copyOf(thresholds);
    }

    /** In the place of what is no number, so that it is told once. */
    private static int harmless(Threshold.Operator operator) {
        return operator == Threshold.Operator.LT || operator == Threshold.Operator.LTE
                ? CountDetection.LARGEST_COUNT
                : 1;
    }

    private boolean counts() {
        return switch (aggregate()) {
            case EVENTS, DIFFERENT_VALUES, RULES -> true;
            case SUM, AVERAGE, PERCENTILE, MEDIAN -> false;
        };
    }

    /** The event that is looked at is counted, so that no count is less than one. */
    private void rejectNeverHolding(YamlMapping body, List<Threshold> thresholds) {
        int most = aggregate() == Aggregate.RULES ? body.items("rules").size() : CountDetection.LARGEST_COUNT + 1;
        DoubleStream possible = counts() ? IntStream.rangeClosed(1, most).asDoubleStream() : valuesAround(thresholds);
        if (!thresholds.isEmpty()
                && possible.noneMatch(count -> thresholds.stream().allMatch(threshold -> threshold.holds(count)))) {
            String met = counts() ? "a count from 1 to " + most : "some number";
            body.problem("condition", "never holds (expected: one that " + met + " meets)");
        }
    }

    /** If any number holds to all thresholds, one of these does. */
    private static DoubleStream valuesAround(List<Threshold> thresholds) {
        return thresholds.stream().flatMapToDouble(one -> thresholds.stream().flatMapToDouble(other -> {
            double middle = (one.value() + other.value()) / 2;
            return DoubleStream.of(middle, middle - 1, middle + 1);
        }));
    }
}
