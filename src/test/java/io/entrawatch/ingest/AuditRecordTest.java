package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;
import io.entrawatch.event.LogSource;
import io.entrawatch.event.Wanted;

import static io.entrawatch.ingest.Reading.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class AuditRecordTest {

    private static final String OBJECT_ID = "0123456789abcdef0123456789ABCDEF";

    @Test
    void anAuditRecordIsReadWithActorAndTarget() {
        EntraEvent event = event(RawRecord.audit());

        assertThat(event.kind()).isEqualTo(LogKind.AUDIT);
        assertThat(event.activity()).isEqualTo("Delete user");
        assertThat(event.text(Field.AUDIT_CATEGORY)).isEqualTo("UserManagement");
        assertThat(event.text(Field.LOG_CATEGORY)).isEqualTo("AuditLogs");
        assertThat(event.text(Field.ACTOR_PRINCIPAL_NAME)).isEqualTo("admin@contoso.example");
        assertThat(event.text(Field.IP_ADDRESS)).isEqualTo("198.51.100.7");
        assertThat(event.text(Field.TARGET_ID)).isEqualTo("user-1");
    }

    /** Whatever else is asked of a record. */
    @Test
    void anApplicationThatHasOnlyAnIdIsTheActor() {
        RawRecord record = RawRecord.audit()
                .without("properties.initiatedBy.user")
                .with("properties.initiatedBy.app.appId", "b0f4c8c8-3c2e-4d9b-8a51-2f1d3c4b5a69");
        Wanted actors = new Wanted(EnumSet.of(Field.ACTOR), EnumSet.noneOf(LogSource.class), false);
        LogReader reader = new LogReader(new Decoding(actors, "default", null, Reading.LARGEST_RECORD));

        EntraEvent event = Reading.message(reader, record.json().getBytes(StandardCharsets.UTF_8))
                .get(0)
                .event();

        assertThat(event.fields().all(Field.ACTOR)).containsExactly("b0f4c8c8-3c2e-4d9b-8a51-2f1d3c4b5a69");
    }

    @ParameterizedTest
    @CsvSource({"success,Success", "Success,Success", "failure,Failure", "timeout,Failure", "unknownFutureValue,Failure"
    })
    void onlySuccessIsASuccess(String result, String status) {
        assertThat(event(RawRecord.audit().with("properties.result", result)).text(Field.STATUS))
                .isEqualTo(status);
    }

    @Test
    void aRecordWithoutAResultHasNoStatus() {
        RawRecord record = RawRecord.audit().with("resultSignature", "None").without("properties.result");
        assertThat(event(record).text(Field.STATUS)).isNull();
    }

    @Test
    void theOperationNamesTheActivityWhereThePropertiesDoNot() {
        RawRecord record = RawRecord.audit().without("properties.activityDisplayName");
        assertThat(event(record).activity()).isEqualTo("Delete user");
    }

    @Test
    void theActivitysTimeIsTheEventsTime() {
        RawRecord record = RawRecord.audit()
                .with("time", "2026-03-02T12:00:00Z")
                .with("properties.activityDateTime", "2026-03-01 10:00:00.049661100");
        assertThat(event(record).atMillis())
                .isEqualTo(Instant.parse("2026-03-01T10:00:00.049Z").toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "Type", "TYPE"})
    void theUserAmongTheTargetsIsTakenWhereverItStands(String type) {
        String targets =
                """
                [{"id": "role-1", "displayName": "Global Administrator", "%1$s": "Role"},
                 {"id": "user-1", "userPrincipalName": "ann@contoso.example", "%1$s": "User"},
                 {"id": "user-2", "userPrincipalName": "ben@contoso.example", "%1$s": "User"}]"""
                        .formatted(type);
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", targets));

        assertThat(event.text(Field.TARGET_ID)).isEqualTo("user-1");
        assertThat(event.text(Field.TARGET_PRINCIPAL_NAME)).isEqualTo("ann@contoso.example");
        assertThat(event.text(Field.TARGET_NAME)).isNull();
        assertThat(event.text(Field.TARGET_TYPE)).isEqualTo("User");
    }

    @Test
    void whatAllTargetsHaveIsKeptAndThatOfTheOneComesFirst() {
        String targets =
                """
                [{"id": "role-1", "displayName": "Global Administrator", "type": "Role", "userPrincipalName": null},
                 {"id": "user-1", "displayName": "", "type": "User", "userPrincipalName": "ann@contoso.example"},
                 {"id": "user-2", "displayName": "Ben", "type": "User", "userPrincipalName": "%s_ben@contoso.example"},
                 {"id": "00000000-0000-0000-0000-000000000001", "type": "Other"}]"""
                        .formatted(OBJECT_ID);
        for (EntraEvent event : List.of(
                event(RawRecord.audit().withJson("properties.targetResources", targets)),
                event(RawRecord.graphAudit().withJson("targetResources", targets)),
                event(RawRecord.auditRow().with("TargetResources", targets)))) {
            assertThat(event.fields().all(Field.TARGETS_ID)).containsExactly("user-1", "role-1", "user-2");
            assertThat(event.fields().all(Field.TARGETS_TYPE)).containsExactly("User", "Role", "Other");
            assertThat(event.fields().all(Field.TARGETS_NAME)).containsExactly("Global Administrator", "Ben");
            assertThat(event.fields().all(Field.TARGETS_PRINCIPAL_NAME))
                    .containsExactly("ann@contoso.example", "ben@contoso.example");
        }
    }

    /** None may be compared with all before it: ten such records took more than ten seconds. */
    @Test
    @Timeout(5)
    void manyTargetsAreKeptOnceEachWithoutDelay() {
        String targets = IntStream.range(0, 9_000)
                .mapToObj(i -> "{\"id\": \"account-with-a-long-name-%d\", \"type\": \"User\", \"displayName\": \"%d\"}"
                        .formatted(i, i % 4_500))
                .collect(Collectors.joining(",", "[", "]"));
        byte[] record = RawRecord.audit()
                .withJson("properties.targetResources", targets)
                .json()
                .getBytes(StandardCharsets.UTF_8);
        LogReader reader = Reading.reader();
        EntraEvent event = null;
        for (int i = 0; i < 10; i++) {
            event = Reading.message(reader, record).get(0).event();
        }
        assertThat(event.fields().all(Field.TARGETS_ID)).hasSize(9_000).doesNotHaveDuplicates();
        assertThat(event.fields().all(Field.TARGETS_NAME)).hasSize(4_500).doesNotHaveDuplicates();
        assertThat(event.fields().all(Field.TARGETS_TYPE)).containsExactly("User");
    }

    @Test
    void aTargetWithoutAnIdIsKnownByItsNameAmongAllAsWell() {
        String targets =
                "[{\"type\": \"User\", \"displayName\": \"\", \"userPrincipalName\": \"Ann@contoso.example\"}]";
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", targets));

        assertThat(event.fields().all(Field.TARGETS_ID)).containsExactly("ann@contoso.example");
        assertThat(event.fields().all(Field.TARGETS_NAME)).containsExactly("");
    }

    @Test
    void theFirstTargetIsTakenWhereNoneIsAUser() {
        String targets =
                """
                [{"id": "group-1", "displayName": "Admins", "type": "Group"},
                 {"id": "role-1", "type": "Role"}]""";
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", targets));

        assertThat(event.text(Field.TARGET_ID)).isEqualTo("group-1");
        assertThat(event.text(Field.TARGET_NAME)).isEqualTo("Admins");
    }

    /** The orders in which Privileged Identity Management lists whom a role was given to, and with what. */
    @ParameterizedTest
    @CsvSource({
        "Role Request User Directory Other, User",
        "Other Request User Role, User",
        "Role Request ServicePrincipal Directory Other, ServicePrincipal",
        "Other Request servicePrincipal Role, servicePrincipal",
        "Role Request Group Directory, Group",
        "Role Group ServicePrincipal, ServicePrincipal",
        "Group User ServicePrincipal, User",
        "Role Application Group, Application",
        "Role Request Device, Device",
        "Device Policy, Device",
        "Other Request Role, Request",
        "Role Request Directory, Role"
    })
    void whomItWasDoneToComesBeforeWhatItWasDoneWith(String types, String target) {
        String targets = Stream.of(types.split(" "))
                .map(type -> "{\"id\": \"id of %1$s\", \"type\": \"%1$s\"}".formatted(type))
                .collect(Collectors.joining(",", "[", "]"));
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", targets));

        assertThat(event.text(Field.TARGET_ID)).isEqualTo("id of " + target);
        assertThat(event.text(Field.TARGET_TYPE)).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                [{"id": "role-1", "displayName": "Reader of Secrets", "type": "Role", "modifiedProperties": [
                   {"displayName": "RoleDefinitionOriginId", "oldValue": "", "newValue": "\\"template-1\\""},
                   {"displayName": "RoleDefinitionOriginType", "oldValue": "", "newValue": "\\"BuiltInRole\\""},
                   {"displayName": "TemplateId", "oldValue": "", "newValue": "\\"template-1\\""}]},
                 {"id": "user-1", "type": "User"}]""",
                """
                [{"id": "user-1", "type": "User", "modifiedProperties": [
                   {"displayName": "Role.ObjectID", "oldValue": null, "newValue": "\\"role-2\\""},
                   {"displayName": "Role.DisplayName", "oldValue": null, "newValue": "\\"Reader of Secrets\\""},
                   {"displayName": "Role.TemplateId", "oldValue": null, "newValue": "\\"template-1\\""}]},
                 {"id": "role-2", "type": "Role"}]""",
                """
                [{"id": "user-1", "type": "User", "modifiedProperties": [
                   {"displayName": "Role.DisplayName", "oldValue": "\\"Reader of Secrets\\"", "newValue": null},
                   {"displayName": "Role.TemplateId", "oldValue": "\\"template-1\\"", "newValue": null}]}]"""
            })
    void aRoleGoesByItsTemplateInWhicheverRecord(String targets) {
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", targets));
        assertThat(event.fields().all(Field.ROLE)).startsWith("template-1").contains("Reader of Secrets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001"})
    void whatNamesNoObjectIsNoTarget(String id) {
        String targets = "[{\"id\": \"%s\", \"type\": \"Other\"}]".formatted(id);
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", targets));
        assertThat(event.text(Field.TARGET_ID)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "[null]", "[7]", "\"\"", "\"none\"", "[[]]"})
    void aRecordWithoutTargetsHasNone(String targets) {
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", targets));
        assertThat(event.text(Field.TARGET_ID)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {OBJECT_ID, OBJECT_ID + "_"})
    void theObjectIdBeforeADeletedUsersNameIsTakenAway(String prefix) {
        assertThat(targetNamed(prefix + "ann@contoso.example")).isEqualTo("ann@contoso.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@contoso.example", "0123456789abcdef@contoso.example", OBJECT_ID, OBJECT_ID + "ann"})
    void otherNamesOfTargetsStay(String name) {
        assertThat(targetNamed(name)).isEqualTo(name);
    }

    /** A pattern that tried each of its signs anew took minutes for one such name. */
    @Test
    void aNameWithoutEndIsReadWithoutDelay() {
        String name = OBJECT_ID + "@".repeat(900_000) + "\\n";
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> targetNamed(name));
    }

    @Test
    void anAppMayHaveDoneIt() {
        RawRecord record = RawRecord.audit()
                .without("properties.initiatedBy")
                .with("properties.initiatedBy.app.displayName", "Provisioning")
                .with("properties.initiatedBy.app.servicePrincipalId", "sp-1");
        EntraEvent event = event(record);

        assertThat(event.text(Field.ACTOR_APP_NAME)).isEqualTo("Provisioning");
        assertThat(event.text(Field.ACTOR_SERVICE_PRINCIPAL_ID)).isEqualTo("sp-1");
        assertThat(event.text(Field.ACTOR_ID)).isNull();
        assertThat(event.text(Field.IP_ADDRESS)).isNull();
    }

    @Test
    void theAddressAmongTheDetailsIsTheLastToBeTaken() {
        String details =
                """
                [{"key": "tid", "value": "tenant-1"}, {"key": "ipaddr", "value": "198.51.100.9"}]""";
        RawRecord record = RawRecord.audit().withJson("properties.additionalDetails", details);
        assertThat(event(record).text(Field.IP_ADDRESS)).isEqualTo("198.51.100.7");

        record.without("properties.initiatedBy.user.ipAddress");
        assertThat(event(record).text(Field.IP_ADDRESS)).isEqualTo("198.51.100.9");
        assertThat(event(record.with("callerIpAddress", "<null>")).text(Field.IP_ADDRESS))
                .isEqualTo("198.51.100.9");
        assertThat(event(record.with("callerIpAddress", "192.0.2.9")).text(Field.IP_ADDRESS))
                .isEqualTo("192.0.2.9");
    }

    @Test
    void theAddressAmongTheDetailsIsTakenInOtherFormsToo() {
        String details = "[{\"key\":\"ipaddr\",\"value\":\"198.51.100.9\"}]";
        assertThat(event(RawRecord.graphAudit().withJson("additionalDetails", details))
                        .text(Field.IP_ADDRESS))
                .isEqualTo("198.51.100.9");
        assertThat(event(RawRecord.auditRow().with("AdditionalDetails", details))
                        .text(Field.IP_ADDRESS))
                .isEqualTo("198.51.100.9");
        assertThat(event(RawRecord.auditRow().withJson("AdditionalDetails", details))
                        .text(Field.IP_ADDRESS))
                .isEqualTo("198.51.100.9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "[{\"key\": \"ipaddr\", \"value\": \"\"}]", "[{\"key\": \"ipaddr\", \"value\": null}]"})
    void detailsWithoutAnAddressGiveNone(String details) {
        RawRecord record = RawRecord.audit()
                .without("properties.initiatedBy.user.ipAddress")
                .withJson("properties.additionalDetails", details);
        assertThat(event(record).text(Field.IP_ADDRESS)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Global Administrator\"", "[]", "[{\"id\": \"role-1\"}]", "null"})
    void theActorsRolesMayHaveAnyShape(String roles) {
        EntraEvent event = event(RawRecord.audit().withJson("properties.initiatedBy.user.roles", roles));
        assertThat(event.text(Field.ACTOR_ID)).isEqualTo("admin-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"[\\\"Guest\\\"]\"", "\"\\\"Global Administrator\\\"\"", "\"[true]\"", "null", "\"\""})
    void valuesOfModifiedPropertiesDoNoHarm(String value) {
        String targets =
                """
                [{"id": "user-1", "type": "User", "modifiedProperties":
                   [{"displayName": "UserType", "oldValue": null, "newValue": %s}]}]"""
                        .formatted(value);
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", targets));

        assertThat(event.text(Field.TARGET_ID)).isEqualTo("user-1");
        assertThat(event.text(Field.TARGET_NAME)).isNull();
    }

    private static String targetNamed(String name) {
        String targets = "[{\"id\": \"user-1\", \"type\": \"User\", \"userPrincipalName\": \"" + name + "\"}]";
        return event(RawRecord.audit().withJson("properties.targetResources", targets))
                .text(Field.TARGET_PRINCIPAL_NAME);
    }
}
