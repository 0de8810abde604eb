package io.entrawatch.engine;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Replay;

import static io.entrawatch.testkit.Logs.LONDON;
import static org.assertj.core.api.Assertions.assertThat;

/** What rules of a user's own find in raw records, in the running job. */
class MatchedRecordsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void aLetterThatIsWrittenOtherwiseAtTheEndOfAWordIsFound() {
        List<String> records = List.of(
                signIn("capitals", "\"userAgent\":\"ΟΔΟΣ\""),
                signIn("word", "\"userAgent\":\"οδος\""),
                signIn("other", "\"userAgent\":\"ΟΔΟΙ\""));

        assertThat(found("signinlogs", "s: { userAgent: 'οδοσ' }", records)).containsExactly("capitals", "word");
    }

    /** As shared rules ask for sign-ins from outside of all named locations. */
    @Test
    void anEmptyListIsFoundHoweverItIsWritten() {
        String network = "[{\"networkType\":\"namedNetwork\"}]";
        List<String> records = List.of(
                signIn("list", "\"networkLocationDetails\":[]"),
                signIn("text", "\"networkLocationDetails\":\"[]\""),
                signIn("blank", "\"networkLocationDetails\":\"[ ]\""),
                signIn("null", "\"networkLocationDetails\":null"),
                signIn("absent", "\"isInteractive\":true"),
                signIn("named", "\"networkLocationDetails\":" + network),
                signIn("named-text", "\"networkLocationDetails\":\"" + network.replace("\"", "\\\"") + '"'));

        for (String asked : List.of("NetworkLocationDetails: '[]'", "networkLocationDetails|exists: false")) {
            assertThat(found("signinlogs", "s: { " + asked + " }", records))
                    .containsExactlyInAnyOrder("list", "text", "blank", "null", "absent");
        }
    }

    @Test
    void anEmptyListIsFoundInARowOfLogAnalytics() {
        String row =
                """
                {"Type":"SigninLogs","CreatedDateTime":"2026-03-02T12:00:00Z","Id":"%s","ResultType":"0",\
                "AADTenantId":"11111111-2222-3333-4444-555555555555","NetworkLocationDetails":"%s",\
                "AuthenticationRequirement":"singleFactorAuthentication","DeviceDetail":"{\\"deviceId\\":\\"\\"}"}""";
        List<String> records = List.of(
                row.formatted("outside", "[]"), row.formatted("inside", "[{\\\"networkType\\\":\\\"named\\\"}]"));

        assertThat(found(
                        "signinlogs",
                        "s: { AuthenticationRequirement: singleFactorAuthentication, ResultType: 0,"
                                + " NetworkLocationDetails: '[]', DeviceDetail.deviceId: '' }",
                        records))
                .containsExactly("outside");
    }

    /** The ids of the records that a rule with one selection finds. */
    private static List<String> found(String service, String selection, List<String> records) {
        String rule =
                """
                title: A trial
                name: trial
                logsource: { product: azure, service: %s }
                detection:
                  %s
                  condition: s
                """;
        return Replay.of(rule.formatted(service, selection)).alerts("trial", records).stream()
                .map(alert -> alert.at("/entrawatch/evidence/events/0/id").asText())
                .toList();
    }

    private static String signIn(String id, String more) {
        return Logs.signIn(Logs.TENANT, id, NOON, "ann", LONDON, 0, more);
    }
}
