package io.entrawatch.detection.organization;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.entrawatch.event.Field;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

class OrganizationReaderTest {

    private static final String PATTERN =
            " (expected: a regular expression that some names match and others do not, such as ^adm_)";

    private final Problems problems = new Problems();

    @Test
    void aTenantInheritsWhatItDoesNotGive() {
        Organization organization = read(
                """
                defaults:
                  zone: Europe/Berlin
                  vips: [ Boss@contoso.com ]
                  egress: [ 192.0.2.0/24 ]
                  vpn-networks: [ AS64500, 64501 ]
                  lists: { approved: [ one ], other: [ two ] }
                tenants:
                  - id: AAAA
                    zone: Asia/Tokyo
                    lists: { approved: [ three ], other: [] }
                  - id: bbbb
                """);
        assertThat(problems.all()).isEmpty();
        TenantProfile own = organization.profile("aaaa");
        assertThat(own.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(own.isVip("BOSS@contoso.com")).isTrue();
        assertThat(own.isEgress("192.0.2.9")).isTrue();
        assertThat(own.vpnNetworks()).containsExactlyInAnyOrder(64500L, 64501L);
        assertThat(organization.list("aaaa", "approved")).hasValue(java.util.List.of("three"));
        assertThat(organization.list("aaaa", "other")).isEmpty();
        assertThat(organization.list("bbbb", "approved")).hasValue(java.util.List.of("one"));
        assertThat(organization.profile("other").zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void onlyASingleTenantIsTheDefault() {
        assertThat(read("tenants: [ { id: A } ]").defaultTenant()).isEqualTo("a");
        assertThat(read("tenants: [ { id: A }, { id: B } ]").defaultTenant()).isEqualTo("unknown");
        assertThat(read("defaults: {}").defaultTenant()).isEqualTo("unknown");
        assertThat(read("").defaultTenant()).isEqualTo("unknown");
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirPlaces() {
        read(
                """
                defaults:
                  zone: Europe/Berlim
                  egress: [ 192.0.2.0/24, 192.0.2.0/33 ]
                  vpn-networks: [ AS64500, ASX, 4294967296 ]
                  vip: [ a ]
                tenants:
                  - id: a
                  - id: A
                  - name: b
                tenant: []
                """);
        assertThat(problems.all())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        told -> assertThat(told).startsWith("organization.yaml:2:9: zone: Europe/Berlim"),
                        told -> assertThat(told).startsWith("organization.yaml:3:27: egress: '192.0.2.0/33'"),
                        told -> assertThat(told).startsWith("organization.yaml:4:28: vpn-networks: 'ASX'"),
                        told -> assertThat(told).startsWith("organization.yaml:4:33: vpn-networks: '4294967296'"),
                        told -> assertThat(told)
                                .startsWith("organization.yaml:5:3: vip: unknown here (did you mean 'vips'?)"),
                        told -> assertThat(told).isEqualTo("organization.yaml:8:9: id: a is given twice"),
                        told -> assertThat(told).isEqualTo("organization.yaml:9:5: id: missing (expected: a text)"),
                        told -> assertThat(told)
                                .startsWith("organization.yaml:10:1: tenant: unknown here (did you mean 'tenants'?)"));
    }

    @Test
    void countriesMayBeWrittenInSmallLettersButNotTwice() {
        Organization read = read(
                """
                defaults:
                  country-zones: { us: America/Chicago }
                  holidays: { US: [ "07-04" ], us: [ "12-25" ] }
                """);
        assertThat(read.others().expected().countryZones()).containsEntry("US", ZoneId.of("America/Chicago"));
        assertThat(told()).containsExactly("3:32: holidays: US is given twice");
    }

    @Test
    void aSecondDocumentIsNotPassedOver() {
        read("defaults: { countries: [ DE ] }\n---\ndefaults: { vips: [ anna ] }\n");
        assertThat(told()).containsExactly("3:1: a second document (expected: one with all tenants)");
    }

    @Test
    void everyWrongValueIsToldWithWhatWasExpected() {
        read(
                """
                defaults:
                  countries: [ DE, UK, Germany, XX ]
                  cities: [ "Munich, DE", Munich ]
                  user-naming: [ "", ".*", "(", "^adm_" ]
                  approved-domains: [ contoso.example, someone@contoso.example ]
                  home-tenants: [ contoso ]
                  vips: [ [ nested ], "" ]
                  legacy-auth-disabled-since: 2026-13-01
                  country-zones: { US: America/Chicagoo }
                  required-attributes:
                    - { name: EmployeeId, pattern: "[" }
                    - { nam: Department }
                """);
        assertThat(told())
                .containsExactly(
                        "2:20: countries: 'UK' (expected: two letters of ISO 3166, such as DE) (did you mean 'GB'?)",
                        "2:24: countries: 'Germany' (expected: two letters of ISO 3166, such as DE)"
                                + " (did you mean 'DE'?)",
                        "2:33: countries: 'XX' (expected: two letters of ISO 3166, such as DE)",
                        "3:27: cities: 'Munich' (expected: a city and its country, such as Munich, DE)",
                        "4:18: user-naming: ''" + PATTERN,
                        "4:22: user-naming: '.*'" + PATTERN,
                        "4:28: user-naming: '('" + PATTERN,
                        "5:40: approved-domains: 'someone@contoso.example' (expected: a domain such as contoso.example)",
                        "6:19: home-tenants: 'contoso' (expected: the id of a tenant such as"
                                + " 5f2d7f3a-6c1e-4f0b-9b7e-2a51c0c0a501)",
                        "7:11: vips: a list (expected: a name or an id)",
                        "7:23: vips: '' (expected: a name or an id)",
                        "8:31: legacy-auth-disabled-since: '2026-13-01' (expected: a day such as 2026-03-02, or a time"
                                + " in UTC such as 2026-03-02T09:15:42Z)",
                        "9:24: US: America/Chicagoo (expected: a time zone such as Europe/Berlin)"
                                + " (did you mean 'America/Chicago'?)",
                        "11:36: pattern: '[' (expected: a regular expression such as [0-9]{6})",
                        "12:7: name: missing (expected: a text)",
                        "12:9: nam: unknown here (did you mean 'name'?) (expected: name, pattern)");
    }

    @Test
    void hoursHolidaysPlacesAndControlsAreChecked() {
        read(
                """
                defaults:
                  business-hours:
                    days: [ mon, Someday ]
                    from: "7"
                    to: "24:01"
                    countries:
                      Utopia: { from: "08:00" }
                      FR: { from: "08:00", to: "08:00", zon: Europe/Paris }
                  holidays: { DE: [ 12-25, 2026-02-30, 02-30 ], EU: [ 01-01 ] }
                  stationary:
                    - { name: plant, users: [ a ] }
                    - { users: [], networks: [ 192.0.2.0/99 ] }
                  privileged-controls: { devices: [ managd ], contries: [ DE ] }
                """);
        assertThat(told())
                .containsExactly(
                        "3:18: days: 'Someday' (expected: mon, tue, wed, thu, fri, sat, sun)",
                        "4:11: from: '7' (expected: a time of day such as 07:00)",
                        "5:9: to: '24:01' (expected: a time of day such as 07:00)",
                        "7:7: countries: 'Utopia' (expected: two letters of ISO 3166, such as DE)",
                        "8:32: to: the same as from (expected: a later time, or one of the next day)",
                        "8:41: zon: unknown here (did you mean 'zone'?) (expected: days, from, to, zone)",
                        "9:28: holidays: '2026-02-30' (expected: a day such as 2026-12-25, or 12-25 of every year)",
                        "9:40: holidays: '02-30' (expected: a day such as 2026-12-25, or 12-25 of every year)",
                        "9:49: holidays: 'EU' (expected: two letters of ISO 3166, such as DE)",
                        "11:7: stationary: no place (expected: countries, networks or both)",
                        "12:7: name: missing (expected: a text)",
                        "12:7: users: missing (expected: ids or user principal names)",
                        "12:32: networks: '192.0.2.0/99' (expected: a block of addresses such as 192.0.2.0/24)",
                        "13:35: devices: 'managd' (expected: managed, compliant, hybrid) (did you mean 'managed'?)",
                        "13:47: contries: unknown here (did you mean 'countries'?)"
                                + " (expected: countries, networks, devices)");
    }

    @Test
    void aKnownListIsCheckedUnderListsTooAndGivenOnce() {
        read(
                """
                defaults:
                  vips: [ a ]
                  lists: { vips: [ b ], countries: [ XX ], stationary: [ c ] }
                """);
        assertThat(told())
                .containsExactly(
                        "3:18: vips: also given beside lists, as vips",
                        "3:38: countries: 'XX' (expected: two letters of ISO 3166, such as DE)",
                        "3:56: stationary: not a plain list (expected: stationary beside lists)");
    }

    @Test
    void everyEntryIsAListForRules() {
        Organization organization = OrganizationReader.read("organization-example.yaml", example(), problems);

        assertThat(problems.all()).isEmpty();
        String tenant = "5f2d7f3a-6c1e-4f0b-9b7e-2a51c0c0a501";
        assertThat(organization.defaultTenant()).isEqualTo(tenant);
        assertThat(organization.list(tenant, "approved_user_admins"))
                .get()
                .asInstanceOf(LIST)
                .contains("helpdesk@contoso.example");
        assertThat(organization.list(tenant, "vpn_networks")).hasValue(List.of("64500", "64501"));
        assertThat(organization.list(tenant, "microsoft_tenants"))
                .get()
                .asInstanceOf(LIST)
                .hasSize(3);
        assertThat(organization.list(tenant, "privileged_roles"))
                .get()
                .asInstanceOf(LIST)
                .contains("Global Administrator", "62e90394-69f5-4237-9190-012177145e10", "Contoso Tenant Operator");
        for (Field field : Field.values()) {
            for (String list : field.needs()) {
                assertThat(organization.list(tenant, list)).as(list).isPresent();
            }
        }
    }

    @Test
    void anEmptyEntryTakesTheInheritedOneAway() {
        Organization organization = read(
                """
                defaults:
                  vips: [ a ]
                  egress: [ 192.0.2.0/24 ]
                  business-hours: { from: "07:00", to: "19:00" }
                  stationary: [ { name: plant, users: [ a ], countries: [ DE ] } ]
                  microsoft-tenants: []
                tenants:
                  - { id: a, vips: [], egress: [], business-hours: , stationary: [] }
                """);
        assertThat(problems.all()).isEmpty();
        assertThat(organization.profile("a").isVip("a")).isFalse();
        assertThat(organization.profile("a").isEgress("192.0.2.1")).isFalse();
        assertThat(organization.profile("a").expected().hours()).isNull();
        assertThat(organization.list("a", "business_hours")).isEmpty();
        assertThat(organization.list("a", "stationary")).isEmpty();
        assertThat(organization.list("b", "business_hours")).isPresent();
        assertThat(organization.list("a", "microsoft_tenants")).isPresent();
    }

    @Test
    void aHundredThousandUsersAndTenThousandBlocksAreReadAndShared() {
        StringBuilder text = new StringBuilder("defaults:\n  approved-user-admins:\n");
        for (int i = 0; i < 100_000; i++) {
            text.append("    - user").append(i).append("@contoso.example\n");
        }
        text.append("  egress:\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("    - 10.").append(i / 250).append('.').append(i % 250).append(".0/25\n");
        }
        text.append("tenants:\n");
        for (int i = 0; i < 50; i++) {
            text.append("  - id: tenant").append(i).append('\n');
        }
        Organization organization = read(text.toString());

        assertThat(problems.all()).isEmpty();
        assertThat(organization.profile("tenant7").isEgress("10.39.249.127")).isTrue();
        assertThat(organization.profile("tenant7").isEgress("10.39.249.128")).isFalse();
        assertThat(organization.list("tenant7", "approved_user_admins").orElseThrow())
                .hasSize(100_000)
                .isSameAs(organization.shared("approved_user_admins").orElseThrow());
        assertThat(organization.profile("tenant7").egress())
                .isSameAs(organization.others().egress());
    }

    private static String example() {
        try (InputStream stream = OrganizationReader.class.getResourceAsStream("/organization-example.yaml")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
