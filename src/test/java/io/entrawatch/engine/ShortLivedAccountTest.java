package io.entrawatch.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.entrawatch.testkit.Replay;

import static io.entrawatch.testkit.Logs.audit;
import static org.assertj.core.api.Assertions.assertThat;

class ShortLivedAccountTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    /** Every case is an account of its own, so that one run decides all. */
    private final List<String> accounts = Replay.withShippedDetections()
            .alerts(
                    "short-lived-account",
                    List.of(
                            created("brief", NOON),
                            deleted("brief", NOON.plusSeconds(3600)),
                            deleted("backwards", NOON.plusSeconds(60)),
                            created("backwards", NOON),
                            created("almost-a-day", NOON),
                            deleted("almost-a-day", NOON.plus(DAY).minusMillis(1)),
                            created("a-day", NOON),
                            deleted("a-day", NOON.plus(DAY)),
                            created("lone-create", NOON),
                            deleted("lone-delete", NOON),
                            audit("f1", NOON, "Add user", "failed-create", "failure"),
                            deleted("failed-create", NOON.plusSeconds(60)),
                            created("failed-delete", NOON),
                            audit("f2", NOON.plusSeconds(60), "Delete user", "failed-delete", "failure"),
                            deleted("deleted-first", NOON),
                            created("deleted-first", NOON.plusSeconds(60)),
                            created("twice-delivered", NOON),
                            created("twice-delivered", NOON),
                            deleted("twice-delivered", NOON.plusSeconds(60)),
                            deleted("twice-delivered", NOON.plusSeconds(60))))
            .stream()
            .map(alert -> alert.at("/entrawatch/group/target.id").asText())
            .toList();

    @Test
    void createAndDeleteWithinADayFire() {
        assertThat(accounts).contains("brief", "almost-a-day");
    }

    @Test
    void theDeleteMayArriveBeforeTheCreate() {
        assertThat(accounts).contains("backwards");
    }

    @Test
    void copiesOfRecordsMakeOneAlert() {
        assertThat(accounts.stream().filter("twice-delivered"::equals)).hasSize(1);
    }

    @Test
    void nothingElseFires() {
        assertThat(accounts).containsExactlyInAnyOrder("brief", "backwards", "almost-a-day", "twice-delivered");
    }

    @Test
    void theAlertNamesBothActorsAndTheirAddresses() {
        JsonNode alert = Replay.withShippedDetections()
                .alerts("short-lived-account", List.of(created("x", NOON), deleted("x", NOON.plusSeconds(60))))
                .get(0);
        assertThat(alert.at("/event/reason").asText())
                .contains("admin-c-x@contoso.example", "admin-d-x@contoso.example", "192.0.2.77");
        assertThat(alert.at("/entrawatch/evidence/events/0/activity").asText()).isEqualTo("Add user");
        assertThat(alert.at("/entrawatch/evidence/events/1/user").asText()).isEqualTo("admin-d-x@contoso.example");
        assertThat(alert.at("/user/target/id").asText()).isEqualTo("x");
    }

    private static String created(String account, Instant at) {
        return audit("c-" + account, at, "Add user", account, "success");
    }

    private static String deleted(String account, Instant at) {
        return audit("d-" + account, at, "Delete user", account, "success");
    }
}
