package io.entrawatch.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
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

        assertThat(found("signinlogs", "userAgent: 'οδοσ'", records)).containsExactly("capitals", "word");
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
            assertThat(found("signinlogs", asked, records)).containsExactly("absent", "blank", "list", "null", "text");
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
                        "AuthenticationRequirement: singleFactorAuthentication, ResultType: 0,"
                                + " NetworkLocationDetails: '[]', DeviceDetail.deviceId: ''",
                        records))
                .containsExactly("outside");
    }

    @Test
    void everyTargetIsFound() {
        String alice = "{\"type\":\"User\",\"displayName\":\"Alice\",\"id\":\"u1\"}";
        String bob =
                "{\"type\":\"User\",\"displayName\":\"Bob\",\"id\":\"u2\",\"userPrincipalName\":\"bob@contoso.example\"}";
        List<String> records = List.of(
                audit("role", alice + ",{\"type\":\"Role\",\"displayName\":\"Global Administrator\"}"),
                audit("group", alice + ",{\"type\":\"Group\",\"displayName\":\"Admins\"}," + bob),
                audit("app", "{\"type\":\"ServicePrincipal\",\"displayName\":\"Backup\",\"id\":\"sp1\"}," + alice));

        Map<String, List<String>> expected = Map.of(
                "TargetResources.type: Role", List.of("role"),
                "targetResources.displayName: Global Administrator", List.of("role"),
                "targetResources.type: Group", List.of("group"),
                "targetResources.displayName: Bob", List.of("group"),
                "targetResources.id: u2", List.of("group"),
                "targetResources.userPrincipalName: bob@contoso.example", List.of("group"),
                "targetResources.type: Service Principal", List.of("app"),
                "targetResources.id|all: [ sp1, u1 ]", List.of("app"),
                "targetResources.type|neq: Role", List.of("app", "group"),
                "target.type: User", List.of("app", "group", "role"));
        assertThat(found("auditlogs", expected.keySet(), records)).isEqualTo(expected);
    }

    @Test
    void anEventIsOfTheGroupOfEachTarget() {
        String rules =
                """
                title: A target twice
                name: twice
                correlation:
                  type: event_count
                  rules: [ added ]
                  group-by: [ targetResources.id ]
                  timespan: 1h
                  condition: { gte: 2 }
                ---
                title: Added
                name: added
                logsource: { product: azure, service: auditlogs }
                detection:
                  s: { operationName: Add member to role }
                  condition: s
                """;
        String first = audit("first", "{\"type\":\"User\",\"id\":\"u1\"},{\"type\":\"User\",\"id\":\"u2\"}");
        String second = audit("second", "{\"type\":\"User\",\"id\":\"u2\"}");

        assertThat(Replay.of(rules).alerts("twice", List.of(first, second)))
                .singleElement()
                .satisfies(alert -> assertThat(alert.toString()).contains("u2"));
        String twice = audit("first", "{\"type\":\"User\",\"id\":\"u1\"},{\"type\":\"Group\",\"id\":\"u1\"}");
        assertThat(Replay.of(rules).alerts("twice", List.of(twice))).isEmpty();
    }

    /** The ids of the records that a rule with one selection finds, in their order. */
    private static List<String> found(String service, String selection, List<String> records) {
        return found(service, Set.of(selection), records).getOrDefault(selection, List.of());
    }

    /** The same of several rules, by their selections. */
    private static Map<String, List<String>> found(String service, Set<String> selections, List<String> records) {
        String rule =
                """
                title: "%2$s"
                name: trial-%3$d
                logsource: { product: azure, service: %1$s }
                detection:
                  s: { %2$s }
                  condition: s
                """;
        String rules = selections.stream()
                .map(selection -> rule.formatted(service, selection, selection.hashCode()))
                .collect(Collectors.joining("---\n"));
        Map<String, List<String>> found = new HashMap<>();
        for (JsonNode alert : Replay.of(rules).scan(records).documents()) {
            found.computeIfAbsent(alert.at("/rule/name").asText(), title -> new ArrayList<>())
                    .add(alert.at("/entrawatch/evidence/events/0/id").asText());
        }
        found.values().forEach(Collections::sort);
        return found;
    }

    private static String audit(String id, String targets) {
        String all = "\"targetResources\":[" + targets + "]}}";
        return Logs.audit(id, NOON, "Add member to role", "u0", "success")
                .replaceFirst("\"targetResources\":.*", Matcher.quoteReplacement(all));
    }

    private static String signIn(String id, String more) {
        return Logs.signIn(Logs.TENANT, id, NOON, "ann", LONDON, 0, more);
    }
}
