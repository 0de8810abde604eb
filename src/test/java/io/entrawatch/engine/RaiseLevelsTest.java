package io.entrawatch.engine;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.organization.Expectations;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.TenantProfile;
import io.entrawatch.event.CidrSet;
import io.entrawatch.rule.Level;
import io.entrawatch.testkit.Replay;

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

    private static Alert raised(String detection) {
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
                new Evidence(1, 1, "events", Map.of(), Map.of(), List.of(event("e", MONDAY, OSLO, "192.0.2.1"))),
                "key",
                0);
        return new RaiseLevels(Replay.catalogue(KNOWN), KNOWN).map(alert);
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
}
