package io.entrawatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.cli.ScanResult;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.Scenarios;
import io.entrawatch.testkit.Scenarios.Scenario;

import static org.assertj.core.api.Assertions.assertThat;

/** Plays the scenarios of all detections through one job. */
class ScenariosTest {

    /** A level that one of the alerts must have, as part of a scenario's name. */
    private static final Pattern LEVEL = Pattern.compile("-as-(informational|low|medium|high|critical)(-|$)");

    /** How many alerts there must be, as the beginning of a scenario's name. */
    private static final Pattern HOW_OFTEN = Pattern.compile("^fires-(once|twice|again|for-each)-");

    private static final Path WORDS = Path.of("src/test/resources/words-of-alerts.txt");

    private static final Map<String, List<JsonNode>> ALERTS = new HashMap<>();
    private static ScanResult result;

    @BeforeAll
    static void playAll() {
        List<Scenario> scenarios = Scenarios.all();
        List<String> lines = new ArrayList<>();
        scenarios.forEach(scenario -> lines.addAll(scenario.lines()));
        result = Replay.withShippedDetections()
                .of(Scenarios.organization(scenarios))
                .scan(lines);
        for (JsonNode alert : result.documents()) {
            String of = alert.at("/organization/id").asText() + " "
                    + alert.at("/rule/id").asText();
            ALERTS.computeIfAbsent(of, key -> new ArrayList<>()).add(alert);
        }
    }

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void aScenarioComesToWhatItsNameSays(Scenario scenario) {
        List<JsonNode> alerts = ALERTS.getOrDefault(scenario.tenant() + " " + scenario.detection(), List.of());
        if (!scenario.fires()) {
            assertThat(alerts).isEmpty();
            return;
        }
        assertThat(alerts).isNotEmpty();
        Matcher howOften = HOW_OFTEN.matcher(scenario.name());
        if (howOften.find()) {
            switch (howOften.group(1)) {
                case "once" -> assertThat(alerts).hasSize(1);
                case "twice" -> assertThat(alerts).hasSize(2);
                default -> assertThat(alerts).hasSizeGreaterThan(1);
            }
        }
        Matcher level = LEVEL.matcher(scenario.name());
        if (level.find()) {
            assertThat(alerts)
                    .extracting(alert -> alert.at("/entrawatch/level").asText())
                    .contains(level.group(1));
        }
    }

    /** What an analyst reads first; a change of it is to be read in the file. */
    @Test
    void theAlertsSayWhatTheyAreKeptToSay() throws IOException {
        List<String> said = new ArrayList<>();
        for (Scenario scenario : Scenarios.all()) {
            String name = scenario.detection() + "/" + scenario.name();
            for (JsonNode alert : ALERTS.getOrDefault(scenario.tenant() + " " + scenario.detection(), List.of())) {
                said.add(name + " " + alert.at("/entrawatch/level").asText() + ": "
                        + alert.at("/event/reason").asText());
            }
        }
        if (Boolean.getBoolean("entrawatch.renew")) {
            Files.write(WORDS, said);
        }
        assertThat(said)
                .as("%s is renewed by: mvn test -Dtest=ScenariosTest -Dentrawatch.renew=true", WORDS)
                .isEqualTo(Files.readAllLines(WORDS));
    }

    @Test
    void everyRecordOfAScenarioIsRead() {
        assertThat(result.summary().get("dead_letters").asInt()).isZero();
    }
}
