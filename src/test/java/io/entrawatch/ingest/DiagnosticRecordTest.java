package io.entrawatch.ingest;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;

import static io.entrawatch.ingest.RawRecord.TENANT;
import static io.entrawatch.ingest.Reading.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class DiagnosticRecordTest {

    @Test
    void aSignInIsReadWithItsHeader() {
        EntraEvent event = event(RawRecord.signIn());

        assertThat(event.kind()).isEqualTo(LogKind.SIGN_IN);
        assertThat(event.id()).isEqualTo("record-1");
        assertThat(event.tenant()).isEqualTo(TENANT);
        assertThat(event.atMillis())
                .isEqualTo(Instant.parse("2026-03-02T09:15:42.123Z").toEpochMilli());
        assertThat(event.text(Field.USER_PRINCIPAL_NAME)).isEqualTo("ann@contoso.example");
        assertThat(event.text(Field.ERROR_CODE)).isEqualTo("50126");
        assertThat(event.text(Field.STATUS)).isEqualTo("Failure");
        assertThat(event.text(Field.INTERACTIVE)).isEqualTo("true");
    }

    @ParameterizedTest
    @EnumSource
    void everyCategoryThatIsReadGivesItsKind(LogKind kind) {
        assertThat(event(RawRecord.diagnostic(kind.category())).kind()).isEqualTo(kind);
    }

    @Test
    void aCategoryInOtherCaseIsTheSame() {
        assertThat(event(RawRecord.diagnostic("signinlogs")).kind()).isEqualTo(LogKind.SIGN_IN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ProvisioningLogs",
                "RiskyServicePrincipals",
                "ServicePrincipalRiskEvents",
                "EnrichedOffice365AuditLogs",
                "MicrosoftGraphActivityLogs",
                "NetworkAccessTrafficLogs",
                "CustomSecurityAttributeAuditLogs",
                "AADGraphActivityLogs",
                "RiskyAgents"
            })
    void aCategoryThatIsNotReadIsADeadLetter(String category) {
        DeadLetter dead = Reading.deadLetter(RawRecord.diagnostic(category).json());

        assertThat(dead.reason()).isEqualTo("unknown-category");
        assertThat(dead.detail()).contains(category);
        assertThat(dead.record()).contains(category);
    }

    @Test
    void aRecordWithoutACategoryIsToldByItsFields() {
        assertThat(event(RawRecord.signIn().without("category")).kind()).isEqualTo(LogKind.SIGN_IN);
        assertThat(event(RawRecord.audit().without("category")).kind()).isEqualTo(LogKind.AUDIT);
    }

    @Test
    void aRecordWithoutACategoryAndWithUnknownFieldsIsADeadLetter() {
        String json = RawRecord.diagnostic("").without("category").json();
        assertThat(Reading.deadLetter(json).reason()).isEqualTo("unknown-category");
    }

    @Test
    void lowerCasedEnvelopeKeysAreTheSame() {
        RawRecord record = RawRecord.signIn().without("properties.ipAddress").without("properties.status");
        assertThat(event(record.lowerCased())).isEqualTo(event(record));
    }

    @Test
    void aPascalCaseRecordIsReadByItsOwnTime() {
        RawRecord record = RawRecord.signIn()
                .without("time")
                .without("category")
                .without("properties.createdDateTime")
                .with("Category", "SignInLogs")
                .with("properties.CreatedDateTime", "8/22/2022 6:07:16 PM");

        EntraEvent event = event(record);

        assertThat(event.kind()).isEqualTo(LogKind.SIGN_IN);
        assertThat(event.atMillis())
                .isEqualTo(Instant.parse("2022-08-22T18:07:16Z").toEpochMilli());
    }

    @Test
    void theTimeOfTheEnvelopeStandsInForAMissingOrUnreadableOne() {
        long expected = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
        RawRecord late = RawRecord.signIn().with("time", "2026-03-02T10:00:00Z");

        assertThat(event(late).atMillis()).isLessThan(expected);
        assertThat(event(late.with("properties.createdDateTime", "soon")).atMillis())
                .isEqualTo(expected);
        assertThat(event(late.without("properties.createdDateTime")).atMillis()).isEqualTo(expected);
    }

    @Test
    void aRecordWithoutATimeIsADeadLetter() {
        RawRecord record = RawRecord.signIn().without("time").without("properties.createdDateTime");
        assertThat(Reading.deadLetter(record.json()).reason()).isEqualTo("no-time");
    }

    /** With what separates the parts of a key it would pass for a group of another tenant. */
    @Test
    void aTenantWithAControlCharacterIsADeadLetter() {
        RawRecord record = RawRecord.signIn().with("tenantId", "contoso\u001fx");
        DeadLetter dead = Reading.deadLetter(record.json());
        assertThat(dead.reason()).isEqualTo("bad-tenant");
        assertThat(dead.detail())
                .isEqualTo("tenant: its character 8 is a control character (expected: the id of a tenant)");
    }

    @Test
    void aRecordWithAnUnreadableTimeIsADeadLetterThatNamesIt() {
        RawRecord record =
                RawRecord.signIn().without("time").with("properties.createdDateTime", "0001-01-01T00:00:00Z");
        DeadLetter dead = Reading.deadLetter(record.json());

        assertThat(dead.reason()).isEqualTo("bad-time");
        assertThat(dead.detail()).contains("0001-01-01T00:00:00Z");
    }

    @Test
    void theSeverityIsReadAsNumberAndAsText() {
        assertThat(event(RawRecord.signIn().with("Level", 4)).text(Field.SEVERITY_LEVEL))
                .isEqualTo("4");
        assertThat(event(RawRecord.signIn().with("level", "Informational")).text(Field.SEVERITY_LEVEL))
                .isEqualTo("Informational");
    }

    @Test
    void theDurationMayBeNumberOrText() {
        assertThat(event(RawRecord.signIn().with("durationMs", 0)))
                .isEqualTo(event(RawRecord.signIn().with("durationMs", "0")));
    }

    @Test
    void theResultTypeGivesTheErrorCodeWhereTheStatusIsMissing() {
        RawRecord record = RawRecord.signIn().without("properties.status");

        assertThat(event(record).text(Field.ERROR_CODE)).isEqualTo("50126");
        assertThat(event(record.with("resultType", 50053)).text(Field.ERROR_CODE))
                .isEqualTo("50053");
        assertThat(event(record.without("resultType")).text(Field.ERROR_CODE)).isNull();
        assertThat(event(record).text(Field.STATUS)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0,Success", "50126,Failure", "50140,Interrupted", "500121,Failure", "70044,Interrupted"})
    void theStatusFollowsTheErrorCodeAndNotTheSignature(int code, String status) {
        RawRecord record =
                RawRecord.signIn().with("resultSignature", "SUCCESS").with("properties.status.errorCode", code);
        assertThat(event(record).text(Field.STATUS)).isEqualTo(status);
    }

    @Test
    void theIdsOfThePropertiesWinOverThoseOfTheEnvelope() {
        RawRecord record = RawRecord.signIn()
                .with("properties.correlationId", "own-correlation")
                .with("properties.resourceId", "resource-1");
        EntraEvent event = event(record);

        assertThat(event.text(Field.CORRELATION_ID)).isEqualTo("own-correlation");
        assertThat(event.text(Field.RESOURCE_ID)).isEqualTo("resource-1");
    }

    @Test
    void theEnvelopeGivesTheCorrelationButNeverTheResource() {
        EntraEvent event = event(RawRecord.signIn());

        assertThat(event.text(Field.CORRELATION_ID)).isEqualTo("envelope-correlation");
        assertThat(event.text(Field.RESOURCE_ID)).isNull();
    }

    @Test
    void whatIsLoggedAmongNonInteractiveSignInsIsOneAlsoWithoutSayingSo() {
        assertThat(event(RawRecord.diagnostic("NonInteractiveUserSignInLogs")).text(Field.INTERACTIVE))
                .isEqualTo("false");
    }

    @Test
    void aNonInteractiveSignInMayStandAmongInteractiveOnes() {
        EntraEvent event = event(RawRecord.signIn().with("properties.isInteractive", false));

        assertThat(event.kind()).isEqualTo(LogKind.SIGN_IN);
        assertThat(event.text(Field.INTERACTIVE)).isEqualTo("false");
    }

    @Test
    void theTenantIsTheEnvelopesElseTheResourcesElseThePropertiesElseTheDefault() {
        RawRecord record = RawRecord.signIn()
                .with("tenantId", "TENANT-A")
                .with("resourceId", "/TENANTS/TENANT-B/PROVIDERS/MICROSOFT.AADIAM")
                .with("properties.tenantId", "TENANT-C");

        assertThat(event(record).tenant()).isEqualTo("tenant-a");
        assertThat(event(record.without("tenantId")).tenant()).isEqualTo("tenant-b");
        assertThat(event(record.without("resourceId")).tenant()).isEqualTo("tenant-c");
        assertThat(event(record.without("properties.tenantId")).tenant()).isEqualTo(Reading.DEFAULT_TENANT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "-0", "\" 0\"", "0e0"})
    void aSuccessIsOneHoweverItsZeroIsWritten(String zero) {
        EntraEvent event = event(RawRecord.signIn().withJson("properties.status.errorCode", zero));

        assertThat(event.text(Field.ERROR_CODE)).isEqualTo("0");
        assertThat(event.text(Field.STATUS)).isEqualTo("Success");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", " {", "\r\n\t{"})
    void propertiesMayBeText(String beginning) {
        RawRecord record = RawRecord.diagnostic("SignInLogs").with("properties", beginning + "\"id\":\"as-text\"}");
        assertThat(event(record).id()).isEqualTo("as-text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "[]", "\"none\"", "\"[1]\""})
    void propertiesThatAreNoObjectAreADeadLetter(String properties) {
        RawRecord record = RawRecord.diagnostic("SignInLogs").withJson("properties", properties);
        assertThat(Reading.deadLetter(record.json()).reason()).isEqualTo("no-properties");
    }

    @Test
    void aRecordWithoutAnIdIsNamedAfterItsBytes() {
        RawRecord record = RawRecord.signIn().without("properties.id");
        String id = event(record).id();

        assertThat(id).startsWith("sha256-").isEqualTo(event(record).id());
        assertThat(event(record.with("properties.userId", "user-2")).id()).isNotEqualTo(id);
    }

    @Test
    void aFirstFactorThatWasAcceptedIsKept() {
        RawRecord record = RawRecord.signIn()
                .withJson(
                        "properties.authenticationDetails",
                        """
                        [{"authenticationMethod": "Password", "succeeded": true},
                         {"authenticationMethod": "Mobile app notification", "succeeded": false}]""");
        assertThat(event(record).text(Field.PRIMARY_FACTOR_ACCEPTED)).isEqualTo("true");
        assertThat(event(RawRecord.signIn()).text(Field.PRIMARY_FACTOR_ACCEPTED))
                .isNull();
    }

    @Test
    void everyNetworkOfASignInIsKept() {
        RawRecord record = RawRecord.signIn()
                .withJson(
                        "properties.networkLocationDetails",
                        """
                        [{"networkType": "trustedNamedLocation", "networkNames": ["Office", "Oslo"]},
                         {"networkType": "namedNetwork", "networkNames": ["Norway"]}]""");
        EntraEvent event = event(record);

        assertThat(event.fields().all(Field.NETWORK_NAMES)).containsExactly("Office", "Oslo", "Norway");
        assertThat(event.fields().all(Field.NETWORK_TYPE)).containsExactly("trustedNamedLocation", "namedNetwork");
    }

    @ParameterizedTest
    @CsvSource({
        "ann_fabrikam.example#EXT#@contoso.example,ann@fabrikam.example",
        "Ann_Lee_fabrikam.example#ext#@contoso.example,Ann_Lee@fabrikam.example",
        "ann_fabrikam.example#EXT#@our_tenant.example,ann@fabrikam.example",
        "ann#1_fabrikam.example#EXT#@contoso.example,ann#1@fabrikam.example",
        "_fabrikam.example#EXT#@contoso.example,_fabrikam.example#EXT#@contoso.example",
        "ann_#EXT#@contoso.example,ann_#EXT#@contoso.example",
        "ann#EXT#@contoso.example,ann#EXT#@contoso.example",
        "ann_lee#2@contoso.example,ann_lee#2@contoso.example",
        "ann@contoso.example,ann@contoso.example"
    })
    void aGuestHasTheAddressAtHome(String name, String address) {
        assertThat(event(RawRecord.signIn().with("properties.userPrincipalName", name))
                        .text(Field.USER_EMAIL))
                .isEqualTo(address);
    }

    /** A pattern that tried each of its signs anew took minutes for one such name. */
    @Test
    void aNameWithoutEndIsReadWithoutDelay() {
        String name = "a_" + "#EXT#@".repeat(150_000) + "\n";
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> event(RawRecord.signIn().with("properties.userPrincipalName", name)));
    }
}
