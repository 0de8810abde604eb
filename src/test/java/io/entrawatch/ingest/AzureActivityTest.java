package io.entrawatch.ingest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;

import static io.entrawatch.ingest.RawRecord.TENANT;
import static io.entrawatch.ingest.Reading.event;
import static org.assertj.core.api.Assertions.assertThat;

class AzureActivityTest {

    private static final String OPERATION = "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE";

    @ParameterizedTest
    @ValueSource(strings = {"Administrative", "Security", "ServiceHealth", "Alert", "Policy", "Autoscale"})
    void everyCategoryIsRead(String category) {
        EntraEvent event = event(activity(category));

        assertThat(event.kind()).isEqualTo(LogKind.AZURE_ACTIVITY);
        assertThat(event.text(Field.AZURE_CATEGORY)).isEqualTo(category);
        assertThat(event.tenant()).isEqualTo(TENANT);
    }

    @Test
    void theEnvelopeTellsNearlyEverything() {
        EntraEvent event = event(activity("Administrative"));

        assertThat(event.text(Field.AZURE_PROVIDER)).isEqualTo("MICROSOFT.AUTHORIZATION");
        assertThat(event.text(Field.AZURE_RESOURCE)).startsWith("/SUBSCRIPTIONS/");
        assertThat(event.text(Field.AZURE_MESSAGE)).isEqualTo("A role was assigned");
        assertThat(event.text(Field.STATUS)).isEqualTo("Success");
        assertThat(event.text(Field.IP_ADDRESS)).isEqualTo("192.0.2.10");
        assertThat(EventSummary.of(event).user()).isEqualTo("admin@contoso.example");
        assertThat(event.activity()).isEqualTo(OPERATION);
        assertThat(event.text(Field.COUNTRY)).isNull();
    }

    @Test
    void aRowOfLogAnalyticsIsTheSame() {
        EntraEvent event = event(RawRecord.row("AzureActivity")
                .without("AADTenantId")
                .without("Id")
                .with("EventDataId", "activity-1")
                .with("OperationNameValue", OPERATION)
                .with("CategoryValue", "Administrative")
                .with("ActivityStatusValue", "Failure")
                .with("Caller", "admin@contoso.example")
                .with("CallerIpAddress", "192.0.2.10")
                .with("Properties", "{\"message\":\"A role was assigned\"}"));

        assertThat(event.kind()).isEqualTo(LogKind.AZURE_ACTIVITY);
        assertThat(event.tenant()).isEqualTo(Reading.DEFAULT_TENANT);
        assertThat(event.id()).isEqualTo("activity-1");
        assertThat(event.text(Field.STATUS)).isEqualTo("Failure");
        assertThat(event.text(Field.AZURE_MESSAGE)).isEqualTo("A role was assigned");
        assertThat(event.text(Field.AZURE_OPERATION)).isEqualTo(OPERATION);
    }

    @ParameterizedTest
    @CsvSource({
        "Success,'',Success",
        "'',Failed,Failure",
        "Success,Failed,Success",
        "Failure,,Failure",
        ",Failed,Failure"
    })
    void theFirstPlaceOfAStatusCountsWhicheverKeyComesFirst(String value, String localized, String status) {
        RawRecord row = RawRecord.row("AzureActivity").with("OperationNameValue", OPERATION);
        row.with("ActivityStatusValue", value).with("ActivityStatus", localized);
        assertThat(event(row).text(Field.STATUS)).isEqualTo(status);

        row.without("ActivityStatusValue").with("ActivityStatusValue", value);
        assertThat(event(row).text(Field.STATUS)).isEqualTo(status);
    }

    @Test
    void theCallerCountsBeforeTheClaimWhicheverKeyComesFirst() {
        String claims = "{\"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn\":\"claimed@contoso.example\"}";
        RawRecord row = RawRecord.row("AzureActivity").with("OperationNameValue", OPERATION);
        row.with("Caller", "admin@contoso.example").with("Claims", claims);
        assertThat(event(row).text(Field.AZURE_CALLER)).isEqualTo("admin@contoso.example");

        row.without("Caller").with("Caller", "admin@contoso.example");
        assertThat(event(row).text(Field.AZURE_CALLER)).isEqualTo("admin@contoso.example");
        assertThat(event(row.without("Caller")).text(Field.AZURE_CALLER)).isEqualTo("claimed@contoso.example");
    }

    @Test
    void anAuditRecordAboutPoliciesIsNoneOfAzure() {
        assertThat(event(RawRecord.graphAudit().with("category", "Policy")).kind())
                .isEqualTo(LogKind.AUDIT);
    }

    private static RawRecord activity(String category) {
        return RawRecord.diagnostic(category)
                .with("resourceId", "/SUBSCRIPTIONS/S-1/RESOURCEGROUPS/RG-1")
                .with("operationName", OPERATION)
                .with("resultType", "Success")
                .with("callerIpAddress", "192.0.2.10")
                .with("location", "no")
                .withJson(
                        "identity",
                        """
                        {"claims": {"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn":
                          "admin@contoso.example"}, "authorization": {"action": "x/y/z"}}""")
                .with("properties.message", "A role was assigned");
    }
}
