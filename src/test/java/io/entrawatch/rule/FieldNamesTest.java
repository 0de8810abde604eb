package io.entrawatch.rule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.entrawatch.event.Field;

import static org.assertj.core.api.Assertions.assertThat;

class FieldNamesTest {

    @ParameterizedTest(name = "{1} in {0} is {2}")
    @CsvSource({
        "signinlogs, ResultType, ERROR_CODE",
        "signinlogs, resultType, ERROR_CODE",
        "signinlogs, status.errorCode, ERROR_CODE",
        "signinlogs, Status, STATUS",
        "signinlogs, ResultDescription, FAILURE_REASON",
        "signinlogs, Resultdescription, FAILURE_REASON",
        "signinlogs, Location, COUNTRY",
        "signinlogs, location, COUNTRY",
        "signinlogs, LocationDetails.city, CITY",
        "signinlogs, callerIpAddress, IP_ADDRESS",
        "signinlogs, IPAddress, IP_ADDRESS",
        "signinlogs, userAgent, USER_AGENT",
        "signinlogs, Username, USER_PRINCIPAL_NAME",
        "signinlogs, UserPrincipalName, USER_PRINCIPAL_NAME",
        "signinlogs, AuthenticationRequirement, AUTHENTICATION_REQUIREMENT",
        "signinlogs, properties.authenticationRequirement, AUTHENTICATION_REQUIREMENT",
        "signinlogs, DeviceDetail.isCompliant, DEVICE_COMPLIANT",
        "signinlogs, DeviceDetail.trusttype, DEVICE_TRUST",
        "signinlogs, properties.deviceDetail.deviceId, DEVICE_ID",
        "signinlogs, PROPERTIES.APPID, APP_ID",
        "signinlogs, ClientApp, CLIENT_APP",
        "signinlogs, homeTenantId, HOME_TENANT_ID",
        "signinlogs, ResourceDisplayName, RESOURCE_NAME",
        "signinlogs, RiskState, RISK_STATE",
        "signinlogs, conditionalAccessStatus, CONDITIONAL_ACCESS",
        "signinlogs, category, LOG_CATEGORY",
        "auditlogs, OperationName, ACTIVITY",
        "auditlogs, operationName, ACTIVITY",
        "auditlogs, ActivityDisplayName, ACTIVITY",
        "auditlogs, ActivityType, ACTIVITY",
        "auditlogs, Category, AUDIT_CATEGORY",
        "auditlogs, properties.category, AUDIT_CATEGORY",
        "auditlogs, LoggedByService, LOGGED_BY",
        "auditlogs, properties.result, RESULT",
        "auditlogs, ResultDescription, RESULT_REASON",
        "auditlogs, Status, STATUS",
        "auditlogs, targetResources.type, TARGETS_TYPE",
        "auditlogs, TargetResources.Type, TARGETS_TYPE",
        "auditlogs, properties.targetResources.id, TARGETS_ID",
        "auditlogs, TargetResources.displayName, TARGETS_NAME",
        "auditlogs, targetResources.userPrincipalName, TARGETS_PRINCIPAL_NAME",
        "auditlogs, target.type, TARGET_TYPE",
        "auditlogs, target.id, TARGET_ID",
        "riskdetection, riskEventType, RISK_EVENT_TYPE",
        "pim, riskEventType, RISK_EVENT_TYPE"
    })
    void everySpellingMeansTheFieldOfItsLog(String service, String name, Field field) {
        assertThat(ReadRule.of(ReadRule.selection(service, name + ": x")).rule().fields())
                .containsExactly(field);
    }

    @Test
    void anUnknownFieldIsToldWithTheNearestName() {
        assertThat(ReadRule.onSignIns("UserPrincipleName: x").problem())
                .isEqualTo("trial.yml:5:5: field: UserPrincipleName is unknown for service signinlogs"
                        + " (did you mean 'userPrincipalName'?)");
        assertThat(ReadRule.onSignIns("Colour: x").problem())
                .isEqualTo("trial.yml:5:5: field: Colour is unknown for service signinlogs");
    }

    @Test
    void theLastPartOfANameIsToldWithAllOfIt() {
        assertThat(ReadRule.onSignIns("city: Oslo").problem()).endsWith(" (did you mean 'location.city'?)");
        assertThat(ReadRule.onSignIns("ity: Oslo").problem()).endsWith("unknown for service signinlogs");
    }

    @Test
    void aFieldOfAnotherLogIsUnknown() {
        assertThat(ReadRule.of(ReadRule.selection("auditlogs", "status.errorCode: 0"))
                        .problem())
                .startsWith("trial.yml:5:5: field: status.errorCode is unknown for service auditlogs");
    }

    @Test
    void anAliasIsSuggestedToo() {
        assertThat(ReadRule.onSignIns("ResultTyp: 0").problem()).endsWith("(did you mean 'ResultType'?)");
    }
}
