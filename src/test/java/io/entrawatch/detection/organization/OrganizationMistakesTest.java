package io.entrawatch.detection.organization;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be read, and would say nothing or too much. */
class OrganizationMistakesTest {

    private static final String EMPTY = " an empty list (expected: one value or more, or no entry)";

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "privileged-accounts: [ 'ada@*' ] # 2:26: privileged-accounts: 'ada@*' (expected: a name or an id)"
                        + " (* and ? stand for nothing else here)",
                "vips: [ 'b?ss' ] # 2:11: vips: 'b?ss' (expected: a name or an id) (* and ? stand for nothing else"
                        + " here)",
                "stationary: [ { name: x, users: [ '*' ], countries: [ DE ] } ] # 2:37: users: '*' (expected: a name or"
                        + " an id) (* and ? stand for nothing else here)",
                "approved-user-admins: [ '*' ] # 2:27: approved-user-admins: '*' (expected: a name or an id) (every"
                        + " name is one of these)",
                "country-zones: { US: CST } # 2:24: US: CST (expected: a time zone such as Europe/Berlin)",
                "country-zones: { US: America/Chicagoo } # 2:24: US: America/Chicagoo (expected: a time zone such as"
                        + " Europe/Berlin) (did you mean 'America/Chicago'?)",
                "business-hours: { from: '09:00', to: '17:00', countries: { US: { zone: CST } } } # 2:74: zone: CST"
                        + " (expected: a time zone such as Europe/Berlin)",
                "egress: [ 0.0.0.0/0 ] # 2:13: egress: '0.0.0.0/0' (expected: a block of addresses such as 192.0.2.0/24)"
                        + " (every address is in it)",
                "egress: [ '::/0' ] # 2:13: egress: '::/0' (expected: a block of addresses such as 192.0.2.0/24) (every"
                        + " address is in it)",
                "egress: [ '10.0.0.1:443' ] # 2:13: egress: '10.0.0.1:443' (expected: a block of addresses such as"
                        + " 192.0.2.0/24)",
                "egress: [ '[2001:db8::1]/64' ] # 2:13: egress: '[2001:db8::1]/64' (expected: a block of addresses such"
                        + " as 192.0.2.0/24)",
                "cities: [ ' , DE' ] # 2:13: cities: ' , DE' (expected: a city and its country, such as Munich, DE)",
                "lists: { mine: [ '' ] } # 2:20: mine: '' (expected: a text)",
                "lists: { mine: [ ~ ] } # 2:20: mine: nothing (expected: a text)",
                "lists: { mine: [ [ x ] ] } # 2:20: mine: a list (expected: a text)",
                "required-attributes: [ ~, EmployeeId ] # 2:26: required-attributes: nothing (expected: a name)",
                "required-attributes: [ '' ] # 2:26: required-attributes: '' (expected: a name)",
                "privileged-controls: { countries: [] } # 2:37: countries:" + EMPTY,
                "privileged-controls: { devices: [] } # 2:35: devices:" + EMPTY,
                "stationary: [ { name: x, users: [ a ], networks: [] } ] # 2:52: networks:" + EMPTY,
                "user-naming: [ '^(?!x)' ] # 2:18: user-naming: '^(?!x)' (expected: a regular expression that some names"
                        + " match and others do not, such as ^adm_) (RE2 has no lookaheads and lookbehinds)"
            })
    void aValueThatSaysNothingOrTooMuchIsRefused(String entry, String problem) {
        read("defaults:\n  " + entry + "\n");

        assertThat(told()).containsExactly(problem);
    }

    @Test
    void aTenantThatNoRecordMayHaveIsRefused() {
        read("tenants: [ { id: \"a\\tb\" } ]");

        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("1:18: id: a?b (expected: the id of a tenant, of at most 1000 characters");
    }

    @Test
    void aNameMayHaveWildcardsWhereOnlyRulesAskForIt() {
        assertThat(read("defaults: { approved-user-admins: [ 'Sync_*@contoso.example' ] }")
                        .shared("approved_user_admins"))
                .hasValue(List.of("Sync_*@contoso.example"));
        assertThat(told()).isEmpty();
    }

    @Test
    void aCityIsWrittenAsRecordsHaveIt() {
        Organization organization =
                read("defaults: { cities: [ 'Munich,DE', 'München , de', ' Munich,  DE ', 'Washington, D.C., US' ] }");

        assertThat(told()).isEmpty();
        assertThat(organization.shared("cities"))
                .hasValue(List.of("Munich, DE", "München, DE", "Munich, DE", "Washington, D.C., US"));
    }

    @Test
    void kosovoIsACountry() {
        Organization organization = read("defaults: { countries: [ xk ], cities: [ 'Pristina, XK' ] }");

        assertThat(told()).isEmpty();
        assertThat(organization.shared("countries")).hasValue(List.of("XK"));
        assertThat(CountryZones.of("XK", null, Double.NaN, Double.NaN)).hasToString("Europe/Belgrade");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "privileged-accounts",
                "approved-user-admins",
                "privileged-groups",
                "home-tenants",
                "important-apps",
                "user-naming"
            })
    void aKnownListUnderListsHasTheNameThatRulesKnow(String entry) {
        read("defaults: { lists: { " + entry + ": [ x ] } }");
        assertThat(told())
                .containsExactly("1:" + (24 + entry.length()) + ": " + entry + ": not a list of your own (expected: "
                        + entry + " beside lists)");
    }

    @Test
    void aListUnderItsOtherNameIsReadAndChecked() {
        Organization organization =
                read("defaults: { lists: { privileged_groups: [ x ], home_tenants: [ junk ], break-glass: [ y ] } }");

        assertThat(organization.shared("privileged_groups")).hasValue(List.of("x"));
        assertThat(organization.shared("break-glass")).hasValue(List.of("y"));
        assertThat(told()).singleElement().asString().contains("home_tenants: 'junk'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"business-hours", "business_hours", "legacy-auth-disabled-since", "required_attributes"})
    void whatIsMoreThanAListIsNotUnderLists(String entry) {
        read("defaults: { lists: { " + entry + ": [ x ] } }");

        assertThat(told())
                .singleElement()
                .asString()
                .endsWith(entry + ": not a plain list (expected: " + entry.replace('_', '-') + " beside lists)");
    }

    @Test
    void holidaysOfAllMayBeWrittenInSmallLetters() {
        Organization organization = read("defaults: { holidays: { all: [ '12-25' ] } }");

        assertThat(told()).isEmpty();
        assertThat(organization.others().expected().holidays().countries()).containsExactly("ALL");
    }

    @Test
    void aFileInAnotherEncodingIsToldAsSuch() throws IOException {
        Path file = directory.resolve("organization.yaml");
        Files.write(file, "defaults: { vips: [ J\u00f6rg ] }".getBytes(StandardCharsets.ISO_8859_1));

        OrganizationReader.read(file, problems);
        assertThat(problems.all()).extracting(Problem::toString).containsExactly(file + ":1:1: the file is not UTF-8");
    }

    @Test
    void manyTenantsShareAList() {
        String tenants = IntStream.range(0, 300)
                .mapToObj(i -> "  - { id: t" + i + ", vips: *v }\n")
                .collect(Collectors.joining());
        Organization organization = read("defaults:\n  vips: &v [ boss ]\ntenants:\n" + tenants);

        assertThat(told()).isEmpty();
        assertThat(organization.profile("t299").isVip("boss")).isTrue();
    }

    private List<String> told() {
        return problems.all().stream()
                .map(Problem::toString)
                .map(text -> text.replace("organization.yaml:", ""))
                .toList();
    }

    private Organization read(String text) {
        return OrganizationReader.read("organization.yaml", text, problems);
    }
}
