package io.entrawatch.ingest;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;

import static io.entrawatch.ingest.Reading.event;
import static io.entrawatch.ingest.Reading.file;
import static org.assertj.core.api.Assertions.assertThat;

/** What rules look for in the texts of an audit record stands in a row of CSV, too. */
class PortalTextsTest {

    private static final String TARGETS =
            "[{\"id\":\"sp-1\",\"displayName\":\"Evil \\\"App\\\"\",\"type\":\"ServicePrincipal\",\"modifiedProperties\":["
                    + "{\"displayName\":\"ConsentContext.IsAdminConsent\",\"oldValue\":null,\"newValue\":\"\\\"True\\\"\"},"
                    + "{\"displayName\":\"ConsentContext.Tags\",\"oldValue\":\"\\\"a\\\"\",\"newValue\":null}]},"
                    + "{\"id\":\"user-1\",\"type\":\"User\",\"userPrincipalName\":\"ann@contoso.example\","
                    + "\"modifiedProperties\":[]}]";

    private static final Map<String, String> CONSENT = Map.ofEntries(
            Map.entry("Activity", "Consent to application"),
            Map.entry("Target1Type", "ServicePrincipal"),
            Map.entry("Target1DisplayName", "\"Evil \"\"App\"\"\""),
            Map.entry("Target1ObjectId", "sp-1"),
            Map.entry("Target1ModifiedProperty1Name", "ConsentContext.IsAdminConsent"),
            Map.entry("Target1ModifiedProperty1NewValue", "\"\"\"True\"\"\""),
            Map.entry("Target1ModifiedProperty2Name", "ConsentContext.Tags"),
            Map.entry("Target1ModifiedProperty2OldValue", "\"\"\"a\"\"\""),
            Map.entry("Target2Type", "User"),
            Map.entry("Target2ObjectId", "user-1"),
            Map.entry("Target2UserPrincipalName", "ann@contoso.example"));

    @Test
    void theTargetsOfARowAreThoseOfTheLogs() {
        EntraEvent row = audit(CONSENT);
        EntraEvent json = event(RawRecord.graphAudit()
                .with("activityDisplayName", "Consent to application")
                .withJson("targetResources", TARGETS));

        assertThat(row.text(Field.ADMIN_CONSENT)).isEqualTo("True");
        for (Field field : List.of(
                Field.TARGETS_JSON, Field.ADMIN_CONSENT, Field.CHANGES_JSON, Field.AUDIT_MESSAGE, Field.CHANGES)) {
            assertThat(row.fields().all(field)).isEqualTo(json.fields().all(field));
        }
    }

    @Test
    void aRowWithoutTargetsHasNoTextOfThem() {
        EntraEvent row = audit(Map.of());

        assertThat(row.fields().has(Field.TARGETS_JSON)).isFalse();
        assertThat(row.fields().has(Field.AUDIT_MESSAGE)).isFalse();
    }

    @Test
    void whoDidItIsAPersonOrAnApplication() {
        EntraEvent person = audit(Map.of("ActorType", "User", "ActorObjectId", "admin-1"));
        EntraEvent app = audit(Map.of(
                "ActorType", "Application",
                "ActorUserPrincipalName", "",
                "ActorDisplayName", "Provisioning",
                "ActorServicePrincipalId", "sp-1"));

        assertThat(person.fields().all(Field.ACTOR_JSON))
                .startsWith("{\"user\":{\"id\":\"admin-1\",\"userPrincipalName\":\"admin@contoso.example\","
                        + "\"ipAddress\":\"198.51.100.7\"}}")
                .contains("admin-1", "admin@contoso.example");
        assertThat(app.fields().all(Field.ACTOR_JSON))
                .startsWith("{\"app\":{\"displayName\":\"Provisioning\",\"servicePrincipalId\":\"sp-1\"}}")
                .contains("Provisioning");
        assertThat(audit(Map.of("ActorUserPrincipalName", "")).fields().has(Field.ACTOR_JSON))
                .isFalse();
    }

    private static EntraEvent audit(Map<String, String> values) {
        return file(new CsvFile(CsvFile.AUDIT).audit(values).text()).get(0).event();
    }
}
