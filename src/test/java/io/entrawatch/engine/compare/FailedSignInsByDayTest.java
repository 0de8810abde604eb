package io.entrawatch.engine.compare;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.TenantProfile;
import io.entrawatch.testkit.Replay;

import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;

class FailedSignInsByDayTest {

    private static final List<String> COMPARISONS = List.of("failed-sign-in-increase", "failed-sign-in-surge");

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate NEXT_MONDAY = MONDAY.plusWeeks(1);
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");

    private static final List<String> LINES = new ArrayList<>();
    private static final Map<String, TenantProfile> ZONES = new HashMap<>();
    private static List<JsonNode> alerts;

    /** Every case is a tenant of its own, so that one run decides all. */
    @BeforeAll
    static void replay() {
        week("exactly-ten-percent", 100, 110);
        week("more-than-ten-percent", 100, 111);
        week("far-more", 100, 300);
        week("a-few-more", 30, 49);
        week("many-from-few", 10, 60);
        failures("no-logs-last-week", NEXT_MONDAY, 80, UTC);
        signIns("no-failure-last-week", MONDAY, 1, 0, UTC);
        failures("no-failure-last-week", NEXT_MONDAY, 60, UTC);
        signIns("hardly-any", MONDAY, 1, 0, UTC);
        failures("hardly-any", NEXT_MONDAY, 9, UTC);
        interruptions();
        copies();
        // The clocks go forward in New York on 2026-03-08 and back in Auckland on 2026-04-05.
        day("short-day", LocalDate.of(2026, 3, 1), 48, LocalDate.of(2026, 3, 8), 60, NEW_YORK);
        day("long-day", LocalDate.of(2026, 3, 29), 48, LocalDate.of(2026, 4, 5), 60, AUCKLAND);
        midnight();
        holiday();
        Organization organization = new Organization(ZONES, Organization.UNKNOWN.others());
        alerts = Replay.withShippedDetections().of(organization).scan(LINES).documents();
    }

    private static void week(String tenant, int before, int now) {
        day(tenant, MONDAY, before, NEXT_MONDAY, now, UTC);
    }

    private static void day(String tenant, LocalDate first, int before, LocalDate second, int now, ZoneId zone) {
        failures(tenant, first, before, zone);
        failures(tenant, second, now, zone);
    }

    private static void failures(String tenant, LocalDate day, int count, ZoneId zone) {
        signIns(tenant, day, count, 50126, zone);
    }

    /** Spread evenly over the whole of the local day, however long it is. */
    private static void signIns(String tenant, LocalDate day, int count, int errorCode, ZoneId zone) {
        ZONES.put(tenant, TenantProfile.in(zone));
        long start = day.atStartOfDay(zone).toInstant().toEpochMilli();
        long end = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
        for (int i = 0; i < count; i++) {
            Instant at = Instant.ofEpochMilli(start + (end - start) * i / count);
            LINES.add(line(tenant, day + "-" + errorCode + "-" + i, at, errorCode));
        }
    }

    private static String line(String tenant, String id, Instant at, int errorCode) {
        return signIn(tenant, id, at, "user-of-" + tenant, LONDON, errorCode, "\"isInteractive\":true");
    }

    private static void interruptions() {
        failures("interrupted", MONDAY, 100, UTC);
        signIns("interrupted", NEXT_MONDAY, 300, 50140, UTC);
        signIns("interrupted", NEXT_MONDAY, 300, 50074, UTC);
    }

    private static void copies() {
        failures("copied", MONDAY, 100, UTC);
        int before = LINES.size();
        failures("copied", NEXT_MONDAY, 105, UTC);
        LINES.addAll(List.copyOf(LINES.subList(before, LINES.size())));
    }

    /** The last failures of the day happen after midnight in UTC. */
    private static void midnight() {
        failures("west-of-greenwich", MONDAY, 50, NEW_YORK);
        long evening = NEXT_MONDAY.atTime(20, 0).atZone(NEW_YORK).toInstant().toEpochMilli();
        for (int i = 0; i < 60; i++) {
            LINES.add(line("west-of-greenwich", "evening-" + i, Instant.ofEpochMilli(evening + i * 60_000L), 50126));
        }
    }

    /** Last week was a holiday, and this week is like the two before. */
    private static void holiday() {
        failures("holiday", MONDAY, 200, UTC);
        failures("holiday", MONDAY.plusWeeks(1), 200, UTC);
        failures("holiday", MONDAY.plusWeeks(2), 20, UTC);
        failures("holiday", MONDAY.plusWeeks(3), 200, UTC);
    }

    @Test
    void tenPercentIsNotMoreThanTenPercent() {
        assertThat(literal("exactly-ten-percent")).isEmpty();
    }

    @Test
    void theVerdictFallsOnTheExactEvent() {
        JsonNode alert = literal("more-than-ten-percent").get(0);
        assertThat(alert.at("/entrawatch/evidence/observed").asInt()).isEqualTo(111);
        assertThat(alert.at("/entrawatch/evidence/baseline").asInt()).isEqualTo(100);
        assertThat(alert.at("/entrawatch/evidence/events/9/id").asText()).isEqualTo("2026-03-09-50126-110");
        assertThat(alert.at("/entrawatch/evidence/events")).hasSize(10);
    }

    @Test
    void aDayHasOneVerdict() {
        assertThat(literal("far-more")).hasSize(1);
        assertThat(significant("far-more")).hasSize(1);
        assertThat(literal("far-more")
                        .get(0)
                        .at("/entrawatch/evidence/observed")
                        .asInt())
                .isEqualTo(111);
    }

    @Test
    void theSignificantVerdictWaitsForMoreThanChance() {
        assertThat(significant("more-than-ten-percent")).isEmpty();
        int count = significant("far-more")
                .get(0)
                .at("/entrawatch/evidence/observed")
                .asInt();
        // (161 - 110) / sqrt(161 + 1.21 * 100) = 3.04; with 160 it is 2.98.
        assertThat(count).isEqualTo(161);
    }

    @Test
    void smallNumbersAreDecidedExactlyAndNotBelowFifty() {
        assertThat(significant("a-few-more")).isEmpty();
        assertThat(significant("many-from-few")
                        .get(0)
                        .at("/entrawatch/evidence/observed")
                        .asInt())
                .isEqualTo(50);
    }

    @Test
    void withoutLogsLastWeekNothingIsSaid() {
        assertThat(of("no-logs-last-week")).isEmpty();
    }

    @Test
    void withoutFailuresLastWeekItTakesAMinimum() {
        assertThat(literal("no-failure-last-week")
                        .get(0)
                        .at("/entrawatch/evidence/observed")
                        .asInt())
                .isEqualTo(10);
        assertThat(significant("no-failure-last-week")).hasSize(1);
        assertThat(of("hardly-any")).isEmpty();
    }

    @Test
    void interruptionsAreNoFailures() {
        assertThat(of("interrupted")).isEmpty();
    }

    @Test
    void copiesCountOnce() {
        assertThat(of("copied")).isEmpty();
    }

    @Test
    void daysOf23And25HoursAreWholeDays() {
        assertThat(literal("short-day")
                        .get(0)
                        .at("/entrawatch/evidence/observed")
                        .asInt())
                .isEqualTo(53);
        assertThat(literal("long-day")
                        .get(0)
                        .at("/entrawatch/evidence/observed")
                        .asInt())
                .isEqualTo(53);
    }

    @Test
    void theDayEndsAtTheTenantsMidnight() {
        JsonNode alert = literal("west-of-greenwich").get(0);
        assertThat(alert.at("/entrawatch/evidence/day").asText()).isEqualTo("2026-03-09");
        assertThat(alert.at("/@timestamp").asText()).startsWith("2026-03-10T00:5");
    }

    @Test
    void aHolidayLastWeekIsSuspectAndTheUsualCountStandsIn() {
        assertThat(literal("holiday")).hasSize(1);
        assertThat(literal("holiday")
                        .get(0)
                        .at("/entrawatch/evidence/baseline_suspect")
                        .asText())
                .isNotEmpty();
        assertThat(significant("holiday")).isEmpty();
    }

    @Test
    void theLevelsAreThoseOfTheDocuments() {
        assertThat(literal("far-more").get(0).at("/entrawatch/level").asText()).isEqualTo("informational");
        assertThat(significant("far-more").get(0).at("/entrawatch/level").asText())
                .isEqualTo("medium");
        assertThat(significant("far-more").get(0).at("/entrawatch/guide/0").asText())
                .isEqualTo("T37");
    }

    private static List<JsonNode> literal(String tenant) {
        return of(tenant, "failed-sign-in-increase");
    }

    private static List<JsonNode> significant(String tenant) {
        return of(tenant, "failed-sign-in-surge");
    }

    private static List<JsonNode> of(String tenant, String detection) {
        return of(tenant).stream()
                .filter(alert -> alert.at("/rule/id").asText().equals(detection))
                .toList();
    }

    private static List<JsonNode> of(String tenant) {
        return alerts.stream()
                .filter(alert -> alert.at("/organization/id").asText().equals(tenant))
                .filter(alert -> COMPARISONS.contains(alert.at("/rule/id").asText()))
                .toList();
    }
}
