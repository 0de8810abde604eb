package io.entrawatch.alert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.detection.Detection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Place;
import io.entrawatch.rule.Level;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

class EcsDocumentTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Detection DETECTION =
            Replay.catalogue(Organization.UNKNOWN).find("short-lived-account").orElseThrow();
    private static final Place OSLO = new Place(59.91, 10.75, 5, "Oslo", null, "NO", 64500);

    @Test
    void everyDocumentHasWhatReadersRelyOn() throws Exception {
        JsonNode document =
                MAPPER.readTree(EcsDocument.of(alert("192.0.2.1", "anna", Map.of("events", 2.0)), DETECTION));
        for (String path : List.of(
                "/@timestamp",
                "/message",
                "/ecs/version",
                "/event/id",
                "/event/kind",
                "/event/category",
                "/event/type",
                "/event/action",
                "/event/severity",
                "/event/risk_score",
                "/event/start",
                "/event/end",
                "/event/reason",
                "/rule/id",
                "/rule/uuid",
                "/rule/name",
                "/rule/version",
                "/rule/category",
                "/rule/reference",
                "/threat/framework",
                "/threat/tactic/id",
                "/threat/technique/id",
                "/user/id",
                "/user/name",
                "/user/target/id",
                "/source/address",
                "/source/ip",
                "/source/geo/location/lat",
                "/source/geo/location/lon",
                "/source/as/number",
                "/user_agent/original",
                "/device/id",
                "/service/name",
                "/related/ip",
                "/related/user",
                "/organization/id",
                "/entrawatch/guide",
                "/entrawatch/level",
                "/entrawatch/level_reasons",
                "/entrawatch/group",
                "/entrawatch/evidence/observed",
                "/entrawatch/evidence/threshold",
                "/entrawatch/evidence/events/0/id",
                "/entrawatch/evidence/events/0/time",
                "/entrawatch/evidence/events/0/user",
                "/entrawatch/evidence/events/0/address",
                "/entrawatch/evidence/events/0/place",
                "/entrawatch/evidence/events/0/location/lat",
                "/entrawatch/evidence/events/0/location/lon",
                "/entrawatch/evidence/events/0/activity",
                "/entrawatch/evidence/events/0/correlation_id")) {
            assertThat(document.at(path).isMissingNode()).as(path).isFalse();
        }
        assertThat(document.at("/@timestamp").asText()).isEqualTo("2026-03-02T12:00:01Z");
        assertThat(document.at("/event/kind").asText()).isEqualTo("alert");
        assertThat(document.at("/event/severity").asInt()).isEqualTo(73);
        assertThat(document.at("/event/start").asText()).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(document.at("/rule/id").asText()).isEqualTo("short-lived-account");
        assertThat(document.at("/rule/category").asText()).isEqualTo("accounts");
        assertThat(document.at("/entrawatch/guide/0").asText()).isEqualTo("T01");
        assertThat(document.at("/entrawatch/group/target.id").asText()).isEqualTo("target");
        assertThat(document.at("/user_agent/original").asText()).isEqualTo("Firefox");
        assertThat(document.at("/device/id").asText()).isEqualTo("device");
        assertThat(document.at("/service/name").asText()).isEqualTo("Office");
        assertThat(document.at("/threat/technique/subtechnique/id/0").asText()).isEqualTo("T1136.003");
    }

    @Test
    void anAddressOfVersionSixIsOneToo() throws Exception {
        assertThat(source("2001:db8::1").at("/ip").asText()).isEqualTo("2001:db8::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "999.1.1.1", "192.0.2", "host.example", "192.0.2.1/24", "<script>"})
    void whatIsNoAddressIsShownButNeverAnIp(String text) throws Exception {
        JsonNode source = source(text);
        assertThat(source.at("/address").asText()).isEqualTo(text);
        assertThat(source.has("ip")).isFalse();
    }

    @Test
    void theOrderInMapsChangesNoByte() {
        Map<String, Double> forwards = new LinkedHashMap<>();
        Map<String, Double> backwards = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            forwards.put("fact_" + i, (double) i);
            backwards.put("fact_" + (19 - i), (double) (19 - i));
        }
        assertThat(EcsDocument.of(alert("192.0.2.1", "anna", forwards), DETECTION))
                .isEqualTo(EcsDocument.of(alert("192.0.2.1", "anna", backwards), DETECTION));
    }

    @Test
    void textOfALogCannotLeaveItsString() throws Exception {
        String evil = "a\",\"x\":1}\n\r\u0000\u001b\u2028\\";
        byte[] json = EcsDocument.of(alert("192.0.2.1", evil, Map.of()), DETECTION);
        String text = new String(json, StandardCharsets.UTF_8);
        assertThat(text.chars().filter(Character::isISOControl)).isEmpty();
        JsonNode document = MAPPER.readTree(json);
        assertThat(document.at("/entrawatch/evidence/events/0/user").asText()).isEqualTo(evil);
        assertThat(document.has("x")).isFalse();
    }

    @Test
    void aValueOfTheGroupIsNoLongerThanAnybodyReads() throws Exception {
        Alert one = alert("192.0.2.1", "anna", Map.of());
        Alert alert = new Alert(
                one.id(),
                one.detection(),
                one.title(),
                one.atMillis(),
                one.tenant(),
                List.of("tenant", "x".repeat(100_000)),
                one.level(),
                one.levelReasons(),
                one.reason(),
                one.evidence(),
                one.repeatKey(),
                one.quietMillis());
        String group = MAPPER.readTree(EcsDocument.of(alert, DETECTION))
                .at("/entrawatch/group/target.id")
                .asText();
        assertThat(group).hasSize(501).endsWith("x…");
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws Exception {
        EventSummary bare = new EventSummary(
                "e",
                0,
                "t",
                "AuditLogs",
                "Add user",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Alert alert = new Alert(
                "id",
                "short-lived-account",
                "title",
                0,
                "t",
                List.of("t", "target"),
                Level.LOW,
                List.of(),
                "why",
                new Evidence(1, 1, "events", Map.of(), Map.of(), List.of(bare)),
                "key",
                0);
        byte[] json = EcsDocument.of(alert, DETECTION);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .doesNotContain("null", "\"\"", "\"user_agent\"", "\"device\"");
        assertThat(MAPPER.readTree(json).has("service")).isFalse();
        assertThat(MAPPER.readTree(json).at("/organization/id").asText()).isEqualTo("t");
    }

    /** A map would show a point that no record has; the way of a travel needs one all the same. */
    @Test
    void aPlaceOfWhichOnlyTheCountryIsKnownIsNoPointOfItsOwn() throws Exception {
        Place australia = new Place(-25, 135, 2000, "Sydney", null, "AU", 0);
        EventSummary event = event("e", 0, "192.0.2.1", "anna", australia);
        Alert alert = new Alert(
                "id",
                "short-lived-account",
                "title",
                0,
                "t",
                List.of("t", "target"),
                Level.LOW,
                List.of(),
                "why",
                new Evidence(1, 1, "events", Map.of(), Map.of(), List.of(event)),
                "key",
                0);
        JsonNode document = MAPPER.readTree(EcsDocument.of(alert, DETECTION));

        assertThat(document.at("/source/geo/city_name").asText()).isEqualTo("Sydney");
        assertThat(document.at("/source/geo").has("location")).isFalse();
        JsonNode shown = document.at("/entrawatch/evidence/events/0");
        assertThat(shown.at("/location/lat").asDouble()).isEqualTo(-25);
        assertThat(shown.at("/accuracy_km").asInt()).isEqualTo(2000);
    }

    private static JsonNode source(String address) throws Exception {
        return MAPPER.readTree(EcsDocument.of(alert(address, "anna", Map.of()), DETECTION))
                .at("/source");
    }

    private static Alert alert(String address, String user, Map<String, Double> facts) {
        long noon = java.time.Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
        return new Alert(
                "id",
                "short-lived-account",
                "Account created and deleted within 24 hours",
                noon + 1000,
                "tenant",
                List.of("tenant", "target"),
                Level.HIGH,
                List.of(),
                user + " did it",
                new Evidence(
                        1,
                        86_400,
                        "seconds",
                        facts,
                        Map.of("note", "why"),
                        List.of(event("e1", noon, address, user), event("e2", noon + 1000, address, user))),
                "key",
                1);
    }

    @Test
    void whatIsNoUserIsNoTargetAmongTheUsers() throws Exception {
        JsonNode group = target("Group", "Payroll");
        assertThat(group.at("/group/id").asText()).isEqualTo("target-id");
        assertThat(group.at("/group/name").asText()).isEqualTo("Payroll");
        JsonNode application = target("ServicePrincipal", "Backup");
        assertThat(application.at("/service/target/name").asText()).isEqualTo("Backup");
        assertThat(application.at("/service/target/id").asText()).isEqualTo("target-id");
        JsonNode role = target("Role", "Global Administrator");
        for (JsonNode other : List.of(group, application, role)) {
            assertThat(other.at("/user").has("target")).isFalse();
            assertThat(texts(other.at("/related/user"))).containsExactly("id-of-bert", "bert@contoso.example");
        }
        assertThat(role.has("group") || role.has("service")).isFalse();
        assertThat(role.at("/entrawatch/evidence/events/0/target").asText()).isEqualTo("Global Administrator");
        assertThat(role.at("/entrawatch/evidence/events/0/target_type").asText())
                .isEqualTo("Role");
    }

    @Test
    void whatIsCalledAsUsersAreIsAUser() throws Exception {
        assertThat(target("Other", "anna@contoso.example")
                        .at("/user/target/email")
                        .asText())
                .isEqualTo("anna@contoso.example");
        assertThat(target("Group", "payroll@contoso.example").at("/user").has("target"))
                .isFalse();
        assertThat(target(null, "Anna").at("/user/target/name").asText()).isEqualTo("Anna");
    }

    private static JsonNode target(String type, String name) throws Exception {
        EventSummary event = new EventSummary(
                "e",
                0,
                "t",
                "AuditLogs",
                "Update",
                null,
                "id-of-bert",
                "bert@contoso.example",
                null,
                null,
                "target-id",
                name,
                type,
                null,
                null,
                null,
                null);
        Evidence evidence = new Evidence(1, 1, "events", Map.of(), Map.of(), List.of(event));
        return MAPPER.readTree(EcsDocument.of(
                new Alert("id", "d", "title", 0, "t", List.of("t"), Level.LOW, List.of(), "why", evidence, "key", 0),
                DETECTION));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static EventSummary event(String id, long at, String address, String user) {
        return event(id, at, address, user, OSLO);
    }

    private static EventSummary event(String id, long at, String address, String user, Place place) {
        return new EventSummary(
                id,
                at,
                "tenant",
                "AuditLogs",
                "Add user",
                "Success",
                "id-of-user",
                user,
                address,
                place,
                "target",
                "target@contoso.example",
                "User",
                "Office",
                "Firefox",
                "device",
                "correlation");
    }
}
