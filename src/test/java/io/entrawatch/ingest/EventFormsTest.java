package io.entrawatch.ingest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;

import static io.entrawatch.ingest.Reading.deadLetter;
import static io.entrawatch.ingest.Reading.event;
import static org.assertj.core.api.Assertions.assertThat;

/** Records that look like others. */
class EventFormsTest {

    @ParameterizedTest
    @CsvSource({"interactiveUser,SIGN_IN", "nonInteractiveUser,NON_INTERACTIVE_SIGN_IN"})
    void aPersonWhomNobodyKnowsIsNoServicePrincipal(String type, LogKind kind) {
        RawRecord record = RawRecord.graphSignIn()
                .with("userId", "")
                .with("servicePrincipalId", "")
                .withJson("signInEventTypes", "[\"" + type + "\"]");
        EntraEvent event = event(record);

        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.text(Field.USER_ID)).isEqualTo("ann@contoso.example");
        assertThat(event(record.without("userId").without("userPrincipalName")).kind())
                .isEqualTo(kind);
    }

    @Test
    void withoutTypesAServicePrincipalIsToldByItsIdOrByTheMissingName() {
        RawRecord record = RawRecord.graphSignIn().with("userId", "").with("servicePrincipalId", "");
        assertThat(event(record).kind()).isEqualTo(LogKind.SIGN_IN);
        assertThat(event(record.with("userPrincipalName", "")).kind()).isEqualTo(LogKind.SERVICE_PRINCIPAL_SIGN_IN);
        assertThat(event(record.with("userPrincipalName", "ann@contoso.example").with("servicePrincipalId", "sp-1"))
                        .kind())
                .isEqualTo(LogKind.SERVICE_PRINCIPAL_SIGN_IN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"category": "ServicePrincipalRiskEvents", "time": "2026-03-02T09:15:42Z",
                 "properties": {"id": "r", "riskEventType": "leakedCredentials", "servicePrincipalId": "sp-1"}}""",
                """
                {"id": "r", "riskEventType": "leakedCredentials", "detectedDateTime": "2026-03-02T09:15:42Z",
                 "servicePrincipalId": "sp-1", "appId": "app-1"}""",
                """
                {"Type": "AADServicePrincipalRiskEvents", "TimeGenerated": "2026-03-02T09:15:42Z", "Id": "r",
                 "RiskEventType": "leakedCredentials", "ServicePrincipalId": "sp-1"}""",
                """
                {"category": "RiskyServicePrincipals", "time": "2026-03-02T09:15:42Z",
                 "properties": {"id": "sp-1", "riskLastUpdatedDateTime": "2026-03-02T09:15:42Z", "appId": "app-1"}}""",
                """
                {"id": "sp-1", "riskLastUpdatedDateTime": "2026-03-02T09:15:42Z", "appId": "app-1",
                 "accountEnabled": true, "servicePrincipalType": "Application"}""",
                """
                {"Type": "AADRiskyServicePrincipals", "TimeGenerated": "2026-03-02T09:15:42Z", "Id": "sp-1",
                 "RiskLastUpdatedDateTime": "2026-03-02T09:15:42Z", "AppId": "app-1", "AccountEnabled": true}"""
            })
    void aRiskOfAServicePrincipalIsNoUsers(String json) {
        assertThat(deadLetter(json).reason()).isIn("unknown-category", "unknown-form");
    }

    @Test
    void aRiskOfAUserMayNameAnApplication() {
        RawRecord record = RawRecord.graphRiskDetection().with("appId", "app-1");
        assertThat(event(record).kind()).isEqualTo(LogKind.RISK_DETECTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"id": "user-1", "userPrincipalName": "ann@contoso.example", "createdDateTime": "2024-03-02T09:15:42Z",
                 "onPremisesSyncEnabled": null}""",
                """
                {"id": "object-1", "appId": "app-1", "createdDateTime": "2024-03-02T09:15:42Z", "displayName": "Mail"}"""
            })
    void aUserAndAnApplicationAreNoSignIns(String json) {
        assertThat(deadLetter(json).reason()).isEqualTo("unknown-form");
    }

    @Test
    void aSignInWithoutItsTimeIsToldToLackIt() {
        RawRecord record = RawRecord.graphSignIn().withJson("createdDateTime", "null");
        assertThat(deadLetter(record.json()).reason()).isEqualTo("no-time");
        assertThat(deadLetter(record.without("createdDateTime").json()).reason())
                .isEqualTo("no-time");
        record.with("appId", "app-1").without("userPrincipalName");
        assertThat(deadLetter(record.json()).reason()).isEqualTo("no-time");
        assertThat(deadLetter(record.without("appId").json()).reason()).isEqualTo("unknown-form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipAddress", "status"})
    void whatLacksMoreThanItsTimeIsNoSignIn(String name) {
        RawRecord record = RawRecord.graphSignIn().without("createdDateTime").without(name);
        assertThat(deadLetter(record.json()).reason()).isEqualTo("unknown-form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipAddress", "callerIpAddress", "correlationId", "resultType"})
    void aSignInIsToldByWhatOnlySignInsHave(String name) {
        RawRecord record = RawRecord.graphSignIn().without("ipAddress").without("status");
        assertThat(deadLetter(record.json()).reason()).isEqualTo("unknown-form");
        assertThat(event(record.with(name, "0")).kind()).isEqualTo(LogKind.SIGN_IN);
    }
}
