package io.entrawatch.generate;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.cli.EntrawatchCli;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** The score: what counts as found, as right and as wrong, and that its page is the one in the documentation. */
class ScorecardTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ATTACK =
            """
            {"detection":"spray","attack":true,"what":"a","tenant":"t","from":"2026-03-02T10:00:00Z",\
            "to":"2026-03-02T10:30:00Z","last":"2026-03-02T10:10:00Z","also":["guess"],"about":["victim"]}""";
    private static final String NEAR_MISS = ATTACK.replace("true", "false").replace("victim", "bystander");

    @TempDir
    private Path directory;

    @Test
    void anAlertAboutTheAttackFindsItAndTellsHowLongItTook() throws Exception {
        Scorecard card = score(alert("spray", "2026-03-02T10:12:00Z", "victim"));
        ScorecardRow row = card.rows().get("spray");

        assertThat(row.found()).isEqualTo(1);
        assertThat(row.recall()).isEqualTo(1);
        assertThat(row.precision()).isEqualTo(1);
        assertThat(row.afterFirst().get(0)).hasMinutes(12);
        assertThat(row.afterLast().get(0)).hasMinutes(2);
        assertThat(card.isPerfect()).isTrue();
    }

    @Test
    void anotherDetectionIsRightAboutItOnlyWhereTheAttackSaysSo() throws Exception {
        Scorecard card = score(
                alert("spray", "2026-03-02T10:12:00Z", "victim"),
                alert("guess", "2026-03-02T10:12:00Z", "victim"),
                alert("travel", "2026-03-02T10:12:00Z", "victim"));

        assertThat(card.rows().get("guess").wrong()).isZero();
        assertThat(card.rows().get("travel").wrong()).isEqualTo(1);
        assertThat(card.wrong()).singleElement().asString().startsWith("travel on attack of spray");
        assertThat(card.missed()).isEmpty();
        assertThat(card.isPerfect()).isFalse();
    }

    @Test
    void anAlertAboutANearMissOrAnybodyElseIsWrong() throws Exception {
        Scorecard card = score(
                alert("spray", "2026-03-02T10:12:00Z", "bystander"),
                alert("spray", "2026-03-02T10:12:00Z", "stranger"),
                alert("spray", "2026-03-02T11:00:00Z", "victim"));

        assertThat(card.rows().get("spray").wrong()).isEqualTo(3);
        assertThat(card.rows().get("spray").found()).isZero();
        assertThat(card.missed()).hasSize(1);
    }

    @Test
    void aScoreWithAMissedAttackIsNotPerfectThoughNoAlertIsWrong() throws Exception {
        Scorecard card = score();

        assertThat(card.missed()).hasSize(1);
        assertThat(card.wrong()).isEmpty();
        assertThat(card.isPerfect()).isFalse();
    }

    @Test
    void aSecondAlertOnOneAttackIsWrong() throws Exception {
        Scorecard card = score(
                alert("spray", "2026-03-02T10:12:00Z", "victim"), alert("spray", "2026-03-02T10:20:00Z", "victim"));

        assertThat(card.rows().get("spray").found()).isEqualTo(1);
        assertThat(card.rows().get("spray").right()).isEqualTo(1);
        assertThat(card.wrong())
                .singleElement()
                .asString()
                .startsWith("spray on attack of spray: 2026-03-02T10:20:00Z");
    }

    @Test
    void anAlertBeforeTheAttackIsCompleteDoesNotFindIt() throws Exception {
        Scorecard card = score(alert("spray", "2026-03-02T10:09:59.999Z", "victim"));

        assertThat(card.missed()).hasSize(1);
        assertThat(card.wrong()).hasSize(1);
    }

    @Test
    void anAlertFindsTheAttackFromWhereThereIsEnoughOfIt() throws Exception {
        String enough = ATTACK.replace("\"last\"", "\"not-before\":\"2026-03-02T10:05:00.500Z\",\"last\"");

        assertThat(score(List.of(enough), alert("spray", "2026-03-02T10:05:00.500Z", "victim"))
                        .isPerfect())
                .isTrue();
        assertThat(score(List.of(enough), alert("spray", "2026-03-02T10:05:00.499Z", "victim"))
                        .missed())
                .hasSize(1);
    }

    @Test
    void anotherDetectionIsRightAboutANearMissWhereThatSaysSo() throws Exception {
        Scorecard card = score(List.of(NEAR_MISS), alert("guess", "2026-03-02T10:12:00Z", "bystander"));

        assertThat(card.rows().get("guess").right()).isEqualTo(1);
        assertThat(card.isPerfect()).isTrue();
    }

    @Test
    void anAlertOfAnotherGroupDoesNotFindTheAttack() throws Exception {
        String grouped = ATTACK.replace("\"also\"", "\"group\":\"GB\",\"also\"");

        assertThat(score(List.of(grouped), alert("spray", "2026-03-02T10:12:00Z", "GB"))
                        .isPerfect())
                .isTrue();
        Scorecard elsewhere = score(List.of(grouped), alert("spray", "2026-03-02T10:12:00Z", "ZZ"));
        assertThat(elsewhere.missed()).hasSize(1);
        assertThat(elsewhere.wrong()).hasSize(1);
    }

    @Test
    void theMedianOfTwoTimesLiesBetweenThem() throws Exception {
        String second = ATTACK.replace("victim", "other");
        Scorecard card = score(
                List.of(ATTACK, second),
                alert("spray", "2026-03-02T10:12:00Z", "victim"),
                alert("spray", "2026-03-02T10:22:00Z", "other"));

        assertThat(card.rows().get("spray").afterFirst())
                .containsExactly(Duration.ofMinutes(17), Duration.ofMinutes(22));
    }

    @Test
    void everyItemOfTheGuideHasAnAttackAndANearMiss() throws Exception {
        new Generator(20, 15, 1, 1, LocalDate.of(2026, 3, 2)).write(directory);
        Set<String> attacked = new HashSet<>();
        Set<String> spared = new HashSet<>();
        Map<String, List<String>> guide =
                CatalogueReader.read(List.of(), Organization.UNKNOWN, new Problems()).entries().stream()
                        .map(entry -> entry.detection())
                        .collect(Collectors.toMap(
                                detection -> detection.name(),
                                detection -> detection.metadata().guide()));
        for (String line : Files.readAllLines(directory.resolve("labels.ndjson"))) {
            JsonNode label = MAPPER.readTree(line);
            (label.get("attack").asBoolean() ? attacked : spared)
                    .addAll(guide.getOrDefault(label.get("detection").asText(), List.of()));
        }
        assertThat(attacked).containsAll(items());
        assertThat(spared).containsAll(items());
    }

    @Tag("full")
    @Test
    void thePageIsTheOneInTheDocumentation() throws Exception {
        StringWriter page = new StringWriter();
        assertThat(EntrawatchCli.run(
                        new String[] {"scorecard"}, new PrintWriter(page), new PrintWriter(new StringWriter())))
                .isZero();
        assertThat(page.toString()).isEqualTo(Files.readString(Path.of("src", "docs", "SCORECARD.md")));
    }

    private static List<String> items() {
        List<String> items = new ArrayList<>(List.of("X01"));
        Map.of("T", 48, "W", 12, "H", 12, "B", 14).forEach((letter, last) -> IntStream.rangeClosed(1, last)
                .forEach(number -> items.add(String.format(Locale.ROOT, "%s%02d", letter, number))));
        return items;
    }

    private Scorecard score(JsonNode... alerts) throws Exception {
        return score(List.of(ATTACK, NEAR_MISS), alerts);
    }

    private Scorecard score(List<String> script, JsonNode... alerts) throws Exception {
        Path labels = Files.write(directory.resolve("labels.ndjson"), script);
        Scorecard card = new Scorecard(Set.of("spray", "guess", "travel"));
        card.add(labels, List.of(alerts));
        return card;
    }

    private static JsonNode alert(String detection, String at, String user) throws Exception {
        return MAPPER.readTree(
                """
                {"@timestamp":"%s","rule":{"id":"%s"},"organization":{"id":"t"},"event":{"reason":"r"},
                "entrawatch":{"group":{"user.id":"%s"},"evidence":{"events":[{"id":"e","user_id":"%s"}]}}}"""
                        .formatted(at, detection, user, user));
    }
}
