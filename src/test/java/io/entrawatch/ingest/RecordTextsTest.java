package io.entrawatch.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;

import static io.entrawatch.ingest.Reading.event;
import static org.assertj.core.api.Assertions.assertThat;

/** The texts of objects and lists, and what is read from them. */
class RecordTextsTest {

    private static final String CHANGE =
            "{\"displayName\":\"UserType\",\"oldValue\":\"[\\\"Guest\\\"]\",\"newValue\":\"[\\\"Member\\\"]\"}";
    private static final String TARGETS =
            "[{\"id\":\"user-1\",\"type\":\"User\",\"modifiedProperties\":[" + CHANGE + "]}]";

    @Test
    void theTargetsOfAnAuditRecordAreKeptAsTheyAreWritten() {
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", TARGETS));

        assertThat(event.text(Field.TARGETS_JSON)).isEqualTo(TARGETS);
        assertThat(event.text(Field.TARGET_ID)).isEqualTo("user-1");
        assertThat(event.fields().all(Field.PROPERTY_NAME)).containsExactly("UserType");
        assertThat(event.fields().all(Field.PROPERTY_OLD)).containsExactly("[\"Guest\"]");
        assertThat(event.fields().all(Field.PROPERTY_NEW)).containsExactly("[\"Member\"]");
    }

    @Test
    void aRowOfLogAnalyticsHasTheSameTexts() {
        EntraEvent event = event(RawRecord.auditRow().with("TargetResources", TARGETS));

        assertThat(event.text(Field.TARGETS_JSON)).isEqualTo(TARGETS);
        assertThat(event.fields().all(Field.CHANGES_JSON)).containsExactly(CHANGE);
    }

    @Test
    void theDetailsOfARowAreWrittenAsThoseOfOthers() {
        String details = "[ {\"key\": \"User-Agent\", \"value\": \"curl\"} ]";
        RawRecord row = RawRecord.auditRow();
        String asList = event(row.withJson("AdditionalDetails", details)).text(Field.DETAILS_JSON);

        assertThat(asList).isEqualTo("[{\"key\":\"User-Agent\",\"value\":\"curl\"}]");
        assertThat(event(row.with("AdditionalDetails", details)).text(Field.DETAILS_JSON))
                .isEqualTo(asList);
        assertThat(event(row.with("AdditionalDetails", "[]")).text(Field.DETAILS_JSON))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "[ {\"key\": \"User-Agent\", \"va", "[1] and more"})
    void detailsThatAreNoJsonStayAsTheyAre(String details) {
        assertThat(event(RawRecord.auditRow().with("AdditionalDetails", details))
                        .text(Field.DETAILS_JSON))
                .isEqualTo(details);
    }

    @Test
    void theMessageIsTheActivityAndWhatWasChanged() {
        EntraEvent event = event(RawRecord.audit().withJson("properties.targetResources", TARGETS));

        assertThat(event.fields().all(Field.AUDIT_MESSAGE))
                .contains("Delete user", CHANGE.substring(1, CHANGE.length() - 1));
    }

    @Test
    void whoDidItIsKeptAsATextAndByItsNames() {
        EntraEvent event = event(RawRecord.audit());

        assertThat(event.text(Field.ACTOR_JSON)).startsWith("{\"user\":{\"id\":\"admin-1\"");
        assertThat(event.fields().all(Field.ACTOR_JSON)).contains("admin@contoso.example", "admin-1");
        assertThat(event.text(Field.ACTOR_ID)).isEqualTo("admin-1");
    }

    @Test
    void theConsentOfAnAdministratorIsAFlag() {
        EntraEvent event = event(
                RawRecord.audit()
                        .withJson(
                                "properties.targetResources",
                                """
                        [{"id": "app-1", "modifiedProperties": [
                          {"displayName": "ConsentContext.IsAdminConsent", "newValue": "\\"False\\""}]}]"""));

        assertThat(event.text(Field.ADMIN_CONSENT)).isEqualTo("False");
    }

    @Test
    void aStatusSaysItsReasonAsWell() {
        EntraEvent event =
                event(RawRecord.signIn().with("properties.status.additionalDetails", "MFA denied; user declined"));

        assertThat(event.fields().all(Field.STATUS)).containsExactly("Failure", "MFA denied; user declined");
        assertThat(event.text(Field.STATUS)).isEqualTo("Failure");
    }

    @Test
    void everyValueOfTheRecordIsKeptWhereARuleWantsWords() {
        EntraEvent event = event(RawRecord.signIn());

        assertThat(event.fields().all(Field.RECORD_TEXT)).contains("SignInLogs", "ann@contoso.example", "50126");
        assertThat(Reading.file("Date (UTC),Request ID,Username\n2026-03-02T09:00:00Z,r-1,ann@contoso.example\n"))
                .allSatisfy(row ->
                        assertThat(row.event().fields().all(Field.RECORD_TEXT)).contains("ann@contoso.example"));
    }

    @Test
    void nothingIsKeptThatNoRuleWants() throws IOException {
        Decoding decoding = new Decoding(Wanted.of(EnumSet.noneOf(Field.class)), "tenant", null, 1_000_000);
        try (LogReader reader = new LogReader(decoding)) {
            byte[] bytes = RawRecord.audit().json().getBytes(StandardCharsets.UTF_8);
            EntraEvent event = Reading.message(reader, bytes).get(0).event();
            for (Field field : List.of(Field.RECORD_TEXT, Field.TARGETS_JSON, Field.ACTOR_JSON, Field.AUDIT_MESSAGE)) {
                assertThat(event.fields().has(field)).isFalse();
            }
        }
    }
}
