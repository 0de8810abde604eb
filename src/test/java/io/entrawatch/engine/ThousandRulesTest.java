package io.entrawatch.engine;

import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.entrawatch.testkit.GeneratedRules;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

/** A thousand rules of a user's own beside the shipped ones. */
class ThousandRulesTest {

    private static final int RULES = 1_000;

    @Test
    void eachFiresOnItsOwnEventAndOnNoOther() {
        Map<String, Long> alerts = Replay.withShippedDetections()
                .and(GeneratedRules.rules(RULES))
                .scan(GeneratedRules.events(RULES))
                .documents()
                .stream()
                .map(alert -> alert.at("/rule/id").asText())
                .filter(name -> name.startsWith("generated-"))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(alerts)
                .hasSize(RULES)
                .allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(1));
    }
}
