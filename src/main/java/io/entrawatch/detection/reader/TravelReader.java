package io.entrawatch.detection.reader;

import java.time.Duration;

import io.entrawatch.detection.Detection;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.yaml.YamlMapping;

/** Reads what makes a journey impossible. */
final class TravelReader {

    private TravelReader() {}

    static Detection read(YamlMapping body, Correlated correlated) {
        OfRules.require(body, correlated);
        YamlMapping learning = body.mapping("learning");
        Detection detection = new TravelDetection(
                correlated.metadata(),
                correlated.steps(),
                correlated.groupBy(),
                body.decimal("speed", 900, 100, 30_000),
                body.decimal("distance", 500, 0, 20_000),
                body.duration("memory", Duration.ofHours(72)),
                body.duration("suppress", Duration.ofHours(24)),
                new TravelDetection.Learning(
                        learning.duration("lasting", Duration.ofDays(14)),
                        learning.number("sign-ins", 10, 0, 1_000),
                        learning.decimal("distance", 2_000, 0, 20_000)));
        if (correlated.steps().size() > 2) {
            body.problem("rules", correlated.steps().size() + " rules (expected: one, or two)");
        }
        if (!learning.names().isEmpty()) {
            learning.rejectOthers();
        }
        return detection;
    }
}
