package io.entrawatch.engine.count;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.entrawatch.engine.Operators;
import io.entrawatch.event.EventSummary;
import io.entrawatch.testkit.Logs.Spot;
import io.entrawatch.testkit.Replay;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.step;
import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.TENANT;
import static io.entrawatch.testkit.Logs.audit;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;

/** Correlations within sliding spans, over events and over alerts, through the whole job. */
class CountTest {

    /** As many first steps of a sequence go on at once, where they do not wait for a second. */
    private static final int AT_ONCE = 256;

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final String FAILED =
            """
            ---
            title: A wrong password
            name: wrong-password
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { ResultType: 50126 }
              condition: selection
            ---
            title: A success
            name: got-in
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { ResultType: 0 }
              condition: selection
            """;

    private static final String RESET =
            """
            ---
            title: A reset
            name: reset
            logsource: { product: azure, service: auditlogs }
            detection:
              selection: { OperationName: Reset user password }
              condition: selection
            """;

    private static String correlation(String name, String body) {
        return "title: A trial\nname: " + name + "\nlevel: medium\ncorrelation: {" + body + "}\n";
    }

    private static List<JsonNode> alerts(String name, String rules, List<String> lines) {
        return Replay.of(rules).alerts(name, lines);
    }

    private static String failure(int second, String user) {
        return failure(second, user, LONDON);
    }

    private static String failure(int second, String user, Spot spot) {
        return signIn("f-" + user + "-" + second, NOON.plusSeconds(second), user, spot, 50126);
    }

    @Test
    void theEventThatReachesTheThresholdMakesTheAlert() {
        String rules = correlation(
                        "trial",
                        "type: event_count, rules: [wrong-password], group-by: [user.id], timespan: 10m,"
                                + " condition: {gte: 3}")
                + FAILED;
        List<JsonNode> alerts = alerts(
                "trial",
                rules,
                List.of(failure(0, "anna"), failure(599, "anna"), failure(300, "anna"), failure(1, "berta")));

        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).at("/@timestamp").asText()).isEqualTo("2026-03-02T12:09:59Z");
        assertThat(alerts.get(0).at("/entrawatch/evidence/observed").asInt()).isEqualTo(3);
        assertThat(alerts.get(0).at("/entrawatch/evidence/events")).hasSize(3);
        assertThat(alerts.get(0).at("/entrawatch/group/user.id").asText()).isEqualTo("id-of-anna");
    }

    @Test
    void oneRuleTwiceIsNotTwoRulesTogether() {
        String rules = correlation(
                        "trial", "type: temporal, rules: [wrong-password, got-in], group-by: [user.id], timespan: 10m")
                + FAILED;
        assertThat(alerts("trial", rules, List.of(failure(0, "anna"), failure(60, "anna"), failure(120, "anna"))))
                .isEmpty();
        assertThat(alerts(
                        "trial",
                        rules,
                        List.of(
                                failure(0, "anna"),
                                failure(60, "anna"),
                                signIn("in", NOON.plusSeconds(90), "anna", LONDON, 0))))
                .hasSize(1);
    }

    @Test
    void theRuleThatHasToComeLastCompletesTheOthers() {
        String rules = correlation(
                        "trial",
                        "type: temporal, rules: [wrong-password, got-in], last: got-in, group-by: [user.id],"
                                + " timespan: 10m")
                + FAILED;
        String in = signIn("in", NOON.plusSeconds(90), "anna", LONDON, 0);
        assertThat(alerts("trial", rules, List.of(in, failure(120, "anna")))).isEmpty();
        List<JsonNode> alerts = alerts(
                "trial",
                rules,
                List.of(
                        in,
                        failure(120, "anna"),
                        signIn("again", NOON.plusSeconds(150), "anna", LONDON, 0),
                        failure(180, "anna")));
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).at("/@timestamp").asText()).isEqualTo("2026-03-02T12:02:30Z");
        assertThat(alerts.get(0).at("/event/reason").asText())
                .contains(", then ")
                .endsWith(", less than 10 min apart");
    }

    /** Nor does a count that it completes. */
    @Test
    void anEventThatHasToComeLastDoesNotCompleteItself() {
        String any = "---\ntitle: Any sign-in\nname: any\nlogsource: { product: azure, service: signinlogs }\n"
                + "detection: {selection: {ResultType: [0, 50126]}, condition: selection}\n";
        String rules = correlation(
                        "after-one",
                        "type: temporal, rules: [any, got-in], last: got-in, group-by: [user.id], timespan: 10m")
                + "---\n"
                + correlation(
                        "after-three",
                        "type: temporal, rules: [three, got-in], last: got-in, group-by: [user.id], timespan: 10m")
                + "---\n"
                + correlation(
                        "three",
                        "type: event_count, rules: [any], group-by: [user.id], timespan: 10m, condition: {gte: 3}")
                + any
                + FAILED;
        List<String> lines = new ArrayList<>();
        for (int failures = 0; failures <= 3; failures++) {
            for (String name : List.of("anna", "berta", "cleo", "dora", "eva", "fia")) {
                String user = name + failures;
                for (int i = 0; i < failures; i++) {
                    lines.add(failure(60 * i, user));
                }
                lines.add(signIn("in-" + user, NOON.plusSeconds(300), user, LONDON, 0));
            }
        }
        List<JsonNode> afterOne = alerts("after-one", rules, lines);
        assertThat(afterOne).hasSize(18).extracting(CountTest::user).doesNotContain("id-of-anna0");
        assertThat(afterOne)
                .filteredOn(alert -> user(alert).equals("id-of-anna1"))
                .singleElement()
                .satisfies(alert -> assertThat(alert.at("/entrawatch/evidence/events"))
                        .extracting(event -> event.at("/id").asText())
                        .containsExactly("f-anna1-0", "in-anna1"));
        assertThat(alerts("after-three", rules, lines)).hasSize(6).allSatisfy(alert -> assertThat(user(alert))
                .endsWith("3"));
    }

    @Test
    void eventsExactlyOneSpanApartAreNotInOneSpan() {
        String rules = correlation(
                        "trial",
                        "type: event_count, rules: [wrong-password], group-by: [user.id], timespan: 10m,"
                                + " condition: {gte: 2}")
                + FAILED;
        assertThat(alerts("trial", rules, List.of(failure(0, "anna"), failure(600, "anna"))))
                .isEmpty();
        assertThat(alerts("trial", rules, List.of(failure(0, "anna"), failure(599, "anna"))))
                .hasSize(1);
    }

    @Test
    void aLongBurstIsToldOnceASpan() {
        String rules = correlation(
                        "trial",
                        "type: event_count, rules: [wrong-password], group-by: [user.id], timespan: 10m,"
                                + " condition: {gte: 5}")
                + FAILED;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            lines.add(failure(10 * i, "anna"));
        }
        assertThat(alerts("trial", rules, lines))
                .extracting(alert -> alert.at("/@timestamp").asText())
                .containsExactlyInAnyOrder("2026-03-02T12:00:40Z", "2026-03-02T12:10:40Z");
    }

    @Test
    void valuesAreCountedOnceEach() {
        String rules = correlation(
                        "trial",
                        "type: value_count, rules: [wrong-password], group-by: [source.ip], timespan: 20m,"
                                + " condition: {gte: 3, field: user.id}")
                + FAILED;
        List<String> two = List.of(failure(0, "anna"), failure(1, "anna"), failure(2, "berta"));
        List<String> three = new ArrayList<>(two);
        three.add(failure(3, "carla"));

        assertThat(alerts("trial", rules, two)).isEmpty();
        assertThat(alerts("trial", rules, three)).singleElement().satisfies(alert -> {
            assertThat(alert.at("/entrawatch/evidence/observed").asInt()).isEqualTo(3);
            assertThat(alert.at("/entrawatch/evidence/events")).hasSize(3);
        });
    }

    @Test
    void anEmptyTextIsNoValueThatIsCounted() {
        String rules = correlation(
                        "trial",
                        "type: value_count, rules: [wrong-password], group-by: [user.id], timespan: 20m,"
                                + " condition: {gte: 3, field: deviceDetail.deviceId}")
                + FAILED;
        List<String> two = List.of(onDevice(0, "d-1"), onDevice(1, ""), onDevice(2, "d-2"));
        List<String> three = new ArrayList<>(two);
        three.add(onDevice(3, "d-3"));

        assertThat(alerts("trial", rules, two)).isEmpty();
        assertThat(alerts("trial", rules, three)).hasSize(1);
    }

    private static String onDevice(int second, String device) {
        String more = "\"deviceDetail\":{\"deviceId\":\"" + device + "\"}";
        return signIn(TENANT, "d-" + second, NOON.plusSeconds(second), "anna", LONDON, 50126, more);
    }

    @Test
    void anOfficeWhoseUsersMostlySucceedIsNoSpray() {
        String rules = correlation(
                        "trial",
                        "type: value_count, rules: [wrong-password], outnumbering: [got-in], group-by: [source.ip],"
                                + " timespan: 20m, condition: {gte: 3, field: user.id}")
                + FAILED;
        List<String> spray = List.of(failure(1, "anna"), failure(2, "berta"), failure(3, "carla"));
        List<String> office = new ArrayList<>(spray);
        for (int i = 0; i < 3; i++) {
            office.add(signIn("ok-" + i, NOON, "user-" + i, LONDON, 0));
        }
        assertThat(alerts("trial", rules, spray)).hasSize(1);
        assertThat(alerts("trial", rules, office)).isEmpty();
    }

    /** However many people have the same address, or the same browser. */
    @Test
    void aSprayBehindMoreThanAThousandSuccessesIsSeenAsSoonAsItOutnumbersThem() {
        String rules = correlation(
                        "trial",
                        "type: value_count, rules: [wrong-password], outnumbering: [got-in], group-by: [source.ip],"
                                + " timespan: 20m, condition: {gte: 3, field: user.id}")
                + FAILED;
        int people = 1_100;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            lines.add(signIn("ok-" + i, NOON, "user-" + i, LONDON, 0));
            lines.add(failure(1, "tried-" + i));
        }
        assertThat(alerts("trial", rules, lines)).isEmpty();
        lines.add(failure(2, "one-more"));
        assertThat(alerts("trial", rules, lines))
                .extracting(alert -> alert.at("/entrawatch/evidence/observed").asInt())
                .containsExactly(people + 1);
    }

    @Test
    void anEventThatSeveralOutnumberingRulesMatchIsOneEvent() {
        String rules = correlation(
                        "trial",
                        "type: event_count, rules: [wrong-password], outnumbering: [got-in, at-the-office],"
                                + " group-by: [user.id], timespan: 20m, condition: {gte: 3}")
                + FAILED
                + "---\ntitle: Office\nname: at-the-office\nlogsource: { product: azure, service: signinlogs }\n"
                + "detection: {selection: {ResultType: 0, appDisplayName: Office}, condition: selection}\n";
        List<String> lines = new ArrayList<>(List.of(
                signIn("ok-1", NOON, "anna", LONDON, 0),
                signIn("ok-2", NOON, "anna", LONDON, 0),
                failure(1, "anna"),
                failure(2, "anna"),
                failure(3, "anna")));
        assertThat(alerts("trial", rules, lines)).hasSize(1);
        lines.add(signIn("ok-3", NOON, "anna", LONDON, 0));
        assertThat(alerts("trial", rules, lines)).isEmpty();
    }

    @Test
    void anEventOfBothSidesCountsOnBothAtOnce() {
        String rules = correlation(
                        "trial",
                        "type: event_count, rules: [any], outnumbering: [got-in], group-by: [user.id],"
                                + " timespan: 20m, condition: {gte: 2}")
                + "---\ntitle: Any sign-in\nname: any\nlogsource: { product: azure, service: signinlogs }\n"
                + "detection: {selection: {ResultType: [0, 50126]}, condition: selection}\n"
                + FAILED;
        List<String> lines = new ArrayList<>(List.of(
                signIn("ok-1", NOON, "anna", LONDON, 0), signIn("ok-2", NOON.plusSeconds(1), "anna", LONDON, 0)));
        assertThat(alerts("trial", rules, lines)).isEmpty();
        lines.add(failure(2, "anna"));
        assertThat(alerts("trial", rules, lines)).hasSize(1);
    }

    @Test
    void aBurstThatGoesOnIsAStepUntilItsEnd() {
        String rules = correlation(
                        "guessed",
                        "type: temporal_ordered, rules: [guessing, got-in], group-by: [user.id], timespan: 10m")
                + "---\n"
                + correlation(
                        "guessing",
                        "type: event_count, rules: [wrong-password], group-by: [user.id], timespan: 1h,"
                                + " condition: {gte: 3}")
                + FAILED;
        List<String> lines = new ArrayList<>();
        for (int minute = 0; minute <= 40; minute++) {
            lines.add(failure(60 * minute, "anna"));
            lines.add(failure(60 * minute, "berta"));
        }
        lines.add(signIn("in", NOON.plusSeconds(60 * 50 - 1), "anna", LONDON, 0));
        lines.add(signIn("too-late", NOON.plusSeconds(60 * 50), "berta", LONDON, 0));
        assertThat(alerts("guessed", rules, lines))
                .extracting(alert -> alert.at("/@timestamp").asText())
                .containsExactly("2026-03-02T12:49:59Z");
    }

    @Test
    void anAlertCanBeAStepOfASequence() {
        String rules = correlation(
                        "guessed",
                        "type: temporal_ordered, rules: [guessing, got-in], group-by: [user.id], timespan: 20m,"
                                + " generate: [guessing]")
                + "---\n"
                + correlation(
                        "guessing",
                        "type: event_count, rules: [wrong-password], group-by: [user.id], timespan: 10m,"
                                + " condition: {gte: 3}")
                + FAILED;
        List<String> lines = new ArrayList<>(List.of(failure(0, "anna"), failure(1, "anna"), failure(2, "anna")));
        lines.add(signIn("in-before", NOON.minusSeconds(5), "anna", LONDON, 0));
        assertThat(alerts("guessed", rules, lines)).isEmpty();
        assertThat(alerts("guessing", rules, lines)).hasSize(1);

        lines.add(signIn("in", NOON.plusSeconds(900), "anna", LONDON, 0));
        Collections.shuffle(lines, new java.util.Random(7));
        List<JsonNode> alerts = alerts("guessed", rules, lines);
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).at("/@timestamp").asText()).isEqualTo("2026-03-02T12:15:00Z");
    }

    @Test
    void manyGroupsThatAlertAreAnAlertOfTheirOwn() {
        String rules = correlation(
                        "everywhere",
                        "type: value_count, rules: [guessing], timespan: 1h, condition: {gte: 2, field: user.id}")
                + "---\n"
                + correlation(
                        "guessing",
                        "type: event_count, rules: [wrong-password], group-by: [user.id], timespan: 10m,"
                                + " condition: {gte: 2}")
                + FAILED;
        List<String> lines =
                List.of(failure(0, "anna"), failure(1, "anna"), failure(2000, "berta"), failure(2001, "berta"));
        assertThat(alerts("everywhere", rules, lines)).hasSize(1);
        assertThat(alerts("guessing", rules, lines)).isEmpty();
        assertThat(alerts("everywhere", rules, lines.subList(0, 3))).isEmpty();
    }

    @Test
    void whatFailsToFollowIsToldWhenItsTimeIsOver() {
        String rules = correlation(
                        "unanswered",
                        "type: not_followed, rules: [wrong-password, got-in], group-by: [user.id], timespan: 30m")
                + FAILED;
        List<String> lines = List.of(
                failure(0, "anna"),
                failure(0, "berta"),
                signIn("in", NOON.plusSeconds(1799), "anna", LONDON, 0),
                signIn("later", NOON.plusSeconds(1801), "berta", LONDON, 0));
        List<JsonNode> alerts = alerts("unanswered", rules, lines);
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).at("/@timestamp").asText()).isEqualTo("2026-03-02T12:30:00Z");
        assertThat(alerts.get(0).at("/user/id").asText()).isEqualTo("id-of-berta");
        assertThat(alerts.get(0).at("/entrawatch/evidence/observed").asDouble()).isEqualTo(1800);
    }

    @Test
    void whateverCameBeforeTheLastSuccessAFailureAfterItIsTold() {
        String rules = correlation(
                        "unanswered",
                        "type: not_followed, rules: [wrong-password, got-in], group-by: [user.id], timespan: 30m")
                + FAILED;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3 * AT_ONCE; i++) {
            lines.add(signIn("f-" + i, NOON.plusMillis(i), "anna", LONDON, 50126));
        }
        lines.add(signIn("in", NOON.plusSeconds(1), "anna", LONDON, 0));
        assertThat(alerts("unanswered", rules, lines)).isEmpty();
        lines.add(failure(2, "anna"));
        assertThat(alerts("unanswered", rules, lines))
                .extracting(alert -> alert.at("/@timestamp").asText())
                .containsExactly("2026-03-02T12:30:02Z");
    }

    /** It ends what came before it, and nothing ends it. */
    @Test
    void anEventThatDoesNotFollowItselfIsToldThoughItComesAfterACrowd() {
        String rules = correlation(
                        "unanswered",
                        "type: not_followed, rules: [wrong-password, other-app], group-by: [user.id], timespan: 30m")
                + FAILED
                + "---\ntitle: Not Mail\nname: other-app\nlogsource: { product: azure, service: signinlogs }\n"
                + "detection: {mail: {appDisplayName: Mail}, condition: not mail}\n";
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            lines.add(signIn("f-" + i, NOON.plusMillis(i), "anna", LONDON, 50126)
                    .replace("\"appDisplayName\":\"Office\"", "\"appDisplayName\":\"Mail\""));
        }
        lines.add(failure(1, "anna"));
        assertThat(alerts("unanswered", rules, lines))
                .extracting(alert -> alert.at("/@timestamp").asText())
                .containsExactly("2026-03-02T12:30:01Z");
    }

    @Test
    void whatFailsToFollowSeveralIsToldWhenTheyHaveComeInOrder() {
        String rules = guessedAndKept("");
        List<String> lines = List.of(
                failure(0, "anna"),
                signIn("in", NOON.plusSeconds(60), "anna", LONDON, 0),
                failure(0, "berta"),
                signIn("first", NOON.plusSeconds(60), "cleo", LONDON, 0),
                failure(120, "cleo"),
                failure(0, "dora"),
                signIn("in-too", NOON.plusSeconds(60), "dora", LONDON, 0),
                audit("reset", NOON.plusSeconds(600), "Reset user password", "id-of-dora", "success"));
        List<JsonNode> alerts = alerts("guessed-and-kept", rules, lines);
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).at("/@timestamp").asText()).isEqualTo("2026-03-02T12:30:00Z");
        assertThat(alerts.get(0).at("/entrawatch/evidence/events")).hasSize(2);
        assertThat(alerts.get(0).at("/user/id").asText()).isEqualTo("id-of-anna");
    }

    @Test
    void eachOfSeveralFirstStepsIsToldWhenItsOwnTimeHasGoneBy() {
        String rules = guessedAndKept(", suppress: 0s");
        List<String> lines = List.of(
                failure(0, "anna"),
                failure(60, "anna"),
                signIn("in", NOON.plusSeconds(240), "anna", LONDON, 0),
                failure(0, "dora"),
                failure(60, "dora"),
                signIn("in-too", NOON.plusSeconds(240), "dora", LONDON, 0),
                audit("reset", NOON.plusSeconds(1_830), "Reset user password", "id-of-dora", "success"));
        assertThat(alerts("guessed-and-kept", rules, lines))
                .extracting(alert -> user(alert) + ' ' + alert.at("/@timestamp").asText())
                .containsExactlyInAnyOrder(
                        "id-of-anna 2026-03-02T12:30:00Z",
                        "id-of-anna 2026-03-02T12:31:00Z",
                        "id-of-dora 2026-03-02T12:30:00Z");
    }

    @Test
    void aFirstStepIsToldThoughOneBeforeItWasHeldBack() {
        String rules = guessedAndKept(", suppress: 30m");
        List<String> lines = List.of(
                failure(0, "anna"),
                signIn("in", NOON.plusSeconds(180), "anna", LONDON, 0),
                failure(900, "anna"),
                failure(1_980, "anna"),
                signIn("in-again", NOON.plusSeconds(2_340), "anna", LONDON, 0));
        assertThat(alerts("guessed-and-kept", rules, lines))
                .extracting(alert -> alert.at("/@timestamp").asText())
                .containsExactly("2026-03-02T12:30:00Z", "2026-03-02T13:03:00Z");
    }

    /** It is no answer to what those between show. */
    @Test
    void aLastStepBeforeOneBetweenDoesNotFollow() {
        List<String> lines = List.of(
                failure(0, "anna"),
                audit("reset", NOON.plusSeconds(120), "Reset user password", "id-of-anna", "success"),
                signIn("in", NOON.plusSeconds(240), "anna", LONDON, 0));
        assertThat(alerts("guessed-and-kept", guessedAndKept(""), lines)).hasSize(1);
    }

    private static String guessedAndKept(String more) {
        return correlation(
                        "guessed-and-kept",
                        "type: not_followed, rules: [wrong-password, got-in, reset], group-by: [account],"
                                + " timespan: 30m, aliases: {account: {wrong-password: user.id, got-in: user.id,"
                                + " reset: target.id}}" + more)
                + FAILED
                + RESET;
    }

    @Test
    void anEventThatSeveralRulesMatchIsOneEvent() {
        String also = "---\ntitle: Any sign-in\nname: any\nlogsource: { product: azure, service: signinlogs }\n"
                + "detection: {selection: {ResultType: [0, 50126]}, condition: selection}\n";
        String rules = correlation(
                        "counted",
                        "type: event_count, rules: [wrong-password, any], group-by: [user.id], timespan: 10m,"
                                + " condition: {gte: 3}")
                + "---\n"
                + correlation(
                        "followed",
                        "type: temporal_ordered, rules: [wrong-password, any], group-by: [user.id], timespan: 10m")
                + "---\n"
                + correlation(
                        "followed-twice",
                        "type: temporal_ordered, rules: [wrong-password, any, got-in], group-by: [user.id],"
                                + " timespan: 10m")
                + FAILED
                + also;
        List<String> lines = List.of(
                failure(0, "anna"),
                failure(1, "anna"),
                failure(2, "anna"),
                failure(0, "berta"),
                failure(1, "berta"),
                failure(0, "cleo"),
                signIn("in", NOON.plusSeconds(5), "cleo", LONDON, 0));
        assertThat(alerts("counted", rules, lines)).extracting(CountTest::user).containsExactly("id-of-anna");
        assertThat(alerts("followed", rules, lines.subList(3, 7)))
                .extracting(CountTest::user)
                .containsExactlyInAnyOrder("id-of-berta", "id-of-cleo");
        assertThat(alerts("followed", rules, lines.subList(5, 6))).isEmpty();
        assertThat(alerts("followed-twice", rules, lines.subList(5, 7))).isEmpty();
    }

    /** Also one that comes late, and one whose copies match different rules. */
    @ParameterizedTest
    @CsvSource({
        "'eq: 1', 0 0 1 0",
        "'lte: 1', 0 0 1 0",
        "'lt: 3', 1 0 1 1",
        "'neq: 2', 0 1 1 0",
        "'eq: 2', 1 0 0 1",
        "'gte: 2', 1 1 0 1",
        "'gte: 3', 0 1 0 0"
    })
    void howManyRulesHaveMatchedIsAskedWithAllThatAnEventMatches(String condition, String expected) {
        String rules = correlation(
                        "trial",
                        "type: temporal, rules: [any, wrong-password, far-away], group-by: [user.id],"
                                + " timespan: 10m, condition: {"
                                + condition + "}")
                + FAILED
                + "---\ntitle: Any sign-in\nname: any\nlogsource: { product: azure, service: signinlogs }\n"
                + "detection: {selection: {ResultType: [0, 50126]}, condition: selection}\n"
                + "---\ntitle: Far away\nname: far-away\nlogsource: { product: azure, service: signinlogs }\n"
                + "detection: {selection: {ipAddress: 198.51.100.20, ResultType: 50126}, condition: selection}\n";
        Spot abroad = new Spot("Lagos", "NG", 6.5, 3.4, "198.51.100.20");
        List<String> lines = List.of(
                failure(0, "anna"),
                failure(0, "berta", abroad),
                signIn("in", NOON, "carla", LONDON, 0),
                failure(0, "fia", abroad),
                failure(0, "fia"),
                signIn("later", NOON.plusSeconds(3_600), "dora", LONDON, 0),
                failure(1, "eva"));
        List<JsonNode> alerts = Replay.of(rules).lateness(Duration.ZERO).alerts("trial", lines);
        String[] count = expected.split(" ");
        for (String user : List.of("anna 0 2", "berta 1 3", "carla 2 1", "eva 3 2", "fia 1 3")) {
            String[] of = user.split(" ");
            assertThat(alerts)
                    .as(user)
                    .filteredOn(alert -> user(alert).equals("id-of-" + of[0]))
                    .hasSize(Integer.parseInt(count[Integer.parseInt(of[1])]))
                    .allSatisfy(alert -> assertThat(
                                    alert.at("/entrawatch/evidence/observed").asInt())
                            .isEqualTo(Integer.parseInt(of[2])));
        }
    }

    @Test
    void evidenceHasNoOtherEventOfTheRuleThatComesLast() throws Exception {
        String detection = "session-blocked-after-sign-in";
        try (var harness = Operators.open(Operators.ofObservations("count"))) {
            harness.processElement(record(step(detection, "s", 1, "blocked-2", MONDAY)));
            harness.processElement(record(step(detection, "s", 0, "in", MONDAY.minusSeconds(60))));
            harness.processElement(record(step(detection, "s", 1, "blocked-1", MONDAY)));
            assertThat(harness.extractOutputValues()).singleElement().satisfies(alert -> assertThat(
                            alert.evidence().events())
                    .extracting(EventSummary::id)
                    .containsExactly("in", "blocked-1"));
        }
    }

    @Test
    void evidenceHasAnEventOnceHoweverManyRulesMatchIt() {
        String also = "---\ntitle: Any sign-in\nname: any\nlogsource: { product: azure, service: signinlogs }\n"
                + "detection: {selection: {ResultType: [0, 50126]}, condition: selection}\n";
        String rules = correlation(
                        "together",
                        "type: temporal, rules: [wrong-password, any, got-in], group-by: [source.ip], timespan: 10m")
                + "---\n"
                + correlation(
                        "sprayed",
                        "type: value_count, rules: [wrong-password, any], group-by: [source.ip], timespan: 10m,"
                                + " condition: {field: user.id, gte: 12}")
                + FAILED
                + also;
        List<String> lines = new ArrayList<>();
        List<String> newest = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            lines.add(failure(i, "u" + i));
            if (i >= 2) {
                newest.add("f-u" + i + "-" + i);
            }
        }
        lines.add(signIn("in", NOON.plusSeconds(20), "anna", LONDON, 0));
        assertThat(alerts("together", rules, lines)).singleElement().satisfies(alert -> assertThat(eventIds(alert))
                .containsExactly("f-u11-11", "in"));
        assertThat(alerts("sprayed", rules, lines)).singleElement().satisfies(alert -> assertThat(eventIds(alert))
                .containsExactlyElementsOf(newest));
    }

    private static List<String> eventIds(JsonNode alert) {
        return alert.at("/entrawatch/evidence/events").findValuesAsText("id");
    }

    private static String user(JsonNode alert) {
        return alert.at("/user/id").asText();
    }

    @Test
    void fieldsOfGroupsMayBeSpeltInAnyWay() {
        String rules = correlation(
                        "outer",
                        "type: event_count, rules: [inner], group-by: [UserName, properties.tenantId], timespan: 1h,"
                                + " condition: {gte: 1}, generate: true")
                + "---\n"
                + correlation(
                        "inner",
                        "type: event_count, rules: [wrong-password], group-by: [AADTenantId, ipAddress,"
                                + " userPrincipalName], timespan: 1h, condition: {gte: 2}")
                + FAILED;
        List<String> lines = List.of(failure(0, "anna"), failure(1, "anna"), failure(2, "berta"));
        JsonNode inner = alerts("inner", rules, lines).get(0).at("/entrawatch/group");
        assertThat(inner.fieldNames()).toIterable().containsExactly("tenant.id", "ipAddress", "userPrincipalName");
        assertThat(inner.get("userPrincipalName").asText()).isEqualTo("anna@contoso.example");
        JsonNode outer = alerts("outer", rules, lines).get(0).at("/entrawatch/group");
        assertThat(outer.fieldNames()).toIterable().containsExactly("tenant.id", "UserName");
        assertThat(outer.get("UserName").asText()).isEqualTo("anna@contoso.example");
    }

    @Test
    void aSequenceThatHasToTakeAWhileWaitsForALaterEnd() {
        String aliases = ", aliases: {account: {wrong-password: user.id, got-in: user.id, reset: target.id}}";
        String rules = correlation(
                        "three",
                        "type: temporal_ordered, rules: [wrong-password, got-in, reset], group-by: [account],"
                                + " timespan: 1h, at-least: 30m" + aliases)
                + "---\n"
                + correlation(
                        "two",
                        "type: temporal_ordered, rules: [wrong-password, reset], group-by: [account],"
                                + " timespan: 1h, at-least: 30m, aliases: {account: {wrong-password: user.id,"
                                + " reset: target.id}}")
                + FAILED
                + RESET;
        List<String> lines = List.of(
                failure(0, "anna"),
                signIn("in", NOON.plusSeconds(60), "anna", LONDON, 0),
                audit("too-early", NOON.plusSeconds(120), "Reset user password", "id-of-anna", "success"),
                audit("reset", NOON.plusSeconds(1_800), "Reset user password", "id-of-anna", "success"));
        for (String name : List.of("two", "three")) {
            assertThat(alerts(name, rules, lines))
                    .as(name)
                    .extracting(alert -> alert.at("/@timestamp").asText())
                    .containsExactly("2026-03-02T12:30:00Z");
        }
    }

    @Test
    void aFirstStepForWhichItWasTooEarlyWaitsOn() {
        String rules = correlation(
                        "two",
                        "type: temporal_ordered, rules: [wrong-password, reset], group-by: [account], timespan: 1h,"
                                + " at-least: 10m, suppress: 1m, aliases: {account: {wrong-password: user.id,"
                                + " reset: target.id}}")
                + FAILED
                + RESET;
        List<String> lines = new ArrayList<>(List.of(
                failure(0, "anna"),
                failure(500, "anna"),
                audit("first", NOON.plusSeconds(600), "Reset user password", "id-of-anna", "success"),
                audit("too-early", NOON.plusSeconds(1_099), "Reset user password", "id-of-anna", "success")));
        assertThat(alerts("two", rules, lines)).hasSize(1);
        lines.add(audit("second", NOON.plusSeconds(1_100), "Reset user password", "id-of-anna", "success"));
        assertThat(alerts("two", rules, lines))
                .extracting(alert -> alert.at("/@timestamp").asText())
                .containsExactlyInAnyOrder("2026-03-02T12:10:00Z", "2026-03-02T12:18:20Z");
    }

    @Test
    void aValueIsNewAfterTheTimeOfLearning() {
        String rules = correlation(
                        "new-place",
                        "type: first_seen, rules: [got-in], group-by: [user.id], field: location, learning: 2d,"
                                + " memory: 5d")
                + FAILED;
        Spot abroad = new Spot("Lagos", "NG", 6.5, 3.4, "198.51.100.20");
        List<String> lines = List.of(
                signIn("a", NOON, "anna", LONDON, 0),
                signIn("b", NOON.plusSeconds(2 * 86_400), "anna", LONDON, 0),
                signIn("c", NOON.plusSeconds(2 * 86_400 + 60), "anna", abroad, 0),
                signIn("d", NOON.plusSeconds(3 * 86_400), "anna", abroad, 0),
                signIn("e", NOON.plusSeconds(86_400), "berta", abroad, 0),
                signIn("f", NOON.plusSeconds(2 * 86_400), "berta", LONDON, 0));
        assertThat(alerts("new-place", rules, lines))
                .extracting(
                        alert -> alert.at("/entrawatch/evidence/events/0/id").asText())
                .containsExactly("c");
    }

    @Test
    void signsOfDifferentLogsComeTogetherUnderAnAlias() {
        String rules = correlation(
                        "both",
                        "type: temporal, rules: [wrong-password, reset], group-by: [account], timespan: 1h,"
                                + " aliases: {account: {wrong-password: user.id, reset: target.id}}")
                + FAILED
                + RESET;
        List<String> lines = List.of(
                audit("r", NOON.plusSeconds(60), "Reset user password", "id-of-anna", "success"),
                failure(0, "anna"),
                failure(0, "berta"));
        assertThat(alerts("both", rules, lines)).hasSize(1);
    }
}
