package io.entrawatch.rule;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.Field;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

class SlipsTest {

    private static final String RE2 = " (expected: RE2, which has no lookaheads, lookbehinds, back-references, atomic"
            + " groups and possessive quantifiers)";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "app: '%friends%' # 5:10: appDisplayName: '%friends%' is a text here (expected: the modifier expand,"
                        + " where a list is meant)",
                "app: '%friends?%' # 5:10: appDisplayName: '%friends?%' is a text here (expected: the modifier expand,"
                        + " where a list is meant)",
                "user.isVip: 1 # 5:17: user.isVip: '1' is never there (expected: true, false)",
                "user.isPrivileged: 'yes' # 5:24: user.isPrivileged: 'yes' is never there (expected: true, false)",
                "time.business: maybe # 5:20: time.business: 'maybe' is never there (expected: hours, off-hours,"
                        + " weekend, holiday)",
                "userId: 00000000-0000-0000-0000-000000000000 # 5:13: userId: '00000000-0000-0000-0000-000000000000' is"
                        + " never there (expected: the name in lower case, or null without one)",
                "app|windash|base64: '-a -b -c -d -e' # 5:25: windash: '-a -b -c -d -e' has 5 flags (expected: at most 4"
                        + " with base64; the dashes of the others are looked for as they are)",
                "ipAddress: 0.0.0.0 # 5:16: ipAddress: '0.0.0.0' is never there (expected: null)",
                "ipAddress|neq: '::' # 5:20: ipAddress: '::' is never there (expected: null)"
            })
    void aValueThatNoRecordHasIsNoted(String line, String note) {
        Problems problems = read(ReadRule.selection("signinlogs", line));

        assertThat(problems.all()).isEmpty();
        assertThat(problems.notes()).extracting(Problem::toString).containsExactly("trial.yml:" + note);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app: '100%'",
                "app: '%TEMP%\\x'",
                "user.isVip: TRUE",
                "user.isVip: 't*'",
                "time.business: [ off-hours, weekend ]",
                "user.isVip|exists: true",
                "resourceTenantId: 00000000-0000-0000-0000-000000000000",
                "userId: 00000000-0000-0000-0000-000000000001",
                "userId|startswith: 00000000-",
                "ipAddress: '::1'",
                "app|windash|base64: '-a -b -c -d'",
                "app|windash: '-a -b -c -d -e'",
                "ipAddress|cidr: 0.0.0.0/0",
                "app|expand: '%friends%'"
            })
    void whatRecordsHaveIsNotNoted(String line) {
        Problems problems = read(ReadRule.selection("signinlogs", line));

        assertThat(problems.all()).isEmpty();
        assertThat(problems.notes()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"auditlogs, target.id, true", "auditlogs, targetResources.id, true", "riskdetection, userId, false"})
    void whereNobodyHasAnIdItIsNotNoted(String service, String field, boolean noted) {
        Problems problems = read(ReadRule.selection(service, field + ": 00000000-0000-0000-0000-000000000000"));

        assertThat(problems.notes()).hasSize(noted ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n"})
    void aFileWithoutADocumentIsNoted(String text) {
        assertThat(read(text).notes())
                .extracting(Problem::toString)
                .containsExactly("trial.yml:1:1: no document (expected: a rule)");
    }

    @Test
    void whatIsNoYamlIsToldOnce() {
        Problems problems = read("title: [ x");
        assertThat(problems.all()).hasSize(1);
        assertThat(problems.notes()).isEmpty();
    }

    @Test
    void aRuleMayHaveFiftyAliases() {
        assertThat(read(withAliases(50)).all()).isEmpty();
        assertThat(read(withAliases(51)).all())
                .singleElement()
                .asString()
                .contains("more than 50 aliases of lists and mappings");
    }

    private static String withAliases(int number) {
        return "title: t\nlogsource: { product: azure, service: signinlogs }\ndetection:\n  a: { app: &a [ x, y ] }\n  s:\n"
                + "    - app: *a\n".repeat(number)
                + "  condition: a or s\n";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "app|expand: friends # 5:17: expand: 'friends' (expected: a list, such as %friends%)",
                "app|contains: '' # 5:19: '' is in every text (expected: a text; exists asks whether there is any)",
                "app|startswith: '' # 5:21: '' is in every text (expected: a text; exists asks whether there is any)",
                "app|re: '' # 5:13: '' is in every text (expected: a text; exists asks whether there is any)",
                "'|re': '' # 5:12: '' is in every text (expected: a text; exists asks whether there is any)",
                "ResultType: 50126.0 # 5:17: status.errorCode: '50126.0' (expected: a number as records write it, such"
                        + " as 50126; or a text in quotes)",
                "ipAddress|cidr: '10.0.0.1:443/8' # 5:21: cidr: 10.0.0.1:443/8 (expected: a block of addresses such as"
                        + " 192.0.2.0/24)"
            })
    void aValueThatIsNotMeantIsRefused(String line, String problem) {
        assertThat(ReadRule.onSignIns(line).problem()).isEqualTo("trial.yml:" + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "50_126",
                "+50_126",
                "-50_126",
                "1_000.5",
                "0_123",
                "1:30",
                "12:30:45",
                "190:20:30.15",
                "0b101",
                "0xC3_CE"
            })
    void aNumberThatOnlyOthersReadIsRefused(String number) {
        assertThat(ReadRule.onSignIns("ResultType: " + number).problem())
                .isEqualTo("trial.yml:5:17: status.errorCode: '" + number
                        + "' (expected: a number as records write it, such as 50126; or a text in quotes)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app: '50_126'",
                "app: \"1:30\"",
                "app: _50",
                "app: 50_a",
                "app: 1:60",
                "app: 2001:db8::1",
                "app: 00:11:22",
                "app|re: 1:30",
                "app|contains: 5_0x",
                "createdDateTime|contains: 22:15",
                "app|startswith: 2023_2024"
            })
    void whatIsNoNumberElsewhereIsATextWithoutQuotes(String line) {
        assertThat(ReadRule.onSignIns(line).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(?!adm_).*", "a++b", "(a)\\1", "(?>a)b"})
    void aPatternOfAnotherEngineIsToldWhatIsExpected(String pattern) {
        assertThat(ReadRule.onSignIns("app|re: '" + pattern + "'").problem())
                .startsWith("trial.yml:5:13: re: " + pattern + ": ")
                .endsWith(RE2);
    }

    @Test
    void theBracesOfACharacterRepeatNothing() {
        String many = "\\x{2013}".repeat(12) + "\\p{Greek}\\P{Greek}";

        assertThat(ReadRule.onSignIns("app|re: '" + many + "'").problems()).isEmpty();
        assertThat(ReadRule.onSignIns("app|re: '((\\x{2013}{100}){100}){100}'").problem())
                .contains("more than 20000 steps");
    }

    @Test
    void anHourAloneHasAnHourAndADay() {
        for (String line : List.of("time.hour|hour|gte: 10", "time.hour|day: 1", "time.hour|month: 3")) {
            ReadRule read = ReadRule.onSignIns(line);
            assertThat(read.matches(Events.with(Events.signIn(), Field.TIME_HOUR, "2026-03-01T10")))
                    .as(line)
                    .isTrue();
            assertThat(read.matches(Events.with(Events.signIn(), Field.TIME_HOUR, "2026-04-02T09")))
                    .as(line)
                    .isFalse();
        }
    }

    private static Problems read(String text) {
        Problems problems = new Problems();
        new RuleReader(Organization.UNKNOWN, problems).read("trial.yml", text);
        return problems;
    }
}
