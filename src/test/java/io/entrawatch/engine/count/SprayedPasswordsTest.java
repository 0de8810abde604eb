package io.entrawatch.engine.count;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.entrawatch.testkit.Replay;

import static io.entrawatch.testkit.Logs.LAGOS;
import static io.entrawatch.testkit.Logs.TENANT;
import static io.entrawatch.testkit.Logs.audit;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;

/** Whoever's password fell to a spray is named, and everybody is. */
class SprayedPasswordsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final String ASSIGN = "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE";

    private static final String WENT = "service: auditlogs }\ndetection:\n  selection: { OperationName: Delete user }";

    private static final String SWITCHED =
            """
            title: An account came and another went
            name: came-and-went
            level: low
            correlation:
              type: temporal_ordered
              rules: [ came, went ]
              group-by: [ tenant.id ]
              timespan: 20m
              every: true
            ---
            title: Came
            name: came
            logsource: { product: azure, service: auditlogs }
            detection:
              selection: { OperationName: Add user }
              condition: selection
            ---
            title: Went
            name: went
            logsource: { product: azure, service: auditlogs }
            detection:
              selection: { OperationName: Delete user }
              condition: selection
            """;

    private static final String ASSIGNED = SWITCHED.replace(
            WENT, "service: activitylogs }\ndetection:\n  selection: { OperationName: %s }".formatted(ASSIGN));

    private static Instant minute(int minute) {
        return NOON.plusSeconds(60L * minute);
    }

    private static String attempt(int minute, String user, String address, int code) {
        return signIn(user + "-" + minute + "-" + code, minute(minute), user, LAGOS.at(address), code);
    }

    private static List<String> names(List<JsonNode> alerts) {
        return alerts.stream().map(alert -> alert.at("/user/name").asText()).toList();
    }

    @Test
    void whoSignedInBeforeTheSprayShowedIsNamedAndNotWhomItTriedLast() {
        List<String> lines = new ArrayList<>();
        lines.add(attempt(0, "anna", "198.51.100.7", 0));
        lines.add(attempt(1, "ben", "198.51.100.7", 0));
        lines.add(attempt(2, "anna", "198.51.100.7", 0));
        for (int i = 0; i < 6; i++) {
            lines.add(attempt(5 + i, "tried-" + i, "198.51.100.7", 50_126));
        }

        List<JsonNode> alerts = Replay.withShippedDetections().alerts("password-spray-succeeded-early", lines);

        assertThat(names(alerts)).containsExactlyInAnyOrder("anna", "ben");
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(alert.at("/event/outcome").asText()).isEqualTo("success");
            assertThat(alert.at("/source/ip").asText()).isEqualTo("198.51.100.7");
            assertThat(alert.at("/@timestamp").asText()).isEqualTo("2026-03-02T12:09:00Z");
        });
    }

    /** With thousands of both, one of each with one of each other would never end. */
    @Test
    void manyWhoGoAfterManyWhoCameAreToldOnceEach() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            lines.add(audit("came-" + i, NOON.plusMillis(100 * i), "Add user", "a-" + i, "success"));
        }
        for (int i = 0; i < 1_500; i++) {
            lines.add(
                    audit("went-" + i, NOON.plusSeconds(200).plusMillis(100 * i), "Delete user", "b-" + i, "success"));
        }

        List<JsonNode> alerts = Replay.of(SWITCHED.replace("every: true", "every: true\n  suppress: 0s"))
                .alerts("came-and-went", lines);

        assertThat(alerts).hasSize(1_500);
    }

    /** Some exports have no ids of users. */
    @Test
    void everybodyIsNamedWhereRecordsHaveNoUserIds() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            lines.add(attempt(i, "tried-" + i, "198.51.100.7", 50_126));
        }
        for (String user : List.of("anna", "ben")) {
            lines.add(attempt(10, user, "198.51.100.7", 0));
            lines.add(attempt(12, user, "198.51.100.7", 0));
        }
        lines.replaceAll(line -> line.replaceAll("\"userId\":\"[^\"]*\",", ""));

        List<JsonNode> alerts = Replay.withShippedDetections().alerts("password-spray-succeeded", lines);

        assertThat(names(alerts)).containsExactlyInAnyOrder("anna", "ben");
    }

    /** The activity log of Azure has names of callers, and no ids. */
    @Test
    void everybodyIsNamedWhereALogHasNoUserIds() {
        List<JsonNode> alerts = Replay.of(ASSIGNED)
                .alerts(
                        "came-and-went",
                        List.of(
                                audit("came", minute(0), "Add user", "a", "success"),
                                assigned(minute(5), "anna@contoso.example"),
                                assigned(minute(6), "ben@contoso.example"),
                                assigned(minute(7), "ANNA@contoso.example")));

        assertThat(alerts)
                .extracting(
                        alert -> alert.at("/entrawatch/evidence/events/1/user").asText())
                .containsExactlyInAnyOrder("anna@contoso.example", "ben@contoso.example");
    }

    private static String assigned(Instant at, String caller) {
        return """
                {"time":"%s","category":"Administrative","operationName":"%s",\
                "resourceId":"/SUBSCRIPTIONS/11111111-2222-4333-8444-555555555555","resultType":"Success",\
                "tenantId":"%s","correlationId":"%s","caller":"%s"}"""
                .formatted(at, ASSIGN, TENANT, at, caller);
    }

    @Test
    void ofANetworkWhoSignedInAfterwardsIsNamed() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            lines.add(attempt(i, "tried-" + i, "198.51.100." + i, 50_126));
        }
        lines.add(attempt(40, "cleo", "198.51.100.35", 0));
        lines.add(attempt(50, "dan", "198.51.100.36", 0));
        lines.add(attempt(60, "eve", "203.0.113.36", 0));

        List<JsonNode> alerts = Replay.withShippedDetections().alerts("password-spray-from-network-succeeded", lines);

        assertThat(names(alerts)).containsExactlyInAnyOrder("cleo", "dan");
        // From the alert, which comes a quarter of an hour after the eighth attempt.
        assertThat(alerts)
                .extracting(alert -> alert.at("/entrawatch/evidence/observed").asInt())
                .containsExactlyInAnyOrder(18 * 60, 28 * 60);
    }

    @Test
    void eachLastEventIsToldOnceWithTheOldestFirstOneThatItFollows() {
        List<JsonNode> alerts = Replay.of(SWITCHED)
                .alerts(
                        "came-and-went",
                        List.of(
                                audit("came-1", minute(0), "Add user", "a", "success"),
                                audit("went-1", minute(10), "Delete user", "b", "success"),
                                audit("went-2", minute(12), "Delete user", "c", "success"),
                                audit("came-2", minute(15), "Add user", "d", "success"),
                                audit("went-at-once", minute(16), "Delete user", "g", "success"),
                                audit("went-3", minute(25), "Delete user", "e", "success"),
                                audit("went-4", minute(36), "Delete user", "f", "success")));

        assertThat(alerts)
                .extracting(
                        alert -> alert.at("/entrawatch/evidence/events/0/id").asText() + " "
                                + alert.at("/entrawatch/evidence/events/1/id").asText())
                .containsExactlyInAnyOrder("came-1 went-1", "came-1 went-2", "came-1 went-at-once", "came-2 went-3");
    }
}
