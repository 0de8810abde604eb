package io.entrawatch.detection.reader;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.entrawatch.detection.Detection;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.yaml.YamlMapping;

/** Reads comparisons of a day with the same weekday before. */
final class IncreaseReader {

    private static final Duration WEEK = Duration.ofDays(7);

    /** The state of an increase is kept for five weeks. */
    private static final int MOST_WEEKS = 4;

    private IncreaseReader() {}

    static Detection read(YamlMapping body, Correlated correlated) {
        OfRules.require(body, correlated);
        Duration over = body.duration("over", WEEK);
        long weeks = over.dividedBy(WEEK);
        if (weeks < 1 || weeks > MOST_WEEKS || !WEEK.multipliedBy(weeks).equals(over)) {
            body.problem("over", over.toDays() + "d (expected: 7d, 14d, 21d or 28d, so that weekdays are the same)");
        }
        YamlMapping significance = body.mapping("significance");
        IncreaseDetection.Verdict verdict = body.choice(
                "verdict",
                new TreeMap<>(Map.of(
                        "literal", IncreaseDetection.Verdict.LITERAL,
                        "significant", IncreaseDetection.Verdict.SIGNIFICANT)),
                IncreaseDetection.Verdict.LITERAL);
        rejectUnasked(body, verdict == IncreaseDetection.Verdict.LITERAL ? "significance" : "minimum", verdict);
        Detection detection = new IncreaseDetection(
                correlated.metadata(),
                correlated.steps(),
                correlated.groupBy(),
                (int) weeks,
                body.percentage("by", 0.1),
                verdict,
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

    private static void rejectUnasked(YamlMapping body, String name, IncreaseDetection.Verdict verdict) {
        if (body.get(name) != null) {
            body.problem(name, "does not go with verdict: " + verdict.name().toLowerCase(Locale.ROOT));
        }
    }
}
