package io.entrawatch.detection.reader;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Detection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.yaml.YamlMapping;

/** Reads correlations of steps in order. */
final class SequenceReader {

    private SequenceReader() {}

    static @Nullable Detection read(YamlMapping body, Correlated correlated) {
        return read(body, correlated, false);
    }

    static @Nullable Detection readNotFollowed(YamlMapping body, Correlated correlated) {
        return read(body, correlated, true);
    }

    private static @Nullable Detection read(YamlMapping body, Correlated correlated, boolean lastMissing) {
        Duration within = timespan(body);
        Duration atLeast = lastMissing ? Duration.ZERO : body.duration("at-least", Duration.ZERO);
        if (within != null && atLeast.compareTo(within) >= 0) {
            body.problem("at-least", body.text("at-least", "") + " (expected: less than the timespan)");
        }
        int rules = body.items("rules").size();
        if (rules < 2) {
            body.problem("rules", "a sequence needs at least two rules");
        }
        if (!lastMissing && body.get("condition") != null) {
            checkCondition(body.mapping("condition"), rules, body);
        }
        boolean every = !lastMissing && body.flag("every", false);
        Duration suppress = body.duration("suppress");
        if (within == null || correlated.steps().size() < 2) {
            return null;
        }
        return new SequenceDetection(
                correlated.metadata(),
                correlated.steps(),
                correlated.groupBy(),
                within,
                atLeast,
                lastMissing,
                every,
                suppress == null ? within : suppress);
    }

    /** Sigma lets some of the rules be enough; here it may only be said that all of them are asked for. */
    private static void checkCondition(YamlMapping condition, int rules, YamlMapping body) {
        boolean all = condition.names().size() == 1
                && Set.of("gte", "eq").containsAll(condition.names())
                && condition.texts(condition.names().iterator().next()).equals(List.of(Integer.toString(rules)));
        if (!all) {
            body.problem("condition", "all rules have to match, in order (expected: none, or gte: " + rules + ")");
        }
    }

    /** The entry {@code timespan}; null after a problem. */
    static @Nullable Duration timespan(YamlMapping body) {
        Duration within = body.duration("timespan");
        if (body.get("timespan") == null) {
            body.problem("timespan", "missing (expected: a time span such as 24h)");
        } else if (within != null && within.isZero()) {
            body.problem("timespan", body.text("timespan", "") + " (expected: more than nothing)");
            return null;
        }
        return within;
    }
}
