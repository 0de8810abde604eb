package io.entrawatch.rule;

import java.time.Duration;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class ValuesTest {

    @ParameterizedTest(name = "{0} and the value <{1}>: {2}")
    @CsvSource(
            delimiter = '#',
            value = {
                "app: Azure Portal # azure PORTAL # true",
                "app: Azure Portal # Azure Portals # false",
                "app: 50126 # 50126 # true",
                "app: '50126' # 50126 # true",
                "app: true # True # true",
                "app: [ one, two ] # Two # true",
                "app: [ one, two ] # three # false",
                "app: [ a, b, c, d, e, f, g, h, i ] # H # true",
                "app: [ a, b, c, d, e, f, g, h, 'i*' ] # Ixx # true",
                "app: [ a, b, c, d, e, f, g, h, i ] # j # false",
                "app: 'Azure*' # azure # true",
                "app: 'Azure*' # Azure Portal # true",
                "app: 'Azure*' # My Azure # false",
                "app: '*portal' # Azure Portal # true",
                "app: '*zur*' # AZURE # true",
                "app: 'A*l' # Azure Portal # true",
                "app: 'A*l' # Azure Portals # false",
                "app: 'A?u?e' # azure # true",
                "app: 'A?u?e' # azurre # false",
                "app: '?' # x # true",
                "app: '?' # '' # false",
                "app: 'a\\*b' # a*b # true",
                "app: 'a\\*b' # axb # false",
                "app: 'a\\?' # a? # true",
                "app: 'a\\?' # ab # false",
                "app: 'a\\\\*' # a\\bc # true",
                "app: 'C:\\dir' # c:\\DIR # true",
                "app: 'a.c' # abc # false",
                "app: 'a(b*c+' # a(bxxc+ # true",
                "app|contains: zur # AZURE # true",
                "app|contains: zur # Azores # false",
                "app|contains: 'a*l' # The Azure Portal app # true",
                "app|contains: 'a\\*l' # The a*l # true",
                "app|startswith: az # AZURE # true",
                "app|startswith: az # Jazz # false",
                "app|startswith: 'a?u' # azure # true",
                "app|startswith: 'a?u' # xazure # false",
                "app|endswith: '@contoso.com' # a@CONTOSO.com # true",
                "app|endswith: '@contoso.com' # a@contoso.com.x # false",
                "app|endswith: 'p*l' # portal # true",
                "app|endswith: 'p*l' # portals # false",
                "app|contains|all: [ one, two ] # two and one # true",
                "app|contains|all: [ one, two ] # one # false",
                "app|re: 'b+' # abbbc # true",
                "app|re: '^b+$' # abbbc # false",
                "app|re: 'B' # abc # false",
                "app|re|i: 'B' # abc # true",
                "app|re: 'a\\.c' # abc # false",
                "app|cased: Azure # Azure # true",
                "app|neq: Azure # azure # false",
                "app|neq: [ one, two ] # three # true",
                "app|neq: 50126 # 50126 # false",
                "app|base64: start # c3RhcnQ= # true",
                "app|base64: start # C3RHCNQ= # false",
                "app|base64|contains: start # xxc3RhcnQ=xx # true",
                "app|base64offset|contains: 'http://' # aHR0cDovLw== # true",
                "app|base64offset|contains: 'http://' # eGh0dHA6Ly94 # true",
                "app|base64offset|contains: 'http://' # eHhodHRwOi8veA== # true",
                "app|base64offset|contains: 'http://' # eHh4aHR0cHM6Ly8= # false",
                "app|base64offset|contains: ab # eGFi # true",
                "app|base64offset|contains: ab # eHh4 # false",
                "app|wide|base64offset|contains: a # xxYQxx # true",
                "app|wide|base64: ab # YQBiAA== # true",
                "app|utf16le|base64: ab # YQBiAA== # true",
                "app|utf16be|base64: ab # AGEAYg== # true",
                "app|utf16|base64: ab # //5hAGIA # true",
                "app|windash|contains: ' -enc' # tool /enc x # true",
                "app|windash|contains: ' -enc' # tool –enc x # true",
                "app|windash|contains: ' -enc' # tool +enc x # false",
                "app|windash|contains: a-b # a/b # false",
                "app|windash: '-a -b -c -d -e -f' # /a –b —c ―d -e /f # true",
                "app|windash: '-a -b -c -d -e -f' # /A /B /C /D /E /F # true",
                "app|windash: '-a -b -c -d -e -f' # -a -b -c -d -e +f # false",
                "app|windash: '-a -b -c -d -e -f' # x -a -b -c -d -e -f # false",
                "app|windash: '-a (x) -b' # /a (x) /b # true",
                "app|windash|startswith: '/a ?b' # -a -b c # true",
                "app|windash|cased: '-a' # /A # false",
                "app|windash|endswith: '*-a' # b/a # true",
                "app|windash|base64: '-a' # L2E= # true",
                "app|fieldref: ipAddress # anything # true",
                "app|fieldref: userAgent # anything # false",
                "app|fieldref|endswith: ipAddress # anything # true",
                "app|fieldref|neq: ipAddress # anything # false",
                "app|hour: 9 # 2026-03-02T09:15:42Z # true",
                "app|hour|gte: 22 # 2026-03-02 21:15:42 # false",
                "app|hour|lt: 24 # 2026-03-02 21:15:42 # true",
                "app|week: 10 # 2026-03-02T09:15:42Z # true",
                "app|year: 2026 # never # false",
                "app|cased: Azure # azure # false",
                "app|contains|cased: ZU # azure # false",
                "app|contains|cased: 'Z?R' # AZURE # true",
                "app|contains|cased: 'Z?R' # azure # false",
                "ipAddress|cidr: 192.0.2.0/24 # 192.0.2.255 # true",
                "ipAddress|cidr: 192.0.2.0/24 # 192.0.3.0 # false",
                "ipAddress|cidr: 192.0.2.128/25 # 192.0.2.127 # false",
                "ipAddress|cidr: 192.0.2.1 # 192.0.2.1 # true",
                "ipAddress|cidr: 0.0.0.0/0 # 2001:db8::1 # false",
                "ipAddress|cidr: '2001:db8::/32' # 2001:db8:ffff::1 # true",
                "ipAddress|cidr: '2001:db8::/32' # 2001:db9::1 # false",
                "ipAddress|cidr: [ 10.0.0.0/8, '2001:db8::/32' ] # 2001:DB8::1 # true",
                "ipAddress|cidr: 192.0.2.0/24 # no address # false",
                "ipAddress|cidr: 192.0.2.0/24 # '' # false",
                "ipAddress: '2001:0db8::1' # 2001:db8::1 # true",
                "ipAddress: 2001:DB8:0:0:0:0:0:1 # 2001:db8::1 # true",
                "ipAddress|cased: 2001:DB8::1 # 2001:db8::1 # true",
                "ipAddress|neq: '2001:0db8::1' # 2001:db8::1 # false",
                "ipAddress: '::ffff:192.0.2.1' # 192.0.2.1 # true",
                "ipAddress: [ '192.0.2.1:443', '[2001:db8::2]:443' ] # 2001:db8::2 # true",
                "ipAddress: '2001:0db8::1' # 2001:db8::2 # false",
                "ipAddress: '2001:0db8::*' # 2001:db8::1 # false",
                "ipAddress: 192.0.2 # 192.0.2 # true",
                "app: '2001:0db8::1' # 2001:db8::1 # false",
                "app: '2001:0db8::1' # 2001:0db8::1 # true",
                "app|lt: 10 # 9.99 # true",
                "app|lt: 10 # 10 # false",
                "app|lte: 10 # 10.0 # true",
                "app|gt: 0.5 # 0.51 # true",
                "app|gt: 9 # 10 # true",
                "app|gte: -1 # -1 # true",
                "app|gte: -1 # -1.001 # false",
                "app|gt: 1e39 # 2e39 # true",
                "app|gt: +0010 # 11 # true",
                "app|re: 050 # 50050 # true",
                "app|gt: 1e-40 # 2e-40 # true",
                "app|gt: 1 # many # false",
                "app|gt: 1 # '' # false",
                "app: '' # '' # true",
                "app: '' # x # false",
                "app: null # x # false",
                "app: null # '' # false",
                "app: ~ # ~ # false",
                "app|exists: true # '' # true",
                "app|exists: false # x # false",
                "app|exists: True # x # true",
                "app|exists: FALSE # x # false",
            })
    void valuesAreComparedAsSigmaMeansThem(String line, String value, boolean expected) {
        assertThat(ReadRule.onSignIns(line).matches(Events.with(Events.from(value), Field.IP_ADDRESS, value)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "source.network: '2001:0DB8:0040::/48' # true",
                "source.network: '2001:db8:40::1/48' # true",
                "source.network: '2001:db8:40::/32' # false",
                "source.network: '2001:db8:40::' # false",
                "source.network: [ nowhere, '2001:0db8:40:0::/48' ] # true"
            })
    void aNetworkIsComparedInItsShortForm(String line, boolean expected) {
        assertThat(ReadRule.onSignIns(line)
                        .matches(Events.with(Events.signIn(), Field.SOURCE_NETWORK, "2001:db8:40::/48")))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} and no value: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "app: null # true",
                "app: # true",
                "app: ~ # true",
                "app: '' # false",
                "app: '*' # false",
                "app: [ x, null ] # true",
                "app|exists: false # true",
                "app|exists: true # false",
                "app|lt: 5 # false",
                "app: '[]' # false",
                "NetworkLocationDetails: '[]' # true",
                "NetworkLocationDetails: [ x, '[]' ] # true",
                "NetworkLocationDetails|neq: '[]' # false",
                "NetworkLocationDetails|contains: '[]' # false",
                "riskEventTypes_v2: '[]' # true"
            })
    void anAbsentFieldIsNoEmptyText(String line, boolean expected) {
        assertThat(ReadRule.onSignIns(line).matches(Events.signIn())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app|fieldref", "app|fieldref|contains", "app|fieldref|startswith", "app|fieldref|endswith"})
    void anEmptyTextOfAnotherFieldIsInNoText(String key) {
        ReadRule read = ReadRule.onSignIns(key + ": ipAddress");

        assertThat(read.matches(Events.with(Events.from("Portal"), Field.IP_ADDRESS, "")))
                .isFalse();
        assertThat(read.matches(Events.with(Events.from("Portal"), Field.IP_ADDRESS, "", "Portal")))
                .isTrue();
    }

    @Test
    void anEmptyTextIsTheSameAsThatOfAnotherField() {
        assertThat(ReadRule.onSignIns("app|fieldref: ipAddress")
                        .matches(Events.with(Events.from(""), Field.IP_ADDRESS, "")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SigninLogs,SIGN_IN",
        "AADNonInteractiveUserSignInLogs,NON_INTERACTIVE_SIGN_IN",
        "ADFSSignInLogs,ADFS_SIGN_IN",
        "aadserviceprincipalsigninlogs,SERVICE_PRINCIPAL_SIGN_IN",
        "AADManagedIdentitySignInLogs,MANAGED_IDENTITY_SIGN_IN",
        "AuditLogs,AUDIT",
        "AADUserRiskEvents,RISK_DETECTION",
        "AADRiskyUsers,RISKY_USER",
        "AzureActivity,AZURE_ACTIVITY"
    })
    void aTableNamesTheLogOfItsRows(String table, LogKind kind) {
        EntraEvent event = Events.with(Events.of(kind, Events.TENANT), Field.LOG_CATEGORY, kind.category());
        assertThat(ReadRule.of(ReadRule.selection(kind.source().service(), "Type: " + table))
                        .matches(event))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Succeeded,Success", "failed,Failure", "Sucess,Success", "Failure,Failure", "Started,Started"})
    void aStatusMayBeNamedAsAzureWritesIt(String name, String status) {
        EntraEvent event = Events.with(Events.of(LogKind.AZURE_ACTIVITY, Events.TENANT), Field.STATUS, status);
        assertThat(ReadRule.of(ReadRule.selection("activitylogs", "Status: " + name))
                        .matches(event))
                .isTrue();
    }

    @Test
    void anEmptyListIsAskedForWhereThereIsNone() {
        String networks = "[{\"networkType\":\"namedNetwork\",\"networkNames\":[]}]";

        assertThat(ReadRule.onSignIns("NetworkLocationDetails: '[]'")
                        .matches(Events.with(Events.signIn(), Field.NETWORK_JSON, networks)))
                .isFalse();
        assertThat(ReadRule.onSignIns("NetworkLocationDetails|contains: '[]'")
                        .matches(Events.with(Events.signIn(), Field.NETWORK_JSON, networks)))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} and the list one, two: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "app: two # true",
                "app: three # false",
                "app|all: [ one, two ] # true",
                "app|all: [ one, three ] # false",
                "app|startswith: tw # true"
            })
    void anyValueOfAListMayMatch(String line, boolean expected) {
        assertThat(ReadRule.onSignIns(line).matches(Events.from("one", "two"))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "app|re: '(a' # 5:13: re: (a: missing closing )",
                "app|re: '(?=a)' # 5:13: re: (?=a): invalid or unsupported Perl syntax (expected: RE2,"
                        + " which has no lookaheads, lookbehinds, back-references, atomic groups and possessive quantifiers)",
                "ipAddress|cidr: 10.0.0.0/33 # 5:21: cidr: 10.0.0.0/33 (expected: a block of addresses such as"
                        + " 192.0.2.0/24)",
                "ipAddress|cidr: 10.0.0/8 # 5:21: cidr: 10.0.0/8 (expected: a block of addresses such as"
                        + " 192.0.2.0/24)",
                "app|lt: five # 5:13: five (expected: a number to compare with, of at most 40 digits)",
                "app|gt: 1e40 # 5:13: 1e40 (expected: a number to compare with, of at most 40 digits)",
                "app|gt: 1e999999999 # 5:13: 1e999999999 (expected: a number to compare with, of at most 40 digits)",
                "app|gt: 1e-41 # 5:13: 1e-41 (expected: a number to compare with, of at most 40 digits)",
                "app|hour: 1e-999999999 # 5:15: 1e-999999999 (expected: a number to compare with, of at most 40 digits)",
                "app|exists: maybe # 5:17: exists: 'maybe' (expected: true or false)",
                "app|contans: x # 5:5: modifier: contans is not supported (expected: contains, startswith, endswith,"
                        + " all, re, i, m, s, cidr, exists, expand, lt, lte, gt, gte, neq, cased, windash, base64,"
                        + " base64offset, utf16, utf16le, utf16be, wide, fieldref, minute, hour, day, week, month, year)"
                        + " (did you mean 'contains'?)",
                "app|contains|startswith: x # 5:5: modifiers: contains and startswith exclude each other",
                "app|re|cidr: 10.0.0.0/8 # 5:5: modifiers: re and cidr exclude each other",
                "app|contains|i: x # 5:5: modifiers: i, m and s go with re",
                "app: [] # 5:10: appDisplayName: an empty list (expected: at least one value)",
                "app: { a: b } # 5:10: appDisplayName: a mapping (expected: a value)",
                "app: [ x, [ y ] ] # 5:15: appDisplayName: a list (expected: a value)",
                "- '' # 5:7: '' (expected: fields and their values, or a text to find)",
                "app|re: '((a{100}){100}){100}' # 5:13: re: ((a{100}){100}){100}: more than 20000 steps for every"
                        + " character",
                "app|base64offset: xy # 5:5: modifiers: base64offset goes with contains",
                "app|base64offset|contains: x # 5:32: base64offset: 'x' (expected: at least 2 bytes)",
                "app|wide: x # 5:5: modifiers: utf16, utf16le, utf16be and wide go with base64 or base64offset",
                "app|base64: 'a*' # 5:17: base64: 'a*' (expected: a text without wildcards)",
                "app|contains|all: x # 5:23: all: one value (expected: a list of several)",
                "app|fieldref: nobody # 5:19: fieldref: 'nobody' is unknown for service signinlogs",
                "app|hour|contains: 3 # 5:5: modifiers: minute, hour, day, week, month and year cannot go with contains",
                "app|cased|re: x # 5:5: modifiers: cased cannot go with re",
                "app|contains|contains: x # 5:5: modifiers: contains is given twice",
                "app|hour: 2.5 # 5:15: 2.5 (expected: a whole number to compare with)",
                "app: NO # 5:10: appDisplayName: NO (expected: true or false, or 'NO' in quotes, which other tools take"
                        + " for true or false)",
                "app|hour: 24 # 5:15: hour 24 is never true (expected: from 0 to 23)",
                "app|week|gt: 53 # 5:18: week gt 53 is never true (expected: from 1 to 53)",
                "app|month|lt: 1 # 5:19: month lt 1 is never true (expected: from 1 to 12)"
            })
    void aWrongValueIsToldWithItsPlace(String line, String problem) {
        assertThat(ReadRule.onSignIns(line).problem()).isEqualTo("trial.yml:" + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"050053", "+50053", "5.0053e4", "0xC385", "0o141605", ".5", ".inf"})
    void aNumberIsWrittenAsRecordsWriteIt(String number) {
        assertThat(ReadRule.onSignIns("app: " + number).problem())
                .isEqualTo("trial.yml:5:10: appDisplayName: '" + number
                        + "' (expected: a number as records write it, such as 50126; or a text in quotes)");
        assertThat(ReadRule.onSignIns("app: '" + number + "'").matches(Events.from(number)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "50053", "10.0", "1.10", "10.0.26100"})
    void numbersAndVersionsOfRecordsNeedNoQuotes(String number) {
        assertThat(ReadRule.onSignIns("app: " + number).matches(Events.from(number)))
                .isTrue();
    }

    @Test
    void theFlagsOfAPatternAreThoseOfSigma() {
        assertThat(ReadRule.onSignIns("app|re: '^two'").matches(Events.from("one\ntwo")))
                .isFalse();
        assertThat(ReadRule.onSignIns("app|re|m: '^two'").matches(Events.from("one\ntwo")))
                .isTrue();
        assertThat(ReadRule.onSignIns("app|re: 'one.two'").matches(Events.from("one\ntwo")))
                .isFalse();
        assertThat(ReadRule.onSignIns("app|re|i|s: 'ONE.TWO'").matches(Events.from("one\ntwo")))
                .isTrue();
    }

    @Test
    void aHostilePatternTakesLinearTime() {
        ReadRule read = ReadRule.onSignIns("app|re: '^(a+)+$'");

        assertTimeout(Duration.ofSeconds(5), () -> assertThat(read.matches(Events.from("a".repeat(50_000) + "!")))
                .isFalse());
    }

    @Test
    void aLongTextIsLookedForInAnotherInLinearTime() {
        ReadRule read = ReadRule.onSignIns("app|contains|fieldref: ipAddress");
        EntraEvent hostile = Events.from("a".repeat(500_000));

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(
                        read.matches(Events.with(hostile, Field.IP_ADDRESS, "a".repeat(250_000) + "b")))
                .isFalse());
    }

    @ParameterizedTest
    @CsvSource({"x,'',true", "x,y,false", "X,'',true", "xab,ab,true", "'',ab,true", "a,'',true"})
    void aLongTextIsFoundInAnother(String before, String after, boolean expected) {
        String part = "ab".repeat(100);
        String text = before + part.substring(0, part.length() - (expected ? 0 : 1)) + after;
        EntraEvent event = Events.with(Events.from(text), Field.IP_ADDRESS, part.toUpperCase(Locale.ROOT));

        assertThat(ReadRule.onSignIns("app|contains|fieldref: ipAddress").matches(event))
                .isEqualTo(expected);
        assertThat(ReadRule.onSignIns("app|contains|cased|fieldref: ipAddress").matches(event))
                .isFalse();
    }

    @Test
    void aWildcardMatchesOverLines() {
        assertThat(ReadRule.onSignIns("app: 'one*three'").matches(Events.from("One\ntwo\nthree")))
                .isTrue();
    }

    @Test
    void hugeNumbersAndPatternsAreRefusedAtOnce() {
        assertTimeout(Duration.ofSeconds(5), () -> {
            assertThat(ReadRule.onSignIns("app|gt: " + "9".repeat(900_000)).problem())
                    .contains("expected: a number to compare with")
                    .hasSizeLessThan(2_000);
            assertThat(ReadRule.onSignIns("app|re: '" + "(".repeat(50_000) + ")".repeat(50_000) + "'")
                            .problem())
                    .isEqualTo("trial.yml:5:13: re: more than 200 groups");
        });
    }

    @Test
    void aRuleLooksOnlyAtItsOwnLog() {
        Rule rule = ReadRule.onSignIns("tenantId: x").rule();

        assertThatCode(() -> rule.matches(Events.audit())).doesNotThrowAnyException();
        assertThat(rule.matches(Events.with(Events.audit(), Field.TENANT, "x"))).isFalse();
        assertThat(rule.matches(Events.with(Events.signIn(), Field.TENANT, "x")))
                .isTrue();
    }
}
