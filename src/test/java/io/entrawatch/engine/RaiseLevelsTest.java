package io.entrawatch.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Expectations;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.TenantProfile;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.event.CidrSet;
import io.entrawatch.event.EventSummary;
import io.entrawatch.rule.Level;
import io.entrawatch.testkit.Replay;
import io.entrawatch.yaml.Problems;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.OSLO;
import static io.entrawatch.engine.Operators.event;
import static org.assertj.core.api.Assertions.assertThat;

class RaiseLevelsTest {

    private static final Organization KNOWN = new Organization(
            Map.of(),
            new TenantProfile(
                    ZoneOffset.UTC,
                    Set.of("id-of-anna"),
                    Set.of("anna@contoso.example"),
                    CidrSet.EMPTY,
                    Set.of(),
                    Map.of(),
                    Expectations.NONE));

    private static final EventSummary OF_ANNA = event("e", MONDAY, OSLO, "192.0.2.1");

    private static final EventSummary OF_BO = new EventSummary(
            "f",
            MONDAY.toEpochMilli(),
            Operators.TENANT,
            "SignInLogs",
            "Office",
            "Success",
            "id-of-bo",
            "bo@contoso.example",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    private static Alert raised(String detection) {
        return raised(Replay.catalogue(KNOWN), detection, List.of(OF_ANNA));
    }

    private static Alert raised(Catalogue catalogue, String detection, List<EventSummary> events) {
        Alert alert = new Alert(
                "id",
                detection,
                "title",
                MONDAY.toEpochMilli(),
                Operators.TENANT,
                List.of(Operators.TENANT),
                Level.LOW,
                List.of(),
                "reason",
                new Evidence(1, 1, "events", Map.of(), Map.of(), events),
                "key",
                0);
        return new RaiseLevels(catalogue, KNOWN).map(alert);
    }

    @Test
    void anAlertAboutAPrivilegedAccountAndAVipIsRaisedTwice() {
        assertThat(raised("impossible-travel").level()).isEqualTo(Level.HIGH);
        assertThat(raised("impossible-travel").levelReasons())
                .containsExactly("privileged account: id-of-anna", "VIP: anna@contoso.example");
    }

    @Test
    void anIncreaseOfAWholeTenantIsAboutNobody() {
        assertThat(raised("failed-sign-in-surge").level()).isEqualTo(Level.LOW);
        assertThat(raised("failed-sign-in-surge").levelReasons()).isEmpty();
    }

    /** The event of a spray is one of many, of people to whom nothing else may have happened. */
    @Test
    void aSignInAfterASprayIsAboutWhoSignedInAndNotAboutOneOfThoseWhoFailed() {
        Catalogue shipped = Replay.catalogue(KNOWN);

        assertThat(raised(shipped, "password-spray-succeeded", List.of(OF_ANNA, OF_BO))
                        .levelReasons())
                .isEmpty();
        assertThat(raised(shipped, "password-spray-succeeded", List.of(OF_BO, OF_ANNA))
                        .levelReasons())
                .hasSize(2);
        assertThat(raised(shipped, "password-spray-succeeded-early", List.of(OF_BO, OF_ANNA))
                        .levelReasons())
                .isEmpty();
        assertThat(raised(shipped, "password-spray-succeeded-early", List.of(OF_ANNA, OF_BO))
                        .levelReasons())
                .hasSize(2);
    }

    @Test
    void soIsACountThatASignInHasToComplete(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("sprayed-and-in.yml"),
                """
                title: Sprayed, and then signed in
                name: sprayed-and-in
                level: low
                correlation:
                  type: temporal
                  rules: [ signed-in-at-all, many-failed ]
                  last: signed-in-at-all
                  group-by: [ tenant.id, source.ip ]
                  timespan: 1h
                ---
                title: Signed in at all
                name: signed-in-at-all
                logsource: { product: azure, service: signinlogs }
                detection: { selection: { ResultType: 0 }, condition: selection }
                ---
                title: Many failed
                name: many-failed
                correlation:
                  type: value_count
                  rules: [ failed-at-all ]
                  group-by: [ tenant.id, source.ip ]
                  timespan: 1h
                  condition: { field: user.id, gte: 5 }
                ---
                title: Failed at all
                name: failed-at-all
                logsource: { product: azure, service: signinlogs }
                detection: { selection: { ResultType: 50126 }, condition: selection }
                """);
        Problems problems = new Problems();
        Catalogue catalogue = CatalogueReader.read(List.of(directory), KNOWN, problems);
        problems.throwIfAny();

        assertThat(raised(catalogue, "sprayed-and-in", List.of(OF_ANNA, OF_BO)).levelReasons())
                .isEmpty();
        assertThat(raised(catalogue, "sprayed-and-in", List.of(OF_BO, OF_ANNA)).levelReasons())
                .hasSize(2);
        // From before its rules were changed.
        assertThat(raised(catalogue, "sprayed-and-in", List.of(OF_ANNA, OF_BO, OF_BO))
                        .levelReasons())
                .hasSize(2);
    }

    @Test
    void aCountOfOneUsersEventsIsAboutThatUser() {
        assertThat(raised(Replay.catalogue(KNOWN), "many-tries-before-password-reset", List.of(OF_ANNA, OF_BO))
                        .levelReasons())
                .hasSize(2);
    }

    /** All of them are those who were attacked. */
    @Test
    void aCountOfCountsIsAboutThoseWhomItShows() {
        assertThat(raised(Replay.catalogue(KNOWN), "distributed-password-spray", List.of(OF_ANNA, OF_BO))
                        .levelReasons())
                .hasSize(2);
    }
}
