package io.entrawatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;

class RulesCommandTest {

    private static final String RULE =
            """
            title: Failed
            name: failed
            tags: [ %s ]
            logsource: { product: azure, service: signinlogs }
            detection:
              selection:
                Status: Failure
                app: [ Mail, Calendar ]
              condition: %s
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(
            delimiter = '#',
            value = {
                "attack.t1078.004 # selection # ''",
                "attack.initial-access # selection # ''",
                "attack.t9999 # selection # :3:9: tags: attack.t9999 is no tactic or technique of ATT&CK Enterprise",
                "attack.impact, attack.initial-acces # selection # :3:24: tags: attack.initial-acces is no tactic",
                "attack.impact # selection or not selection # :9:14: condition: matches every record of service signinlogs",
                "attack.impact # selection and not selection # :9:14: condition: can never match",
                "cve.2021-44228 # selection # ''",
                "cve.2021.44228 # selection # ''",
                "cve.x # selection # :3:9: tags: cve.x is no number of a CVE (expected: such as cve.2021-44228)",
                "attack.impact # not selection # ''"
            })
    void whatARuleGetsWrongIsTold(String tags, String condition, String expected) throws IOException {
        Path file = write("failed.yml", RULE.formatted(tags, condition));

        assertThat(run("rules", "check", file.toString())).isEqualTo(expected.isEmpty() ? 0 : 1);
        if (expected.isEmpty()) {
            assertThat(out.toString()).isEmpty();
        } else {
            assertThat(out.toString()).contains(file + expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "app: # ap: # :8:5: field: ap is unknown for service signinlogs",
                "Status: Failure # Status|exists: maybe # :7:20: exists: 'maybe'",
                "condition: selection # condition: not (selection # :9:18: condition: this parenthesis is never closed"
            })
    void aMistakeIsToldOnceAndNotWhatFollowsFromIt(String right, String wrong, String expected) throws IOException {
        Path file =
                write("failed.yml", RULE.formatted("attack.impact", "selection").replace(right, wrong));

        assertThat(run("rules", "check", file.toString())).isEqualTo(1);
        assertThat(out.toString()).hasLineCount(1).startsWith(file + expected);
    }

    @Test
    void aMistakeInAFilterIsNotToldOfItsRules() throws IOException {
        write("failed.yml", RULE.formatted("attack.impact", "selection"));
        String filter = RULE.formatted("attack.impact", "selection")
                .replace("name: failed\n", "")
                .replace("detection:", "filter:\n  rules: [ failed ]")
                .replace("app:", "ap:");
        Path file = write("filter.yml", filter);

        assertThat(run("rules", "check", directory.toString())).isEqualTo(1);
        assertThat(out.toString()).hasLineCount(1).startsWith(file + ":8:5: field: ap is unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "title: Failed # fields: [ app, apq ] # :2:16: fields: 'apq' is unknown for service signinlogs",
                "title: Failed # status: tests # :2:9: status: tests (expected: stable, test, experimental,"
                        + " deprecated, unsupported) (did you mean 'test'?)",
                "title: Failed # date: 2026/13/45 # :2:7: date: 2026/13/45 (expected: a date such as 2026-03-02)",
                "title: Failed # date: 26-03-02 # :2:7: date: 26-03-02 (expected: a date",
                "title: Failed # modified: yesterday # :2:11: modified: yesterday (expected: a date",
                "detection: # '  timeframe: 5m' # :6:14: timeframe: belongs to Sigma's older form of counting"
            })
    void whatDoesNoHarmIsToldByTheCheckAlone(String before, String line, String expected) throws IOException {
        String rule = RULE.formatted("attack.impact", "selection").replace(before, before + "\n" + line);
        Path file = write("failed.yml", rule);

        assertThat(run("rules", "list", "--detections", file.toString())).isZero();
        assertThat(out.toString()).doesNotContain(expected);
        assertThat(run("rules", "check", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains(file + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app|neq: Mail", "app|neq: [ Mail, Calendar ]", "app|expand|neq: '%approved_apps%'"})
    void aRuleMayNameOnlyWhatARecordIsNot(String line) throws IOException {
        Path file = write(
                "failed.yml",
                RULE.formatted("attack.impact", "selection")
                        .replace("Status: Failure", line)
                        .replace("    app: [ Mail, Calendar ]\n", ""));

        assertThat(run("rules", "check", file.toString())).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"date: 2026-03-02", "date: 2026/03/02", "modified: '2024-02-29'"})
    void aDateIsOne(String line) throws IOException {
        Path file = write("failed.yml", line + "\n" + RULE.formatted("attack.impact", "selection"));

        assertThat(run("rules", "check", file.toString())).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void temporalOverOneRuleIsToldByTheCheckAlone() throws IOException {
        Path file = write(
                "failed.yml",
                RULE.formatted("attack.impact", "selection")
                        + "---\ntitle: Alone\nname: alone\ncorrelation: { type: temporal, rules: [ failed ],"
                        + " timespan: 1h }\n");

        assertThat(run("rules", "list", "--detections", file.toString())).isZero();
        assertThat(run("rules", "check", file.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains(file + ":13:39: rules: only one, each of whose events is an alert (expected: two rules");
    }

    @Test
    void aCheckOfWhatIsShippedIsSilent() {
        assertThat(run("rules", "check", "conf/detections")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aRuleFileOfSomebodyElseDoesNotActOnTheTerminal() throws IOException {
        Path file = write(
                "failed.yml", RULE.formatted("attack.impact", "selection").replace("app:", "\"app\\e[2J\\u202E\":"));

        assertThat(run("rules", "check", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("app?[2J?").doesNotContain("\u001b", "\u202E");
    }

    @Test
    void aMissingListIsToldWhereTheOrganizationIsKnown() throws IOException {
        Path file = write(
                "failed.yml",
                RULE.formatted("attack.impact", "selection")
                        .replace("app:", "app|expand:")
                        .replace("[ Mail, Calendar ]", "'%names%'"));
        Path organization = write("organization.yaml", "defaults: { lists: { others: [ x ] } }");

        assertThat(run("rules", "check", file.toString())).isZero();
        assertThat(run("rules", "check", file.toString(), "--organization", organization.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains(file + ":8:17: %names%: no list of this name; the rule is off");
        assertThat(out.toString())
                .endsWith("until the organization's file has names under lists" + System.lineSeparator());
        write("failed.yml", Files.readString(file).replace("%names%", "%approved_user_admins%"));
        run("rules", "check", file.toString(), "--organization", organization.toString());
        assertThat(out.toString()).contains("%approved_user_admins%: no list").contains("has approved-user-admins");
        write("failed.yml", Files.readString(file).replace("%approved_user", "%aproved_user"));
        run("rules", "check", file.toString(), "--organization", organization.toString());
        assertThat(out.toString())
                .contains(
                        "%aproved_user_admins%: no list of this name (did you mean 'approved_user_admins'?); the rule")
                .contains("has aproved_user_admins under lists");
        write("failed.yml", Files.readString(file).replace("%aproved_user_admins", "%other"));
        run("rules", "check", file.toString(), "--organization", organization.toString());
        assertThat(out.toString()).contains("%other%: no list of this name (did you mean 'others'?)");
    }

    @Test
    void aDirectoryWithoutRulesIsNotWhatWasMeant() throws IOException {
        write("rules.txt", RULE.formatted("attack.impact", "selection"));

        assertThat(run("rules", "check", directory.toString())).isEqualTo(1);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines(directory + ":1:1: no rule file (expected: one or more *.yml or *.yaml)");
    }

    @Test
    void aLinkToADirectoryOfRulesIsFollowed() throws IOException {
        Path rules = Files.createDirectory(directory.resolve("rules"));
        Files.writeString(rules.resolve("failed.yml"), RULE.formatted("attack.impact", "selection and not selection"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), rules);

        assertThat(run("rules", "check", link.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith(link.resolve("failed.yml") + ":9:14: condition: can never match");
    }

    @Test
    void aMistakeHidesNothingInTheOtherDocumentsOfItsFile() throws IOException {
        Path file = write(
                "failed.yml",
                RULE.formatted("attack.impact", "selection").replace("app:", "ap:")
                        + "---\n"
                        + RULE.formatted("attack.impact", "selection and not selection")
                                .replace("name: failed", "name: never"));

        assertThat(run("rules", "check", file.toString())).isEqualTo(1);
        assertThat(out.toString())
                .hasLineCount(2)
                .contains(file + ":8:5: field: ap is unknown", file + ":19:14: condition: can never match");
    }

    @Test
    void twoRulesOfOneIdAreTold() throws IOException {
        String id = "id: 00000000-0000-4000-8000-000000000001\n";
        write("failed.yml", id + RULE.formatted("attack.impact", "selection"));
        write("other.yml", id + RULE.formatted("attack.impact", "selection").replace("name: failed", "name: other"));

        assertThat(run("rules", "check", directory.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("other.yml:1:5: id: 00000000-0000-4000-8000-000000000001 is also that of failed at");
    }

    @Test
    void anExplanationTellsEveryFieldWithWhatWasFound() throws IOException {
        Path rules = write("failed.yml", RULE.formatted("attack.impact", "selection"));
        Path event = write(
                "event.ndjson",
                signIn(
                                "tenant",
                                "in-1",
                                java.time.Instant.parse("2026-03-02T12:00:00Z"),
                                "ann",
                                LONDON,
                                50126,
                                "\"isInteractive\":true")
                        + "\nno record\n");

        assertThat(run("rules", "explain", "failed", "--event", event.toString(), "--detections", rules.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("record 1: Sign-in at 2026-03-02T12:00:00Z, id in-1")
                .contains("failed: no")
                .contains("selection: no")
                .contains("status is 'Failure', expected 'Failure': yes")
                .contains("expected 'Mail': no")
                .contains("condition: selection")
                .contains("record 2 cannot be read: not-json");
    }

    @Test
    void anExplanationTellsWhyNothingIsCounted() throws IOException {
        Path rules = write(
                "counted.yml",
                "title: Counted\nname: counted\ncorrelation: { type: event_count, rules: [failed], timespan: 1h,"
                        + " group-by: [user.id, sessionId], condition: { gte: 2 } }\n---\n"
                        + RULE.formatted("attack.impact", "selection").replace("    app: [ Mail, Calendar ]\n", "")
                        + "---\nname: counted\nenabled: false\n");
        Path event = write(
                "event.ndjson", signIn("in-1", java.time.Instant.parse("2026-03-02T12:00:00Z"), "ann", LONDON, 50126));

        assertThat(run("rules", "explain", "counted", "--event", event.toString(), "--detections", rules.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("counted is off: switched off in")
                .contains("failed: yes")
                .contains("group by userId: 'id-of-ann'")
                .contains("group by sessionId: absent, so that it is passed by");
    }

    @Test
    void anExplanationTellsTheGroupsOfRulesBehindOthers() throws IOException {
        Path event = write(
                "event.ndjson", signIn("in-1", java.time.Instant.parse("2026-03-02T12:00:00Z"), "ann", LONDON, 50126));
        assertThat(run("rules", "explain", "brute-force-succeeded", "--event", event.toString()))
                .isZero();
        assertThat(out.toString()).containsSubsequence("wrong-or-locked-out: yes", "group by userId: 'id-of-ann'");
    }

    @Test
    void anExplanationOfWhatLooksAtAlertsSaysSo() throws IOException {
        Path event = write("event.ndjson", "{}");
        assertThat(run("rules", "explain", "alert-budget-exceeded", "--event", event.toString()))
                .isZero();
        assertThat(out.toString()).contains("looks at the alerts of other detections");
    }

    @Test
    void anUnknownDetectionIsAskedBack() throws IOException {
        Path event = write("event.ndjson", "{}");

        assertThat(run("rules", "explain", "password-spry", "--event", event.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("password-spry (expected: the name of a detection)");
    }

    @Test
    void theFieldsArePrintedAsMarkdown() {
        assertThat(run("rules", "fields")).isZero();
        assertThat(out.toString()).contains("## service: auditlogs", "| `targetResources` | `targetResources` |");
    }

    private int run(String... arguments) {
        return EntrawatchCli.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
