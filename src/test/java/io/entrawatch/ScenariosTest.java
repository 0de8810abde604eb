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
    private static final Pattern HOW_OFTEN = Pattern.compile("^fires-(once|twice|three-times)-");

    private static final List<String> NUMBERS = List.of("once", "twice", "three-times");

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
        List<JsonNode> alerts = alerts(scenario);
        if (!scenario.fires()) {
            assertThat(alerts).isEmpty();
            return;
        }
        assertThat(alerts).isNotEmpty();
        Matcher howOften = HOW_OFTEN.matcher(scenario.name());
        if (howOften.find()) {
            assertThat(alerts).hasSize(1 + NUMBERS.indexOf(howOften.group(1)));
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
            for (JsonNode alert : alerts(scenario)) {
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

    /** The code is the same for a locked account and for an address that Entra knows from attacks. */
    @Test
    void whySmartLockOutRefusedASignInIsTold() {
        assertThat(alerts("account-locked", "fires-when-the-address-is-known-for-attacks"))
                .singleElement()
                .satisfies(alert ->
                        assertThat(alert.at("/entrawatch/evidence").toString()).contains("malicious activity"));
    }

    private static List<JsonNode> alerts(String detection, String name) {
        Scenario scenario = Scenarios.all().stream()
                .filter(one -> one.detection().equals(detection) && one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return alerts(scenario);
    }

    private static List<JsonNode> alerts(Scenario scenario) {
        return ALERTS.getOrDefault(scenario.tenant() + " " + scenario.detection(), List.of());
    }

    @Test
    void everyRecordOfAScenarioIsRead() {
        assertThat(result.summary().get("dead_letters").asInt()).isZero();
    }
}
