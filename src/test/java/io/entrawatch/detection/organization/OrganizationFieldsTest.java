package io.entrawatch.detection.organization;

import java.time.Instant;
import java.util.EnumSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

class OrganizationFieldsTest {

    private static final String HOURS =
            """
            defaults:
              zone: Europe/Berlin
              business-hours:
                from: "09:00"
                to: "17:00"
                countries:
                  AE: { days: [ sun, mon, tue, wed, thu ] }
                  JP: { from: "22:00", to: "06:00" }
                  CA: { zone: America/Vancouver }
              holidays: { DE: [ "12-25", 2026-04-03 ], ALL: [ "01-01" ] }
              country-zones: { BR: America/Manaus }
            """;

    @ParameterizedTest
    @CsvSource({
        // Berlin's clocks change on 29 March 2026.
        "2026-03-27T07:59:59Z,DE,off-hours",
        "2026-03-27T08:00:00Z,DE,hours",
        "2026-03-27T15:59:59Z,DE,hours",
        "2026-03-27T16:00:00Z,DE,off-hours",
        "2026-03-30T06:59:59Z,DE,off-hours",
        "2026-03-30T07:00:00Z,DE,hours",
        "2026-03-28T10:00:00Z,DE,weekend",
        "2026-04-03T10:00:00Z,DE,holiday",
        "2027-04-02T10:00:00Z,DE,hours",
        "2026-12-25T10:00:00Z,DE,holiday",
        "2028-12-25T10:00:00Z,DE,holiday",
        "2026-12-25T10:00:00Z,FR,hours",
        "2026-01-01T10:00:00Z,FR,holiday",
        // The day is that of the user.
        "2025-12-31T23:30:00Z,DE,holiday",
        "2025-12-31T23:30:00Z,GB,off-hours",
        // Friday and Saturday are the weekend.
        "2026-03-27T08:00:00Z,AE,weekend",
        "2026-03-29T08:00:00Z,AE,hours",
        // At night: Friday's ends on Saturday, Sunday's has not begun.
        "2026-03-27T13:00:00Z,JP,hours",
        "2026-03-27T20:59:59Z,JP,hours",
        "2026-03-27T21:00:00Z,JP,weekend",
        "2026-03-29T20:00:00Z,JP,off-hours",
        // 16:00 in Vancouver, 19:00 in Toronto.
        "2026-03-27T23:00:00Z,CA,hours",
        // 16:30 in Manaus, 17:30 in Sao Paulo.
        "2026-03-27T20:30:00Z,BR,hours",
        // The tenant's zone where the country is unknown.
        "2026-03-27T08:00:00Z,,hours",
        "2026-03-27T07:00:00Z,XX,off-hours"
    })
    void businessTimeIsThatOfThePlace(String at, String country, String expected) {
        EntraEvent event = signIn(at, Field.COUNTRY, country == null ? "" : country);

        assertThat(completed(HOURS, event).text(Field.TIME_BUSINESS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "US,Texas,,,2026-07-01T07:00:00",
        "US,Arizona,,,2026-07-01T05:00:00",
        "US,,,,2026-07-01T08:00:00",
        "US,,34.05,-118.24,2026-07-01T05:00:00",
        "US,,61.2,-149.9,2026-07-01T04:00:00",
        "AU,,-31.95,115.86,2026-07-01T20:00:00",
        "RU,,43.1,131.9,2026-07-01T22:00:00",
        "FJ,,-16.8,-179.9,2026-07-02T00:00:00",
        "de,Bayern,48.1,11.6,2026-07-01T14:00:00"
    })
    void aCountryWithSeveralZonesHasThatOfTheStateOrTheNearestCity(
            String country, String state, String latitude, String longitude, String expected) {
        EntraEvent event = signIn("2026-07-01T12:00:00Z", Field.COUNTRY, country);
        event.fields().set(Field.STATE, state);
        event.fields().set(Field.LATITUDE, latitude);
        event.fields().set(Field.LONGITUDE, longitude);

        assertThat(completed("", event).text(Field.TIME_LOCAL)).isEqualTo(expected);
    }

    @Test
    void theHourIsThatOfTheTenant() {
        EntraEvent event = signIn("2026-03-01T22:59:59Z", Field.COUNTRY, "US");

        assertThat(completed("defaults: { zone: Asia/Tokyo }", event).text(Field.TIME_HOUR))
                .isEqualTo("2026-03-02T07");
    }

    @Test
    void accountsAreKnownByTheirIdsAndNames() {
        String known =
                """
                defaults: { privileged-accounts: [ Adm@contoso.example, id-1, app ], vips: [ id-2 ] }
                """;

        assertThat(completed(known, signIn(Field.USER_PRINCIPAL_NAME, "ADM@contoso.example"))
                        .text(Field.USER_IS_PRIVILEGED))
                .isEqualTo("true");
        EntraEvent vip = completed(known, signIn(Field.USER_ID, "id-2"));
        assertThat(vip.text(Field.USER_IS_VIP)).isEqualTo("true");
        assertThat(vip.text(Field.USER_IS_PRIVILEGED)).isEqualTo("false");
        EntraEvent audit = completed(known, event(LogKind.AUDIT, Field.ACTOR_APP_NAME, "App", Field.TARGET_ID, "id-2"));
        assertThat(audit.text(Field.ACTOR_IS_PRIVILEGED)).isEqualTo("true");
        assertThat(audit.text(Field.ACTOR_IS_VIP)).isEqualTo("false");
        assertThat(audit.text(Field.TARGET_IS_VIP)).isEqualTo("true");
        assertThat(audit.text(Field.TARGET_IS_PRIVILEGED)).isEqualTo("false");
        assertThat(audit.text(Field.USER_IS_VIP)).isNull();
    }

    @Test
    void anAddressIsTrustedByTheOrganizationOrByEntra() {
        String known = "defaults: { egress: [ 192.0.2.0/24 ] }";

        assertThat(trusted(known, signIn(Field.IP_ADDRESS, "192.0.2.7"))).isEqualTo("true");
        assertThat(trusted(known, signIn(Field.IP_ADDRESS, "198.51.100.7"))).isEqualTo("false");
        assertThat(trusted(known, signIn(Field.IP_ADDRESS, "198.51.100.7", Field.NETWORK_TYPE, "trustedNamedLocation")))
                .isEqualTo("true");
        assertThat(trusted(known, signIn())).isNull();
    }

    private static String trusted(String known, EntraEvent event) {
        return completed(known, event).text(Field.SOURCE_IS_TRUSTED);
    }

    @ParameterizedTest
    @CsvSource({
        "DE,192.0.2.1,true,Hybrid Azure AD joined,",
        "DE,192.0.2.1,false,Azure AD registered,device",
        "DE,192.0.2.1,,,device",
        "FR,192.0.2.1,true,,place",
        "DE,198.51.100.1,false,ServerAd,address",
        "FR,198.51.100.1,false,,place address device",
        ",,true,,"
    })
    void controlsOfPrivilegedAccountsAreToldWhereTheyAreViolated(
            String country, String address, String compliant, String trust, String expected) {
        String known =
                """
                defaults:
                  privileged-accounts: [ adm ]
                  privileged-controls: { countries: [ DE ], networks: [ 192.0.2.0/24 ], devices: [ compliant, hybrid ] }
                """;
        EntraEvent event = signIn(Field.USER_ID, "adm", Field.COUNTRY, country, Field.IP_ADDRESS, address);
        event.fields().set(Field.DEVICE_COMPLIANT, compliant);
        event.fields().set(Field.DEVICE_TRUST, trust);
        String[] violated = completed(known, event).fields().all(Field.USER_VIOLATED_CONTROLS);

        assertThat(violated == null ? null : String.join(" ", violated)).isEqualTo(expected);
        event.fields().set(Field.USER_ID, "somebody");
        assertThat(completed(known, event).text(Field.USER_VIOLATED_CONTROLS)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "worker,DE,192.0.2.1,false",
        "WORKER,FR,192.0.2.1,true",
        "worker,DE,198.51.100.1,true",
        "worker,,,false",
        "clerk,FR,203.0.113.1,false",
        "both,FR,192.0.2.1,false",
        "both,US,192.0.2.1,true",
        "other,US,203.0.113.1,"
    })
    void whoStaysInOnePlaceIsAwayFromAnother(String user, String country, String address, String expected) {
        String known =
                """
                defaults:
                  stationary:
                    - { name: plant, users: [ worker, both ], countries: [ DE ], networks: [ 192.0.2.0/24 ] }
                    - { name: office, users: [ clerk, both ], countries: [ FR ] }
                """;
        EntraEvent event = signIn(Field.USER_ID, user, Field.COUNTRY, country, Field.IP_ADDRESS, address);

        assertThat(completed(known, event).text(Field.USER_IS_AWAY)).isEqualTo(expected);
    }

    @Test
    void attributesAreMissingWhereTheyAreNotSetInTheRightForm() {
        String known =
                """
                defaults:
                  required-attributes: [ { name: EmployeeId, pattern: '[0-9]{6}' }, Department, { name: City } ]
                """;
        EntraEvent event = event(LogKind.AUDIT);
        event.fields().add(Field.CHANGES.ordinal(), "employeeid:  -> 12345");
        event.fields().add(Field.CHANGES.ordinal(), "Department: A -> B -> C");
        event.fields().add(Field.CHANGES.ordinal(), "City: Lyon -> ");
        completed(known, event);

        assertThat(event.fields().all(Field.TARGET_MISSING_ATTRIBUTES)).containsExactly("EmployeeId", "City");
        assertThat(event.fields().all(Field.TARGET_SET_ATTRIBUTES)).containsExactly("Department");
    }

    @Test
    void theDayOfTheCutOffBeginsByTheTenantsClocks() {
        String known = "defaults: { zone: Europe/Berlin, legacy-auth-disabled-since: 2026-03-02 }";

        assertThat(completed(known, signIn("2026-03-01T22:59:59Z", Field.COUNTRY, "US"))
                        .text(Field.AFTER_LEGACY_CUT_OFF))
                .isEqualTo("false");
        assertThat(completed(known, signIn("2026-03-01T23:00:00Z", Field.COUNTRY, "US"))
                        .text(Field.AFTER_LEGACY_CUT_OFF))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @EnumSource
    void whatTheOrganizationDoesNotSayHasNoValue(Field field) {
        EntraEvent event = completed("", signIn("2026-03-01T23:00:00Z", Field.COUNTRY, "US"));

        assertThat(field.needs().isEmpty() || !event.fields().has(field)).isTrue();
    }

    private static EntraEvent completed(String organization, EntraEvent event) {
        Problems problems = new Problems();
        Organization known = OrganizationReader.read("organization.yaml", organization, problems);
        assertThat(problems.all()).isEmpty();
        new OrganizationFields(known, EnumSet.allOf(Field.class)).complete(event);
        return event;
    }

    private static EntraEvent signIn(Object... fields) {
        return event(LogKind.SIGN_IN, fields);
    }

    private static EntraEvent signIn(String at, Field field, String value) {
        EntraEvent event = signIn(field, value);
        return new EntraEvent(
                event.kind(), event.id(), Instant.parse(at).toEpochMilli(), event.tenant(), null, event.fields());
    }

    private static EntraEvent event(LogKind kind, Object... fields) {
        FieldValues values = new FieldValues();
        for (int i = 0; i < fields.length; i += 2) {
            values.set((Field) fields[i], (String) fields[i + 1]);
        }
        return new EntraEvent(kind, "event", 0, "tenant", null, values);
    }
}
