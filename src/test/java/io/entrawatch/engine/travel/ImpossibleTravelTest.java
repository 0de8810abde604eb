package io.entrawatch.engine.travel;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.entrawatch.detection.organization.Expectations;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.TenantProfile;
import io.entrawatch.event.Cidr;
import io.entrawatch.event.CidrSet;
import io.entrawatch.testkit.Logs.Spot;
import io.entrawatch.testkit.Replay;

import static io.entrawatch.testkit.Logs.LAGOS;
import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.NOWHERE;
import static io.entrawatch.testkit.Logs.TENANT;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;

class ImpossibleTravelTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Spot PARIS = new Spot("Paris", "FR", 48.857, 2.352, "203.0.113.70");
    private static final Spot MADRID = new Spot("Madrid", "ES", 40.417, -3.704, "203.0.113.71");
    private static final Spot FIJI_EAST = new Spot("Suva", "FJ", -18.1, 178.4, "203.0.113.72");
    private static final Spot SAMOA_WEST = new Spot("Taveuni", "FJ", -16.8, -179.9, "192.0.2.72");
    private static final Spot SOMEWHERE_IN_GERMANY = new Spot("", "DE", 51.2, 10.4, "203.0.113.73");
    private static final Spot EGRESS = new Spot("Sydney", "AU", -33.869, 151.209, "198.51.100.200");
    private static final int KM_TO_LAGOS = 4_912;
    private static final String INTERACTIVE = "\"isInteractive\":true";

    private static final Organization KNOWN = new Organization(
            Map.of(),
            new TenantProfile(
                    ZoneOffset.UTC,
                    Set.of("id-of-boss"),
                    Set.of("chair@contoso.example"),
                    CidrSet.of(List.of(Cidr.parse("198.51.100.200/32"))),
                    Set.of(64999L),
                    Map.of(),
                    Expectations.NONE));

    private static final List<String> LINES = new ArrayList<>();
    private static List<JsonNode> alerts;

    /** Every case is a user of its own, so that one run decides all. */
    @BeforeAll
    static void replay() {
        go("traveller", LONDON, 0, LAGOS, Duration.ofMinutes(30));
        go("same-second", LONDON, 0, LAGOS, Duration.ZERO);
        go("flier", LONDON, 0, LAGOS, Duration.ofHours(6));
        go("neighbour", LONDON, 0, PARIS, Duration.ofMinutes(10));
        go("islander", FIJI_EAST, 0, SAMOA_WEST, Duration.ofMinutes(10));
        go("unplaced", LONDON, 0, NOWHERE, Duration.ofMinutes(10));
        go("vague", LONDON, 0, SOMEWHERE_IN_GERMANY, Duration.ofMinutes(10));
        go("newcomer", LONDON, 0, MADRID, Duration.ofMinutes(20));
        go("proxied", LONDON, 0, EGRESS, Duration.ofMinutes(20));
        go("same-network", LONDON, 0, LAGOS.at("192.0.2.200"), Duration.ofMinutes(20));
        go("boss", LONDON, 0, LAGOS, Duration.ofMinutes(30));
        go("chair", LONDON, 0, LAGOS, Duration.ofMinutes(30));
        roundTrip();
        wellKnownUser();
        programs();
        sessions("four-sessions", 4);
        sessions("five-sessions", 5);
        stolenPassword();
        managedDevice();
        deviceManagedAtOneEnd("managed-then-not", true);
        deviceManagedAtOneEnd("not-then-managed", false);
        fortnight("two-weeks", Duration.ZERO);
        fortnight("barely-two-weeks", Duration.ofSeconds(1));
        commuter();
        visitor("three-days-at-both", 3, 3);
        visitor("two-days-at-first", 2, 5);
        visitor("two-days-at-last", 5, 2);
        go("barely-too-fast", LONDON, 0, LAGOS, timeToLagosAt(990));
        go("much-too-fast", LONDON, 0, LAGOS, timeToLagosAt(1_010));
        behindEgressInBetween();
        alerts = Replay.withShippedDetections().of(KNOWN).alerts("impossible-travel", LINES);
    }

    private static void go(String user, Spot from, int seconds, Spot to, Duration later) {
        LINES.add(signIn(user + "-a", NOON.plusSeconds(seconds), user, from, 0));
        LINES.add(signIn(user + "-b", NOON.plusSeconds(seconds).plus(later), user, to, 0));
    }

    private static void roundTrip() {
        go("round-tripper", LONDON, 0, LAGOS, Duration.ofMinutes(20));
        LINES.add(signIn("round-tripper-c", NOON.plusSeconds(2400), "round-tripper", LONDON, 0));
    }

    /** Ten sign-ins end the learning, and Madrid is far enough then. */
    private static void wellKnownUser() {
        for (int i = 0; i < 10; i++) {
            LINES.add(signIn("known-" + i, NOON.minusSeconds(86_400L - 60L * i), "known", LONDON, 0));
        }
        go("known", LONDON, 0, MADRID, Duration.ofMinutes(20));
    }

    private static void programs() {
        String program = "\"isInteractive\":false,\"sessionId\":\"s1\"";
        String otherProgram = "\"isInteractive\":false,\"sessionId\":\"s2\"";
        LINES.add(signIn(TENANT, "p1", NOON, "program", LONDON, 0, program));
        LINES.add(signIn(TENANT, "p2", NOON.plusSeconds(60), "program", LAGOS, 0, otherProgram));
        LINES.add(signIn(TENANT, "q1", NOON, "stolen-session", LONDON, 0, program));
        LINES.add(signIn(TENANT, "q2", NOON.plusSeconds(60), "stolen-session", LAGOS, 0, program));
    }

    /** Some sessions in London, of which the first goes on in Lagos. */
    private static void sessions(String user, int count) {
        for (int i = 0; i <= count; i++) {
            boolean taken = i == count;
            String session = "\"isInteractive\":false,\"sessionId\":\"" + user + (taken ? 0 : i) + "\"";
            LINES.add(signIn(
                    TENANT, user + "-" + i, NOON.plusSeconds(60L * i), user, taken ? LAGOS : LONDON, 0, session));
        }
    }

    private static void stolenPassword() {
        String accepted = INTERACTIVE + ",\"authenticationDetails\":[{\"authenticationMethod\":\"Password\","
                + "\"succeeded\":true,\"authenticationStepRequirement\":\"Primary authentication\"}]";
        LINES.add(signIn("sp-1", NOON, "half-stolen", LONDON, 0));
        LINES.add(signIn(TENANT, "sp-2", NOON.plusSeconds(600), "half-stolen", LAGOS, 50074, accepted));
        LINES.add(signIn("np-1", NOON, "not-stolen", LONDON, 0));
        LINES.add(signIn(TENANT, "np-2", NOON.plusSeconds(600), "not-stolen", LAGOS, 50074, INTERACTIVE));
    }

    private static void managedDevice() {
        String device = INTERACTIVE + ",\"deviceDetail\":{\"deviceId\":\"d1\",\"isManaged\":true}";
        LINES.add(signIn(TENANT, "md-1", NOON, "vpn-user", LONDON, 0, device));
        LINES.add(signIn(TENANT, "md-2", NOON.plusSeconds(600), "vpn-user", LAGOS, 0, device));
    }

    private static void deviceManagedAtOneEnd(String user, boolean atFirst) {
        for (boolean first : new boolean[] {true, false}) {
            String device =
                    INTERACTIVE + ",\"deviceDetail\":{\"deviceId\":\"d1\",\"isManaged\":" + (first == atFirst) + "}";
            Instant at = first ? NOON : NOON.plusSeconds(600);
            LINES.add(signIn(TENANT, user + "-" + first, at, user, first ? LONDON : LAGOS, 0, device));
        }
    }

    /** A user of few sign-ins goes to Madrid two weeks after the first, or a little earlier. */
    private static void fortnight(String user, Duration earlier) {
        Instant first = NOON.minus(Duration.ofDays(14)).plus(earlier);
        LINES.add(signIn(user + "-first", first, user, LONDON, 0));
        LINES.add(signIn(user + "-a", NOON.minusSeconds(1_200), user, LONDON, 0));
        LINES.add(signIn(user + "-b", NOON, user, MADRID, 0));
    }

    /** Four days here and there with time to fly, then both within minutes. */
    private static void commuter() {
        for (int day = 1; day <= 8; day++) {
            Spot spot = day % 2 == 0 ? LONDON : LAGOS;
            LINES.add(signIn("co-" + day, NOON.minus(Duration.ofDays(day)), "commuter", spot, 0));
        }
        go("commuter", LONDON, 0, LAGOS, Duration.ofMinutes(10));
    }

    /** Some days here and some there with time to fly, the last one at both within minutes. */
    private static void visitor(String user, int daysInLondon, int daysInLagos) {
        for (int day = 1; day < daysInLondon; day++) {
            LINES.add(signIn(user + "-l" + day, NOON.minus(Duration.ofDays(day)), user, LONDON, 0));
        }
        for (int day = 1; day <= daysInLagos; day++) {
            LINES.add(signIn(user + "-x" + day, NOON.minus(Duration.ofDays(10 + day)), user, LAGOS, 0));
        }
        go(user, LONDON, 0, LAGOS, Duration.ofMinutes(10));
    }

    /** By the distance that lies between the two for certain, as alerts tell it. */
    private static Duration timeToLagosAt(int kmh) {
        return Duration.ofSeconds(Math.round(KM_TO_LAGOS * 3_600.0 / kmh));
    }

    /** The egress address is no place to travel from. */
    private static void behindEgressInBetween() {
        go("office-worker", LONDON, 0, EGRESS, Duration.ofMinutes(10));
        LINES.add(signIn("office-worker-c", NOON.plusSeconds(1200), "office-worker", LONDON, 0));
    }

    @Test
    void ofAPlaceTheLastFourSessionsInTheBackgroundAreKnown() {
        assertThat(usersAlerted()).contains("four-sessions").doesNotContain("five-sessions");
    }

    @Test
    void twoContinentsInHalfAnHourFire() {
        assertThat(usersAlerted()).contains("traveller");
    }

    @Test
    void twoSignInsInOneSecondFire() {
        assertThat(usersAlerted()).contains("same-second");
    }

    @Test
    void aFlightIsNoAlert() {
        assertThat(usersAlerted()).doesNotContain("flier");
    }

    @Test
    void shortWaysAreNoAlertEvenAcrossTheDateLine() {
        assertThat(usersAlerted()).doesNotContain("neighbour", "islander");
    }

    @Test
    void aPlaceThatIsUnknownOrVagueProvesNothing() {
        assertThat(usersAlerted()).doesNotContain("unplaced", "vague");
    }

    @Test
    void aNewUserIsGivenTimeAndAKnownOneIsNot() {
        assertThat(usersAlerted()).doesNotContain("newcomer").contains("known");
    }

    @Test
    void aUserOfFewSignInsIsKnownAfterTwoWeeks() {
        assertThat(usersAlerted()).contains("two-weeks").doesNotContain("barely-two-weeks");
    }

    @Test
    void egressAddressesAndOneNetworkAreNoPlaces() {
        assertThat(usersAlerted()).doesNotContain("proxied", "same-network", "office-worker");
    }

    @Test
    void thereAndBackIsOneAlert() {
        assertThat(usersAlerted().stream().filter("round-tripper"::equals)).hasSize(1);
    }

    @Test
    void programsCountOnlyWithinOneSession() {
        assertThat(usersAlerted()).doesNotContain("program").contains("stolen-session");
    }

    @Test
    void anAcceptedPasswordCountsAsBeingThere() {
        assertThat(usersAlerted()).doesNotContain("not-stolen").contains("half-stolen");
        assertThat(alertOf("half-stolen").at("/entrawatch/evidence/credential").asText())
                .contains("not completed");
    }

    @Test
    void oneManagedDeviceLowersTheLevel() {
        assertThat(alertOf("vpn-user").at("/entrawatch/level").asText()).isEqualTo("low");
        for (String user : List.of("managed-then-not", "not-then-managed")) {
            assertThat(alertOf(user).at("/entrawatch/level").asText()).as(user).isEqualTo("high");
        }
    }

    @Test
    void theUsersOwnTwoPlacesAreNoAlert() {
        assertThat(usersAlerted()).doesNotContain("commuter");
    }

    @Test
    void aPlaceIsTheUsersOwnFromTheThirdDayOn() {
        assertThat(usersAlerted())
                .doesNotContain("three-days-at-both")
                .contains("two-days-at-first", "two-days-at-last");
    }

    @Test
    void whatIsBarelyFasterThanAnAirlinerIsOneLevelLower() {
        assertThat(alertOf("barely-too-fast").at("/entrawatch/level").asText()).isEqualTo("medium");
        assertThat(alertOf("barely-too-fast").at("/entrawatch/level_reasons/0").asText())
                .isEqualTo("barely faster than an airliner");
        assertThat(alertOf("much-too-fast").at("/entrawatch/level").asText()).isEqualTo("high");
    }

    @Test
    void privilegedAccountsAndVipsRaiseTheLevel() {
        assertThat(alertOf("traveller").at("/entrawatch/level").asText()).isEqualTo("high");
        assertThat(alertOf("boss").at("/entrawatch/level").asText()).isEqualTo("critical");
        assertThat(alertOf("chair").at("/event/severity").asInt()).isEqualTo(99);
        assertThat(alertOf("chair").at("/entrawatch/level_reasons/0").asText()).contains("VIP");
    }

    @Test
    void theEvidenceNamesBothPlacesAndTheSpeed() {
        JsonNode alert = alertOf("traveller");
        assertThat(alert.at("/entrawatch/evidence/from").asText()).isEqualTo("London, GB");
        assertThat(alert.at("/entrawatch/evidence/to").asText()).isEqualTo("Lagos, NG");
        assertThat(alert.at("/entrawatch/evidence/observed").asDouble()).isGreaterThan(9000);
        assertThat(alert.at("/source/ip").asText()).isEqualTo("198.51.100.20");
        assertThat(alert.at("/related/ip")).hasSize(2);
    }

    private static List<String> usersAlerted() {
        return alerts.stream().map(alert -> alert.at("/user/name").asText()).toList();
    }

    private static JsonNode alertOf(String user) {
        return alerts.stream()
                .filter(alert -> alert.at("/user/name").asText().equals(user))
                .findFirst()
                .orElseThrow();
    }
}
