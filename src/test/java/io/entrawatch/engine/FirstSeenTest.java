package io.entrawatch.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.cli.ScanResult;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

class FirstSeenTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final String COUNTRIES =
            """
            title: Failures from a new country
            name: failures-from-new-country
            level: low
            correlation:
              type: first_seen
              rules: [ failure-of-anybody ]
              known-from: [ success-of-anybody ]
              group-by: [ tenant.id ]
              field: location.countryOrRegion
              learning: 14d
              memory: 30d
            ---
            title: Failure of anybody
            name: failure-of-anybody
            logsource: { product: azure, service: signinlogs }
            detection: { selection: { ResultType: 50126 }, condition: selection }
            ---
            title: Success of anybody
            name: success-of-anybody
            logsource: { product: azure, service: signinlogs }
            detection: { selection: { ResultType: 0 }, condition: selection }
            """;

    private static final String NEW_ALERTS =
            """
            title: Three failures of a user
            name: failures-of-user
            level: low
            correlation: { type: event_count, rules: [ failure ], group-by: [ user.id ], timespan: 10m, condition: { gte: 3 } }
            ---
            title: Three failures from an address
            name: failures-from-address
            level: low
            correlation: { type: event_count, rules: [ failure ], group-by: [ source.ip ], timespan: 10m, condition: { gte: 3 } }
            ---
            title: An alert that nobody has seen before
            name: new-alert
            level: low
            correlation:
              type: first_seen
              rules: [ failures-of-user, failures-from-address ]
              group-by: [ tenant.id ]
              field: detection
              learning: 0s
            ---
            title: Any alert of failures
            name: any-alert
            level: low
            correlation:
              type: event_count
              rules: [ failures-of-user, failures-from-address ]
              group-by: [ tenant.id ]
              timespan: 10m
              condition: { gte: 1 }
              suppress: 0s
            ---
            title: Failure
            name: failure
            logsource: { product: azure, service: signinlogs }
            detection: { selection: { ResultType: 50126 }, condition: selection }
            """;

    private static String signIn(String id, Duration after, Logs.Spot place, int code) {
        return Logs.signIn(id, NOON.plus(after), "anna", place, code);
    }

    /** What looks at alerts is triggered by them, and not by the event that they have in common. */
    @ParameterizedTest
    @ValueSource(strings = {"new-alert", "any-alert"})
    void twoAlertsOfOneEventAreNoCopiesOfEachOther(String detection) {
        List<String> lines = IntStream.range(0, 3)
                .mapToObj(i -> signIn("failure-" + i, Duration.ofMinutes(i), Logs.LAGOS, 50126))
                .toList();

        List<JsonNode> alerts = Replay.of(NEW_ALERTS).alerts(detection, lines);

        assertThat(alerts)
                .hasSize(2)
                .extracting(alert -> alert.at("/event/id").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsAskedAboutBeforeAllIsLearntDoesNotHideWhatComesAfterIt() {
        Duration learnt = Duration.ofDays(14);
        String success = signIn("success", Duration.ZERO, Logs.LONDON, 0);
        String before = signIn("before", learnt.minusHours(3), Logs.LAGOS, 50126);
        String after = signIn("after", learnt.plusHours(1), Logs.LAGOS, 50126);

        ScanResult inOrder = Replay.of(COUNTRIES).scan(List.of(success, before, after));
        ScanResult swapped = Replay.of(COUNTRIES).scan(List.of(success, after, before));

        assertThat(inOrder.documents()).singleElement().satisfies(alert -> assertThat(
                        alert.at("/entrawatch/evidence/events/0/id").asText())
                .isEqualTo("after"));
        assertThat(swapped.documents()).isEqualTo(inOrder.documents());
    }

    private static final String APPS_AND_SUMS =
            """
            title: New app
            name: new-app
            level: low
            correlation:
              type: first_seen
              rules: [ any-sign-in ]
              group-by: [ user.id ]
              field: appDisplayName
              learning: 0d
              memory: 30d
            ---
            title: Much
            name: much
            level: low
            correlation:
              type: value_sum
              rules: [ any-sign-in ]
              group-by: [ user.id ]
              timespan: 10m
              suppress: 0s
              condition: { gte: 1, field: ResultType }
            ---
            title: Sign-in
            name: any-sign-in
            logsource: { product: azure, service: signinlogs }
            detection: { selection: { ResultType: '*' }, condition: selection }
            """;

    /** Where an app was known when a copy came, less of the copy goes on, which must not decide which copy is taken. */
    @Test
    void copiesThatDifferGiveTheSameInAnyOrder() {
        String before = signIn("before", Duration.ZERO, Logs.LONDON, 0);
        String known = signIn("twice", Duration.ofMinutes(5), Logs.LONDON, 4);
        String other = signIn("twice", Duration.ofMinutes(5), Logs.LONDON, 6).replace("\"Office\"", "\"Teams\"");
        List<List<String>> orders = List.of(
                List.of(before, known, other),
                List.of(before, other, known),
                List.of(known, other, before),
                List.of(other, known, before),
                List.of(known, before, other),
                List.of(other, before, known));

        List<List<JsonNode>> found = orders.stream()
                .map(order -> Replay.of(APPS_AND_SUMS).scan(order).documents())
                .toList();

        assertThat(found).allSatisfy(documents -> assertThat(documents).isEqualTo(found.get(0)));
        assertThat(found.get(0))
                .extracting(document -> document.at("/rule/id").asText())
                .contains("new-app", "much");
    }

    /** Whether something was told in the meantime or not. */
    @ParameterizedTest
    @CsvSource({"16, 'day-16'", "31, ''", "16 31, 'day-16'", "16 31 46, 'day-16'"})
    void onceAllThatIsKnownIsOutOfDateAGroupIsLearnedAnew(String days, String told) {
        List<String> records = new ArrayList<>(List.of(signIn("success", Duration.ZERO, Logs.LONDON, 0)));
        for (String day : days.split(" ")) {
            records.add(signIn("day-" + day, Duration.ofDays(Long.parseLong(day)), Logs.LAGOS, 50126));
        }

        assertThat(Replay.of(COUNTRIES).scan(records).documents())
                .extracting(
                        alert -> alert.at("/entrawatch/evidence/events/0/id").asText())
                .containsExactlyElementsOf(told.isEmpty() ? List.of() : List.of(told));
    }

    /** A value that comes day by day is known for as long as it comes, or told again when the memory of two days is over. */
    @ParameterizedTest
    @CsvSource({"false, 'day-0'", "true, 'day-0 day-2 day-4'"})
    void aReminderComesWhenTheMemoryIsOver(boolean remind, String told) {
        String rule =
                """
                title: New country
                name: new-country
                level: low
                correlation:
                  type: first_seen
                  rules: [ signed-in ]
                  group-by: [ user.id ]
                  field: location.countryOrRegion
                  learning: 0s
                  memory: 2d
                  remind: %s
                ---
                title: Signed in
                name: signed-in
                logsource: { product: azure, service: signinlogs }
                detection: { selection: { ResultType: 0 }, condition: selection }
                """
                        .formatted(remind);
        List<String> daily = IntStream.range(0, 5)
                .mapToObj(day -> signIn("day-" + day, Duration.ofDays(day), Logs.LONDON, 0))
                .toList();

        assertThat(Replay.of(rule).scan(daily).documents())
                .extracting(
                        alert -> alert.at("/entrawatch/evidence/events/0/id").asText())
                .containsExactly(told.split(" "));
    }

    @Test
    void theReasonNamesWhatIsNewAndLeavesOutIdsAndWhatIsMissing() {
        String rule =
                """
                title: New application
                name: new-application
                level: low
                correlation:
                  type: first_seen
                  rules: [ signed-in-anywhere ]
                  group-by: [ user.id ]
                  field: [ appId, location.countryOrRegion ]
                  learning: 0s
                  memory: 1d
                ---
                title: Signed in anywhere
                name: signed-in-anywhere
                logsource: { product: azure, service: signinlogs }
                detection: { selection: { ResultType: 0 }, condition: selection }
                fields: [ appDisplayName, deviceDetail.deviceId ]
                """;
        String app = "\"isInteractive\":true,\"appId\":\"29a1fe49-583b-39ec-a3ab-efc800af1256\"";
        String record = Logs.signIn(Logs.TENANT, "one", NOON, "anna", Logs.LONDON, 0, app);

        assertThat(Replay.of(rule).scan(List.of(record)).documents())
                .singleElement()
                .satisfies(alert -> assertThat(alert.at("/event/reason").asText())
                        .isEqualTo("anna@contoso.example: location.countryOrRegion GB, appDisplayName Office"));
    }

    @Test
    void aValueMayHoldAnyCharacter() {
        String rule =
                """
                title: New agent
                name: new-agent
                level: low
                correlation:
                  type: first_seen
                  rules: [ signed-in-with ]
                  group-by: [ user.id ]
                  field: userAgent
                  learning: 0s
                  memory: 1d
                ---
                title: Signed in with
                name: signed-in-with
                logsource: { product: azure, service: signinlogs }
                detection: { selection: { ResultType: 0 }, condition: selection }
                fields: [ userAgent ]
                """;
        String agent = "\"userAgent\":\"a\\u001fb" + "😀".repeat(600) + "\"";
        String record = Logs.signIn(Logs.TENANT, "one", NOON, "anna", Logs.LONDON, 0, agent);

        assertThat(Replay.of(rule).scan(List.of(record)).documents()).hasSize(1);
    }
}
