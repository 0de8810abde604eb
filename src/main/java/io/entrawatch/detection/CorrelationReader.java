package io.entrawatch.detection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldNames;
import io.entrawatch.rule.Correlation;
import io.entrawatch.rule.Rule;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/** Reads the body of each kind of correlation into its detection. */
final class CorrelationReader {

    private static final Duration WEEK = Duration.ofDays(7);

    /** The state of an increase is kept for five weeks. */
    private static final int MOST_WEEKS = 4;

    private static final List<String> TYPES = List.of("temporal_ordered", "increase", "impossible_travel");

    /** Sigma's other types, which are known and not yet run. */
    private static final Set<String> LATER = Set.of(
            "event_count", "value_count", "temporal", "value_sum", "value_avg", "value_percentile", "value_median");

    private final Map<String, Rule> rules;
    private final Problems problems;
    private boolean generates;

    CorrelationReader(Map<String, Rule> rules, Problems problems) {
        this.rules = rules;
        this.problems = problems;
    }

    /** Whether the rules of the correlation read last are detections of their own as well. */
    boolean generates() {
        return generates;
    }

    Optional<Detection> read(Correlation correlation) {
        YamlMapping body = correlation.body();
        body.has("type");
        body.has("rules");
        generates = body.flag("generate", false);
        List<String> groupBy = body.texts("group-by");
        int before = problems.count();
        List<Step> steps = steps(correlation, groupBy);
        DetectionMetadata metadata = DetectionMetadata.of(correlation.header());
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        Optional<Detection> detection =
                switch (correlation.type()) {
                    case "temporal_ordered" -> sequence(body, metadata, steps, groupBy);
                    case "increase" -> Optional.of(increase(body, metadata, steps, groupBy));
                    case "impossible_travel" -> Optional.of(travel(body, metadata, steps, groupBy));
                    default -> {
                        refuseType(body, correlation.type());
                        yield Optional.empty();
                    }
                };
        if (TYPES.contains(correlation.type())) {
            body.rejectOthers();
        }
        return problems.count() == before ? detection : Optional.empty();
    }

    private void refuseType(YamlMapping body, String type) {
        if (LATER.contains(type)) {
            body.problem("type", type + " is not run by this version (expected: " + String.join(", ", TYPES) + ")");
        } else {
            body.problem(
                    "type", type + " (expected: " + String.join(", ", TYPES) + ")" + Problems.suggestion(type, TYPES));
        }
    }

    private List<Step> steps(Correlation correlation, List<String> groupBy) {
        List<Step> steps = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (YamlNode reference : correlation.rules()) {
            Rule rule = rules.get(reference.text());
            if (rule == null) {
                problems.add(
                        reference.position(),
                        "rules: there is no rule " + reference.describe()
                                + Problems.suggestion(reference.text(), rules.keySet()));
            } else if (!seen.add(rule.header().name())) {
                problems.add(reference.position(), "rules: " + reference.text() + " is given twice");
            } else {
                steps.add(new Step(rule, group(rule, groupBy, correlation.body())));
            }
        }
        return steps;
    }

    private List<Field> group(Rule rule, List<String> groupBy, YamlMapping body) {
        List<Field> fields = new ArrayList<>();
        for (String name : groupBy) {
            Optional<Field> field = FieldNames.resolve(rule.source(), name);
            if (field.isEmpty()) {
                body.problem(
                        "group-by",
                        name + " is unknown for service " + rule.source().service()
                                + Problems.suggestion(name, FieldNames.known(rule.source())));
            }
            field.filter(found -> found != Field.TENANT).ifPresent(fields::add);
        }
        return List.copyOf(fields);
    }

    private Optional<Detection> sequence(
            YamlMapping body, DetectionMetadata metadata, List<Step> steps, List<String> groupBy) {
        Duration within = body.duration("timespan");
        if (body.get("timespan") == null) {
            body.problem("timespan", "missing (expected: a time span such as 24h)");
        } else if (within != null && within.isZero()) {
            body.problem("timespan", body.text("timespan", "") + " (expected: more than nothing)");
        }
        if (within == null || within.isZero()) {
            return Optional.empty();
        }
        if (body.items("rules").size() < 2) {
            body.problem("rules", "one rule is no sequence (expected: at least two)");
        }
        if (steps.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new SequenceDetection(metadata, steps, groupBy, within));
    }

    private Detection increase(YamlMapping body, DetectionMetadata metadata, List<Step> steps, List<String> groupBy) {
        Duration over = body.duration("over", WEEK);
        long weeks = over.dividedBy(WEEK);
        if (weeks < 1 || weeks > MOST_WEEKS || !WEEK.multipliedBy(weeks).equals(over)) {
            body.problem("over", over.toDays() + "d (expected: 7d, 14d, 21d or 28d, so that weekdays are the same)");
        }
        YamlMapping significance = body.mapping("significance");
        Detection detection = new IncreaseDetection(
                metadata,
                steps,
                groupBy,
                (int) weeks,
                body.percentage("by", 0.1),
                body.choice(
                        "verdict",
                        Map.of(
                                "literal", IncreaseDetection.Verdict.LITERAL,
                                "significant", IncreaseDetection.Verdict.SIGNIFICANT),
                        IncreaseDetection.Verdict.LITERAL),
                body.number("minimum", 10, 1, 1_000_000),
                new IncreaseDetection.Significance(
                        significance.number("at-least", 50, 1, 1_000_000_000),
                        significance.number("more-by", 20, 0, 1_000_000_000),
                        significance.decimal("deviations", 3, 0, 100)));
        if (!significance.names().isEmpty()) {
            significance.rejectOthers();
        }
        return detection;
    }

    private Detection travel(YamlMapping body, DetectionMetadata metadata, List<Step> steps, List<String> groupBy) {
        YamlMapping learning = body.mapping("learning");
        Detection detection = new TravelDetection(
                metadata,
                steps,
                groupBy,
                body.decimal("speed", 900, 100, 30_000),
                body.decimal("distance", 500, 0, 20_000),
                body.duration("memory", Duration.ofHours(72)),
                body.duration("suppress", Duration.ofHours(24)),
                new TravelDetection.Learning(
                        learning.duration("lasting", Duration.ofDays(14)),
                        learning.number("sign-ins", 10, 0, 1_000),
                        learning.decimal("distance", 2_000, 0, 20_000)));
        if (steps.size() > 2) {
            body.problem("rules", steps.size() + " rules (expected: one, or two)");
        }
        if (!learning.names().isEmpty()) {
            learning.rejectOthers();
        }
        return detection;
    }
}
