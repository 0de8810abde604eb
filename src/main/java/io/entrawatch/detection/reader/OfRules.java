package io.entrawatch.detection.reader;

import io.entrawatch.detection.Step;
import io.entrawatch.yaml.YamlMapping;

/** For correlations that need the events themselves. */
final class OfRules {

    private OfRules() {}

    static void require(YamlMapping body, Correlated correlated) {
        for (Step step : correlated.steps()) {
            if (step instanceof Step.OfAlerts) {
                body.problem("rules", step.name() + " is a correlation (expected: rules over events)");
            }
        }
    }
}
