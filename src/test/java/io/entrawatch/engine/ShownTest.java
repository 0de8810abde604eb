package io.entrawatch.engine;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

class ShownTest {

    private static final String RULE =
            """
            title: A role was given
            name: a-role-was-given
            level: low
            logsource: { product: azure, service: auditlogs }
            detection: { selection: { OperationName: Add member to role }, condition: selection }
            fields: [ role ]
            """;

    /** Its record tells a role by its own id, by that of its template, by its names, and as a target once more. */
    @Test
    void aValueThatARecordHoldsTwiceIsShownOnce() {
        String role = "78d64f17-0000-4000-8000-000000000001";
        String record =
                """
                {"id":"given","category":"RoleManagement","result":"success","activityDateTime":"2026-03-02T12:00:00Z",\
                "activityDisplayName":"Add member to role","tenantId":"%s","targetResources":[\
                {"type":"User","id":"u1","modifiedProperties":[\
                {"displayName":"Role.ObjectID","newValue":"\\"%s\\""},\
                {"displayName":"Role.DisplayName","newValue":"\\"Global Administrator\\""}]},\
                {"type":"Role","id":"%s"}]}"""
                        .formatted(Logs.TENANT, role, role);

        List<JsonNode> alerts = Replay.of(RULE).scan(List.of(record)).documents();

        assertThat(alerts).singleElement().satisfies(alert -> assertThat(
                        alert.at("/entrawatch/evidence/role").asText().split(", "))
                .containsExactlyInAnyOrder(role, "Global Administrator"));
    }
}
