package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;
import io.entrawatch.event.Wanted;

import static io.entrawatch.ingest.RawRecord.TENANT;
import static io.entrawatch.ingest.RawRecord.TIME;
import static io.entrawatch.ingest.Reading.event;
import static org.assertj.core.api.Assertions.assertThat;

/** Risk records, Graph objects and rows of Log Analytics. */
class OtherFormsTest {

    @Test
    void aRiskDetectionHappensWhenItsStateChanges() {
        RawRecord record = riskDetection()
                .with("properties.activityDateTime", "2026-03-01T12:00:00Z")
                .with("properties.detectedDateTime", "2026-03-02T09:00:00Z")
                .with("properties.lastUpdatedDateTime", "2026-03-05T09:00:00Z");
        assertThat(event(record).atMillis()).isEqualTo(millis("2026-03-05T09:00:00Z"));
        RawRecord unchanged = record.without("properties.lastUpdatedDateTime");
        assertThat(event(unchanged).atMillis()).isEqualTo(millis("2026-03-02T09:00:00Z"));
        assertThat(event(unchanged.without("properties.detectedDateTime")).atMillis())
                .isEqualTo(millis("2026-03-01T12:00:00Z"));
    }

    @Test
    void aRiskDetectionKeepsItsSignInAndItsKindOfRisk() {
        EntraEvent event = event(riskDetection());

        assertThat(event.kind()).isEqualTo(LogKind.RISK_DETECTION);
        assertThat(event.activity()).isEqualTo("anonymizedIPAddress");
        assertThat(event.text(Field.REQUEST_ID)).isEqualTo("sign-in-1");
        assertThat(event.text(Field.COUNTRY)).isEqualTo("DE");
        assertThat(event.place()).isNull();
    }

    @Test
    void aRiskyUserIsTheUserWhoseIdItHas() {
        RawRecord record = RawRecord.diagnostic("RiskyUsers")
                .with("location", "neu")
                .with("properties.id", "user-1")
                .with("properties.riskState", "atRisk")
                .with("properties.riskLastUpdatedDateTime", "2026-03-02T08:00:00Z");
        EntraEvent event = event(record);

        assertThat(event.kind()).isEqualTo(LogKind.RISKY_USER);
        assertThat(event.text(Field.USER_ID)).isEqualTo("user-1");
        assertThat(event.text(Field.IP_ADDRESS)).isNull();
        assertThat(event.text(Field.COUNTRY)).isNull();
        assertThat(event.atMillis()).isEqualTo(millis("2026-03-02T08:00:00Z"));
        assertThat(event.id()).isEqualTo("user-1@" + event.atMillis());

        EntraEvent again = event(record.with("properties.riskLastUpdatedDateTime", "2026-03-24T08:00:00Z"));
        assertThat(again.text(Field.USER_ID)).isEqualTo("user-1");
        assertThat(again.id()).isNotEqualTo(event.id());
    }

    @Test
    void graphObjectsAreToldByTheirFields() {
        assertThat(event(RawRecord.graphSignIn()).kind()).isEqualTo(LogKind.SIGN_IN);
        assertThat(event(RawRecord.graphAudit()).kind()).isEqualTo(LogKind.AUDIT);
        assertThat(event(RawRecord.graphRiskDetection()).kind()).isEqualTo(LogKind.RISK_DETECTION);
    }

    @ParameterizedTest
    @CsvSource({
        "interactiveUser,SIGN_IN",
        "nonInteractiveUser,NON_INTERACTIVE_SIGN_IN",
        "servicePrincipal,SERVICE_PRINCIPAL_SIGN_IN",
        "managedIdentity,MANAGED_IDENTITY_SIGN_IN"
    })
    void graphSignInsSayOfWhatKindTheyAre(String type, LogKind kind) {
        RawRecord record = RawRecord.graphSignIn().withJson("signInEventTypes", "[\"" + type + "\"]");
        assertThat(event(record).kind()).isEqualTo(kind);
    }

    @Test
    void aGraphSignInWithoutAUserIsAServicePrincipals() {
        RawRecord record =
                RawRecord.graphSignIn().with("servicePrincipalId", "sp-1").with("userId", "");
        assertThat(event(record).kind()).isEqualTo(LogKind.SERVICE_PRINCIPAL_SIGN_IN);
    }

    @Test
    void aNonInteractiveGraphSignInIsToldByItsFlag() {
        assertThat(event(RawRecord.graphSignIn().with("isInteractive", false)).kind())
                .isEqualTo(LogKind.NON_INTERACTIVE_SIGN_IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[{\"authenticationMethod\": \"Password\", \"succeeded\": true}]"})
    void whatCameOfStepsThatSayNothingIsSaidByTheStatus(String steps) {
        RawRecord record = RawRecord.graphSignIn()
                .with("status.additionalDetails", "MFA requirement satisfied by claim in the token")
                .withJson("authenticationDetails", steps);

        assertThat(event(record).fields().all(Field.STEP_RESULTS))
                .containsExactly("MFA requirement satisfied by claim in the token");
    }

    @Test
    void whatTheStepsCameToIsNotSaidByTheStatus() {
        RawRecord record = RawRecord.graphSignIn()
                .with("status.additionalDetails", "MFA completed in Azure AD")
                .withJson("authenticationDetails", "[{\"authenticationStepResultDetail\": \"Correct password\"}]");

        assertThat(event(record).fields().all(Field.STEP_RESULTS)).containsExactly("Correct password");
    }

    @Test
    void aGraphAuditRecordHasItsOwnCategoryAndResult() {
        EntraEvent event = event(RawRecord.graphAudit());

        assertThat(event.text(Field.AUDIT_CATEGORY)).isEqualTo("UserManagement");
        assertThat(event.text(Field.STATUS)).isEqualTo("Failure");
        assertThat(event.text(Field.TARGET_ID)).isEqualTo("user-1");
        assertThat(event.tenant()).isEqualTo(Reading.DEFAULT_TENANT);
    }

    @Test
    void aGraphObjectMayNameItsTenant() {
        assertThat(event(RawRecord.graphSignIn().with("tenantId", TENANT)).tenant())
                .isEqualTo(TENANT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\": \"record-1\"}", "{\"createdDateTime\": \"2026-03-02T08:00:00Z\"}"})
    void anObjectThatIsNothingKnownIsADeadLetter(String json) {
        assertThat(Reading.deadLetter(json).reason()).isEqualTo("unknown-form");
    }

    @ParameterizedTest
    @CsvSource({
        "SigninLogs,SIGN_IN",
        "AADNonInteractiveUserSignInLogs,NON_INTERACTIVE_SIGN_IN",
        "ADFSSignInLogs,ADFS_SIGN_IN",
        "AADServicePrincipalSignInLogs,SERVICE_PRINCIPAL_SIGN_IN",
        "AADManagedIdentitySignInLogs,MANAGED_IDENTITY_SIGN_IN",
        "AuditLogs,AUDIT",
        "AADUserRiskEvents,RISK_DETECTION",
        "AADRiskyUsers,RISKY_USER"
    })
    void aRowsTableTellsItsKind(String table, LogKind kind) {
        assertThat(event(RawRecord.row(table)).kind()).isEqualTo(kind);
    }

    @Test
    void theTenantOfARowIsNeverTheWorkspace() {
        assertThat(event(RawRecord.signInRow()).tenant()).isEqualTo(TENANT);
        assertThat(event(RawRecord.signInRow().without("AADTenantId")).tenant()).isEqualTo(Reading.DEFAULT_TENANT);
        assertThat(event(RawRecord.signInRow()
                                .without("AADTenantId")
                                .with("ResourceId", "/tenants/" + TENANT + "/providers/Microsoft.aadiam"))
                        .tenant())
                .isEqualTo(TENANT);
    }

    @Test
    void aTenantThatIsGivenIsTheOneThatRecordsName() {
        Decoding decoding = new Decoding(Wanted.of(EnumSet.noneOf(Field.class)), " Tenant-1 ", null, 1_000_000);
        LogReader reader = new LogReader(decoding);
        for (RawRecord record :
                List.of(RawRecord.graphSignIn(), RawRecord.signIn().with("tenantId", "Tenant-1"))) {
            byte[] bytes = record.json().getBytes(StandardCharsets.UTF_8);
            assertThat(Reading.message(reader, bytes).get(0).event().tenant()).isEqualTo("tenant-1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"unfamiliarFeatures\"]", "[ \"leakedCredentials\", \"anonymizedIPAddress\" ]", "[]"})
    void theRisksOfASignInRowAreAList(String risks) {
        EntraEvent diagnostic = event(RawRecord.signIn().withJson("properties.riskEventTypes_v2", risks));
        EntraEvent row = event(RawRecord.signInRow().with("RiskEventTypes_V2", risks));

        assertThat(row.fields().all(Field.RISK_EVENT_TYPES))
                .isEqualTo(diagnostic.fields().all(Field.RISK_EVENT_TYPES));
        assertThat(row.fields().has(Field.RISK_EVENT_TYPES)).isEqualTo(!risks.equals("[]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[Branch] Oslo", "[", "unfamiliarFeatures"})
    void aTextThatIsNoListStaysWhatItIs(String text) {
        assertThat(event(RawRecord.signInRow().with("RiskEventTypes_V2", text)).text(Field.RISK_EVENT_TYPES))
                .isEqualTo(text);
    }

    @Test
    void theTextsOfASignInRowAreRead() {
        EntraEvent event = event(RawRecord.signInRow());

        assertThat(event.text(Field.ERROR_CODE)).isEqualTo("50126");
        assertThat(event.text(Field.FAILURE_REASON)).isEqualTo("Wrong password");
        assertThat(event.text(Field.STATUS)).isEqualTo("Failure");
        assertThat(event.text(Field.COUNTRY)).isEqualTo("NO");
        assertThat(event.place().latitude()).isEqualTo(59.91);
        assertThat(event.atMillis()).isEqualTo(millis(TIME));
    }

    @Test
    void theSameObjectsMayStandInARowAsTheyAre() {
        RawRecord objects = RawRecord.signInRow()
                .withJson("Status", "{\"errorCode\": 50126, \"failureReason\": \"Wrong password\"}")
                .withJson(
                        "LocationDetails",
                        """
                        {"city": "Oslo", "state": "Oslo", "countryOrRegion": "NO",
                         "geoCoordinates": {"latitude": 59.91, "longitude": 10.75}}""");
        assertThat(withoutWords(event(objects))).isEqualTo(withoutWords(event(RawRecord.signInRow())));
    }

    @Test
    void theTextsOfAnAuditRowAreRead() {
        EntraEvent event = event(RawRecord.auditRow());

        assertThat(event.kind()).isEqualTo(LogKind.AUDIT);
        assertThat(event.text(Field.ACTOR_PRINCIPAL_NAME)).isEqualTo("admin@contoso.example");
        assertThat(event.text(Field.TARGET_ID)).isEqualTo("user-1");
        assertThat(event.text(Field.AUDIT_CATEGORY)).isEqualTo("RoleManagement");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\r\n", "\t \n"})
    void blanksBeforeTheTextsOfARowChangeNothing(String blanks) {
        RawRecord signIn = RawRecord.signInRow()
                .with("Status", blanks + "{\"errorCode\":50126,\"failureReason\":\"Wrong password\"}")
                .with("LocationDetails", blanks + "{\"city\":\"Oslo\"}")
                .with("DeviceDetail", blanks + "{\"deviceId\":\"device-1\"}")
                .with("RiskEventTypes_V2", blanks + "[\"unfamiliarFeatures\"]");
        RawRecord audit = RawRecord.auditRow().with("TargetResources", blanks + "[{\"id\":\"user-1\"}]");

        assertThat(event(signIn).text(Field.ERROR_CODE)).isEqualTo("50126");
        assertThat(event(signIn).text(Field.CITY)).isEqualTo("Oslo");
        assertThat(event(signIn).text(Field.DEVICE_ID)).isEqualTo("device-1");
        assertThat(event(signIn).text(Field.RISK_EVENT_TYPES)).isEqualTo("unfamiliarFeatures");
        assertThat(event(audit).text(Field.TARGET_ID)).isEqualTo("user-1");
        assertThat(event(audit).text(Field.TARGETS_JSON)).isEqualTo("[{\"id\":\"user-1\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u005b{", "\\u005B\\u007b", "\\u0020[{", "\\u000a\\n\\u005b{"})
    void theFirstBracketOfATextMayBeEscaped(String beginning) {
        String json = RawRecord.auditRow().json();
        String escaped = json.replace("\"[{\\\"id\\\":\\\"role-1", "\"" + beginning + "\\\"id\\\":\\\"role-1");

        assertThat(escaped).isNotEqualTo(json);
        assertThat(Reading.message(escaped).get(0).event().text(Field.TARGET_ID))
                .isEqualTo("user-1");
    }

    @Test
    void anAuditRowWithoutItsTableIsToldByItsFields() {
        assertThat(event(RawRecord.auditRow().without("Type")).kind()).isEqualTo(LogKind.AUDIT);
    }

    @Test
    void anObjectWhoseTextWasCutOffIsADeadLetter() {
        String json = RawRecord.auditRow()
                .with("TargetResources", "[{\"id\":\"user-1\",\"ty")
                .json();
        assertThat(Reading.deadLetter(json).reason()).isEqualTo("not-json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[EXT] Bob Smith", " [EXT] Bob", "{Bob}", "[1] Bob", "[", "[]", " [", "\t", "{\"a\": 1} Bob"})
    void aPersonMayBeCalledWhatBeginsLikeJson(String name) {
        assertThat(event(RawRecord.signIn().with("identity", name)).text(Field.USER_ID))
                .isEqualTo(event(RawRecord.signIn()).text(Field.USER_ID));
        assertThat(event(RawRecord.signInRow().with("Identity", name)).kind()).isEqualTo(LogKind.SIGN_IN);
        assertThat(event(RawRecord.audit().with("identity", name)).kind()).isEqualTo(LogKind.AUDIT);
    }

    @Test
    void aTextThatIsNoObjectIsToldWithItsKey() {
        String json =
                RawRecord.signInRow().with("DeviceDetail", "{\"deviceId\": ").json();
        assertThat(Reading.deadLetter(json).detail()).startsWith("deviceDetail: a text that begins like JSON");
    }

    @Test
    void theResourceOfARowIsTheOneSignedInTo() {
        RawRecord record = RawRecord.signInRow()
                .with("ResourceId", "/tenants/" + TENANT + "/providers/Microsoft.aadiam")
                .with("ResourceIdentity", "resource-1");
        assertThat(event(record).text(Field.RESOURCE_ID)).isEqualTo("resource-1");
    }

    private static EntraEvent withoutWords(EntraEvent event) {
        event.fields().set(Field.RECORD_TEXT, null);
        return event;
    }

    private static RawRecord riskDetection() {
        return RawRecord.diagnostic("UserRiskEvents")
                .with("location", "de")
                .with("properties.requestId", "sign-in-1")
                .with("properties.riskType", "generic")
                .with("properties.riskEventType", "anonymizedIPAddress")
                .with("properties.activity", "signin")
                .with("properties.location.countryOrRegion", "DE")
                .with("properties.additionalInfo", "[{\"Key\":\"userAgent\",\"Value\":\"Browser\"}]");
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
