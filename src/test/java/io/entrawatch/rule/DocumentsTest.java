package io.entrawatch.rule;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class DocumentsTest {

    private static final String REST =
            """
            logsource: { product: azure, service: signinlogs }
            detection: { selection: { app: x }, condition: selection }
            """;

    @Test
    void aRuleSaysAllAboutItself() {
        RuleHeader header = ReadRule.of(
                        """
                        title: A trial
                        id: 3E9D5B7C-2F18-4C0A-A6D1-7B4E8C9F0A10
                        name: a-trial
                        description: What it is about.
                        references: [ https://example.com ]
                        tags: [ attack.t1110 ]
                        level: high
                        falsepositives: Rain
                        author: Somebody
                        date: 2026-01-01
                        modified: 2026-02-02
                        our-own: is fine
                        """
                                + REST)
                .rule()
                .header();

        assertThat(header.name()).isEqualTo("a-trial");
        assertThat(header.id()).isEqualTo("3e9d5b7c-2f18-4c0a-a6d1-7b4e8c9f0a10");
        assertThat(header.level()).isEqualTo(Level.HIGH);
        assertThat(header.falsePositives()).containsExactly("Rain");
        assertThat(header.version()).isEqualTo("2026-02-02");
        assertThat(header.position()).hasToString("trial.yml:1:1");
    }

    @Test
    void aRuleWithoutANameHasThatOfItsFile() {
        assertThat(ReadRule.of("title: A trial\n" + REST).rule().header().name())
                .isEqualTo("trial");
    }

    @Test
    void furtherRulesWithoutANameHaveThatOfTheirIdOrTheirNumber() {
        String id = "3E9D5B7C-2F18-4C0A-A6D1-7B4E8C9F0A10";
        ReadRule read = ReadRule.of("title: One\nname: one\n" + REST + "---\ntitle: Two\nid: " + id + "\n" + REST
                + "---\ntitle: Three\nid: " + id.replace('3', '4') + "\n" + REST + "---\ntitle: Four\nenabled: true\n"
                + REST);

        assertThat(read.problems()).isEmpty();
        assertThat(read.documents())
                .extracting(document -> document.header().name())
                .containsExactly("one", "trial", "4e9d5b7c-2f18-4c0a-a6d1-7b4e8c9f0a10", "trial-3", "trial-3");
    }

    @Test
    void whatIsOnlyShownMayBeUnknown() {
        assertThat(ReadRule.of("title: A trial\nfields: [ apq, app, [ x ], appDisplayName ]\n" + REST)
                        .rule()
                        .shown())
                .containsExactly(Field.APP_NAME);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "selection: { 'ipAddress|cidr': } # 1: ipAddress: nothing (expected: a value",
                "selection: { 'userAgent|contains': } # 1: userAgent: nothing (expected: a value",
                "selection: { 'userId|expand': } # 1: userId: nothing (expected: a value",
                "selection: # selection: an empty selection",
                "rules: # rules: an empty selection",
                "selection: { '|all': [] } # |all: an empty list"
            })
    void whatIsForgottenIsNotTakenForSomethingWider(String selection, String problem) {
        String name = selection.substring(0, selection.indexOf(':'));
        String rule =
                """
                title: A trial
                logsource: { product: azure, service: signinlogs }
                detection:
                  %s
                  condition: %s
                """
                        .formatted(selection, name);
        assertThat(ReadRule.of(rule).problem()).contains(problem.replace("1: ", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service:", "product: azure", "{ product: azure, service: }"})
    void aRuleNamesItsService(String logsource) {
        String rule = "title: A trial\nlogsource: "
                + (logsource.startsWith("{") ? logsource : "{ " + logsource + " }")
                + "\ndetection: { selection: { ResultType: 0 }, condition: selection }\n";
        assertThat(ReadRule.of(rule).problem()).contains("service: missing");
    }

    @Test
    void aDocumentIsOneThing() {
        String rule = "title: A trial\ncorrelation: { type: event_count, rules: [ x ] }\n" + REST;
        assertThat(ReadRule.of(rule).problem()).contains("detection and correlation: in one document");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "titl: A # 1:1: titl: unknown (did you mean 'title'?)",
                "lavel: high # 1:1: lavel: unknown (did you mean 'level'?)",
                "level: hig # 1:8: level: hig (expected: informational, low, medium, high, critical)"
                        + " (did you mean 'high'?)",
                "level: [ high ] # 1:8: level: a list (expected: a text)",
                "id: 1234 # 1:5: id: 1234 (expected: a UUID)",
                "id: 3e9d5b7c-2f18-4c0a-a6d1-7b4e8c9f0a1 # 1:5: id: 3e9d5b7c-2f18-4c0a-a6d1-7b4e8c9f0a1"
                        + " (expected: a UUID)",
                "name: A Trial # 1:7: name: A Trial (expected: letters, digits, hyphens, dots and underscores)",
                "tags: [ a, [ b ] ] # 1:12: tags: a list (expected: a text)",
                "description: { a: b } # 1:14: description: a mapping (expected: a text)"
            })
    void aWrongEntryIsToldWithItsPlace(String line, String problem) {
        assertThat(ReadRule.of(line + "\ntitle: A trial\n" + REST).problem()).isEqualTo("trial.yml:" + problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "{ product: windows, service: signinlogs } # 2:23: product: windows (expected: azure)",
                "{ product: azure, service: signinlog } # 2:39: service: signinlog (expected: signinlogs,"
                        + " serviceprincipalsigninlogs, managedidentitysigninlogs, auditlogs, riskdetection,"
                        + " riskyusers, userregistrationdetails, roleassignments, azureroleassignments, users,"
                        + " activitylogs, pim) (did you mean 'signinlogs'?)",
                "{ product: azure } # 2:12: service: missing (expected: signinlogs, serviceprincipalsigninlogs,"
                        + " managedidentitysigninlogs, auditlogs, riskdetection, riskyusers, userregistrationdetails,"
                        + " roleassignments, azureroleassignments, users, activitylogs, pim)",
                "{ prodct: windows, service: signinlogs } # 2:14: prodct: unknown (did you mean 'product'?)",
                "{ product: azure, servce: signinlogs } # 2:30: servce: unknown (did you mean 'service'?)",
                "{} # 1:1: logsource: missing (expected: product: azure and a service)"
            })
    void aWrongLogSourceIsToldWithItsPlace(String logsource, String problem) {
        String text = "title: A trial\nlogsource: " + logsource
                + "\ndetection: { selection: { tenantId: x }, condition: selection }";
        assertThat(ReadRule.of(text).problem()).isEqualTo("trial.yml:" + problem);
    }

    @Test
    void aMissingTitleIsTold() {
        assertThat(ReadRule.of("name: a-trial\n" + REST).problem())
                .isEqualTo("trial.yml:1:1: title: missing (expected: a text)");
    }

    @ParameterizedTest
    @CsvSource({"'- a', a list", "just words, 'just words'"})
    void aDocumentIsAMapping(String text, String described) {
        assertThat(ReadRule.of(text).problems())
                .singleElement()
                .asString()
                .startsWith("trial.yml:1:1: ")
                .endsWith(" (expected: a mapping of names to values)");
    }

    @Test
    void everyDocumentOfAFileIsReadWithItsOwnPlace() {
        ReadRule read = ReadRule.of("title: One\nname: one\n" + REST + "---\ntitle: Two\nname: T W O\n" + REST
                + "---\ntitle: Three\nname: three\n"
                + REST.replace("signinlogs", "riskyusers").replace("app:", "id:"));

        assertThat(read.problems())
                .containsExactly(
                        "trial.yml:7:7: name: T W O (expected: letters, digits, hyphens, dots and underscores)");
        assertThat(read.documents()).hasSize(3);
        assertThat(((Rule) read.documents().get(2)).source()).isEqualTo(LogSource.RISKY_USERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"global", "repeat", "reset"})
    void documentsThatCompleteEachOtherAreToldOnce(String action) {
        assertThat(ReadRule.of("title: A trial\naction: " + action + "\n---\n" + REST + "---\nlevel: high\n")
                        .problem())
                .isEqualTo("trial.yml:2:9: action: " + action + " is Sigma's older form of several rules in a file"
                        + " (expected: every document a whole rule, and a correlation over them where they belong"
                        + " together)");
    }

    @Test
    void allProblemsOfAFileAreToldAtOnce() {
        ReadRule read = ReadRule.of(
                """
                title: A trial
                level: hihg
                logsource: { product: azure, service: signinlogs }
                detection:
                  selection: { apps: x, ipAddress|cidr: y }
                  condition: selektion
                """);
        assertThat(read.problems())
                .extracting(problem -> problem.replaceFirst("(trial.yml:\\d+:\\d+).*", "$1"))
                .containsExactly("trial.yml:2:8", "trial.yml:5:16", "trial.yml:5:41", "trial.yml:6:14");
    }

    @Test
    void aListOfMappingsIsMetByAnyAndAMappingByAllOfItsFields() {
        ReadRule read = ReadRule.onSignIns("- { app: a, userType: guest }\n    - app: b");

        assertThat(read.matches(Events.from("b"))).isTrue();
        assertThat(read.matches(Events.from("a"))).isFalse();
        assertThat(read.matches(Events.with(Events.from("a"), io.entrawatch.event.Field.USER_TYPE, "Guest")))
                .isTrue();
    }

    @Test
    void aSelectionIsNotEmpty() {
        assertThat(ReadRule.onSignIns("{}").problem())
                .isEqualTo("trial.yml:5:5: an empty selection (expected: fields and their values)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correlation: { type: event_count, rules: [ trial ] }",
                "logsource: { product: azure, service: signinlogs }\n"
                        + "filter: { rules: any, selection: { app: x }, condition: not selection }"
            })
    void onlyTheRecordsOfARuleSayALevel(String body) {
        ReadRule read = ReadRule.of("title: A trial\nfields: [ app ]\nlevel-from: riskLevel\n" + body + "\n");

        assertThat(read.problem())
                .isEqualTo("trial.yml:3:13: level-from: belongs to a rule (expected: beside the detection of one)");
    }

    @Test
    void aCorrelationNeedsATypeAndRules() {
        assertThat(ReadRule.of("title: A trial\ncorrelation:\n  group-by: tenantId\n")
                        .problems())
                .containsExactlyInAnyOrder(
                        "trial.yml:3:3: rules: missing (expected: the names of the rules to correlate)",
                        "trial.yml:3:3: type: missing (expected: a text)");
    }

    @Test
    void hugeValuesAreReadInBoundedTime() {
        String huge = "x".repeat(500_000);
        assertTimeout(Duration.ofSeconds(20), () -> {
            assertThat(ReadRule.of("level: " + huge + "\ntitle: A trial\n" + REST)
                            .problem())
                    .hasSizeLessThan(2_000);
            assertThat(ReadRule.onSignIns("app: " + huge).matches(Events.from(huge)))
                    .isTrue();
            assertThat(ReadRule.onSignIns("'" + "y".repeat(900) + "': x").problem())
                    .startsWith("trial.yml:5:5: field");
        });
    }

    @Test
    void aNameWithManyStarsIsComparedInBoundedTime() {
        String name = "a".repeat(900);
        String text = "title: A trial\nlogsource: { product: azure, service: signinlogs }\ndetection:\n  " + name
                + ": { app: x }\n  condition: 1 of " + "a*".repeat(30) + "b\n";
        assertTimeout(Duration.ofSeconds(5), () -> assertThat(ReadRule.of(text).problem())
                .contains("no selection is named like"));
    }
}
