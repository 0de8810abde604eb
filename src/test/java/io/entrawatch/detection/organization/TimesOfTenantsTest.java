package io.entrawatch.detection.organization;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** Zones and hours that a tenant inherits in part. */
class TimesOfTenantsTest {

    private static final String HOURS =
            """
            defaults:
              business-hours:
                from: "09:00"
                to: "17:00"
                countries:
                  US: { zone: America/Los_Angeles }
              country-zones: { CA: America/Vancouver }
            tenants:
              - id: heir
              - { id: other, country-zones: { BR: America/Manaus } }
              - { id: settled, country-zones: { US: America/Denver } }
              - id: east
                business-hours: { from: "09:00", to: "17:00", countries: { CA: { zone: America/Halifax } } }
              - { id: none, business-hours: , country-zones: }
            """;

    private final Problems problems = new Problems();

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "heir, US, 15:30",
        "heir, CA, 15:30",
        // A zone of another country takes nothing away from the hours.
        "other, US, 15:30",
        "other, BR, 19:30",
        "other, CA, 18:30",
        "settled, US, 16:30",
        "east, CA, 19:30",
        "east, US, 18:30",
        "none, US, 18:30"
    })
    void aZoneIsInheritedWithTheHoursItIsBeside(String tenant, String country, String expected) {
        Organization organization = OrganizationReader.read("organization.yaml", HOURS, problems);
        assertThat(problems.all()).isEmpty();
        FieldValues values = new FieldValues();
        values.set(Field.COUNTRY, country);
        long at = Instant.parse("2026-03-02T23:30:00Z").toEpochMilli();
        EntraEvent event = new EntraEvent(LogKind.SIGN_IN, "event", at, tenant, null, values);
        new OrganizationFields(organization, EnumSet.of(Field.TIME_LOCAL)).complete(event);

        assertThat(event.text(Field.TIME_LOCAL)).isEqualTo("2026-03-02T" + expected + ":00");
    }

    @Test
    void oneCountryHasOneZone() {
        String hours = "business-hours: { from: '09:00', to: '17:00', countries: { US: { zone: America/New_York } } }";

        assertThat(told("defaults: { country-zones: { US: America/New_York }, " + hours + " }"))
                .isEmpty();
        assertThat(told("defaults: { country-zones: { US: America/Denver }, " + hours + " }"))
                .containsExactly("1:28: country-zones: US is America/Denver here and America/New_York in business-hours"
                        + " (expected: one zone)");
    }

    @Test
    void hoursOfACountryDoNotEndWhenTheyBegin() {
        String hours = "defaults: { business-hours: { from: '09:00', to: '17:00', countries: { FR: { %s } } } }";

        assertThat(told(hours.formatted("from: '17:00'")))
                .containsExactly("1:84: from: 17:00 is when the hours of all end (expected: another time, or to beside"
                        + " it)");
        assertThat(told(hours.formatted("to: '9:00'")))
                .containsExactly("1:82: to: 9:00 is when the hours of all begin (expected: another time, or from beside"
                        + " it)");
        assertThat(told(hours.formatted("from: '16:59'"))).isEmpty();
        assertThat(told("defaults: { business-hours: { from: '00:00' } }"))
                .singleElement()
                .asString()
                .contains("to: missing");
    }

    private List<String> told(String text) {
        Problems wrong = new Problems();
        OrganizationReader.read("organization.yaml", text, wrong);
        return wrong.all().stream()
                .map(Problem::toString)
                .map(problem -> problem.replace("organization.yaml:", ""))
                .toList();
    }
}
