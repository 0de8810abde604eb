package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;
import io.entrawatch.event.Wanted;

import static io.entrawatch.ingest.Reading.file;
import static io.entrawatch.ingest.Reading.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

class PortalCsvTest {

    private static final Map<String, String> INVITATION = Map.of(
            "Activity", "Invite external user",
            "AdditionalDetail1Key", "Source",
            "AdditionalDetail1Value", "Portal",
            "AdditionalDetail2Key", "InvitedUserEmailAddress",
            "AdditionalDetail2Value", "guest@fabrikam.example");

    @Test
    void theHeadersHaveTheColumnsOfThePortal() {
        assertThat(CsvFile.SIGN_INS.split(",")).hasSize(57);
        assertThat(CsvFile.SERVICE_PRINCIPALS.split(",")).hasSize(22);
        assertThat(CsvFile.AUDIT.split(",")).hasSize(86);
    }

    @Test
    void aSignInIsRead() {
        EntraEvent event = signIn(Map.of("Sign-in error code", "50126", "Status", "Failure"));

        assertThat(event.kind()).isEqualTo(LogKind.SIGN_IN);
        assertThat(event.id()).isEqualTo("record-1");
        assertThat(event.atMillis())
                .isEqualTo(Instant.parse("2026-03-02T09:15:42Z").toEpochMilli());
        assertThat(event.tenant()).isEqualTo(Reading.DEFAULT_TENANT);
        assertThat(event.text(Field.USER_PRINCIPAL_NAME)).isEqualTo("ann@contoso.example");
        assertThat(event.text(Field.ERROR_CODE)).isEqualTo("50126");
        assertThat(event.text(Field.STATUS)).isEqualTo("Failure");
    }

    @Test
    void blanksInColumnNamesDoNotMatter() {
        EntraEvent event = signIn(Map.of("Application ID ", "app-1", "Autonomous system  number", "64500"));

        assertThat(event.text(Field.APP_ID)).isEqualTo("app-1");
        assertThat(event.place().asn()).isEqualTo(64500);
    }

    @Test
    void theStatusOfTheFileWinsOverTheCodes() {
        assertThat(signIn(Map.of("Status", "Interrupted", "Sign-in error code", "50126"))
                        .text(Field.STATUS))
                .isEqualTo("Interrupted");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"Success,'',0", "success,'',0", "Success,50126,50126", "Failure,'',-", "'','',-"})
    void aSuccessWithoutACodeHasTheCodeOfASuccess(String status, String written, String code) {
        EntraEvent event = signIn(Map.of("Status", status, "Sign-in error code", written));

        assertThat(event.text(Field.ERROR_CODE)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"Yes,true", "true,true", "No,false", "False,false"})
    void flagsAreReadAsYesAndNo(String written, String expected) {
        assertThat(signIn(Map.of("Compliant", written)).text(Field.DEVICE_COMPLIANT))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Oslo, Oslo, NO | Oslo | Oslo | NO",
                "Oslo, NO | Oslo | - | NO",
                "NO | - | - | NO",
                "', , NO' | - | - | NO",
                "Oslo, Oslo | - | - | -",
                "',' | - | - | -",
                "',,' | - | - | -"
            })
    void theLocationIsCityStateAndCountry(String location, String city, String state, String country) {
        EntraEvent event = signIn(Map.of("Location", '"' + location + '"'));

        assertThat(event.text(Field.CITY)).isEqualTo(city);
        assertThat(event.text(Field.COUNTRY)).isEqualTo(country);
        assertThat(event.place() == null ? null : blankToNull(event.place().state()))
                .isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MFA denied; user declined the authentication", "MFA requirement satisfied by claim in the token"
            })
    void whatCameOfTheSecondFactorIsReadAsInJson(String result) {
        EntraEvent event = signIn(Map.of("Multifactor authentication result", result));

        assertThat(event.text(Field.STATUS_DETAILS)).isEqualTo(result);
        assertThat(event.fields().all(Field.STATUS)).containsExactly("Success", result);
        assertThat(event.fields().all(Field.STEP_RESULTS)).containsExactly(result);
    }

    @ParameterizedTest
    @CsvSource({
        "Single-factor authentication,singleFactorAuthentication",
        "Multifactor authentication,multiFactorAuthentication",
        "Multi-factor Authentication,multiFactorAuthentication",
        "multiFactorAuthentication,multiFactorAuthentication",
        "Another requirement,Another requirement"
    })
    void theRequirementIsNamedAsInJson(String written, String expected) {
        assertThat(signIn(Map.of("Authentication requirement", written)).text(Field.AUTHENTICATION_REQUIREMENT))
                .isEqualTo(expected);
    }

    @Test
    void aDeviceThatIsNotKnownIsAnEmptyTextAsInJson() {
        assertThat(signIn(Map.of()).text(Field.DEVICE_ID)).isEmpty();
        assertThat(signIn(Map.of()).text(Field.DEVICE_SYSTEM)).isNull();
        assertThat(signIn(Map.of("Device ID", "device-1")).text(Field.DEVICE_ID))
                .isEqualTo("device-1");
        assertThat(audit(Map.of()).text(Field.DEVICE_ID)).isNull();
    }

    @Test
    void ofASignInOnlyWhatIsWantedIsKept() {
        Map<String, String> values = Map.of("Multifactor authentication result", "MFA denied", "Client app", "Browser");
        String text = new CsvFile(CsvFile.SIGN_INS).signIn(values).text();
        EntraEvent event = only(wanting(Field.STATUS_DETAILS), text);

        assertThat(event.text(Field.STATUS_DETAILS)).isEqualTo("MFA denied");
        assertThat(event.text(Field.STEP_RESULTS)).isNull();
        assertThat(event.text(Field.CLIENT_APP)).isNull();
    }

    @Test
    void aHeaderThatStandsTwiceIsReadOnceWithItsFirstValue() {
        String header = "Date (UTC),Request ID,Username,IP address,IP address";
        CsvFile file = new CsvFile(header)
                .line("2026-03-02T09:15:42Z,a,ann@contoso.example,192.0.2.1,192.0.2.2")
                .line("2026-03-02T09:15:42Z,b,ann@contoso.example,,192.0.2.2");
        assertThat(file(file.text()).stream().map(decoded -> decoded.event().text(Field.IP_ADDRESS)))
                .containsExactly("192.0.2.1", "192.0.2.2");
    }

    @Test
    void aByteOrderMarkDoesNotMatter() {
        String text = new CsvFile(CsvFile.SIGN_INS).signIn(Map.of()).text();
        assertThat(file('\uFEFF' + text)).isEqualTo(file(text));
    }

    @Test
    void quotedCommasQuotesAndNewlinesBelongToTheirValue() {
        CsvFile file = new CsvFile(CsvFile.SIGN_INS)
                .signIn(Map.of("User", "\"Ann \"\"A\"\", of\nOslo\""))
                .signIn(Map.of("Request ID", "record-2", "Date (UTC)", "never"));
        List<Decoded> read = file(file.text());

        assertThat(outcomes(read)).containsExactly("record-1", "bad-time at line 4");
        assertThat(read.get(0).event().text(Field.USER_DISPLAY_NAME)).isEqualTo("Ann \"A\", of\nOslo");
    }

    @Test
    void aServicePrincipalsSignInIsRead() {
        Map<String, String> values = Map.of(
                "Date (UTC)", "2026-03-02T09:15:42Z", "Request ID", "record-1", "Service principal name", "Backup");
        EntraEvent event = only(
                new CsvFile(CsvFile.SERVICE_PRINCIPALS).row(Map.of(), values).text());

        assertThat(event.kind()).isEqualTo(LogKind.SERVICE_PRINCIPAL_SIGN_IN);
        assertThat(event.text(Field.SERVICE_PRINCIPAL_NAME)).isEqualTo("Backup");
    }

    @Test
    void anAuditRecordIsReadWithTheUserAmongItsTargets() {
        EntraEvent event = audit(Map.of(
                "Target1Type", "Role",
                "Target1ObjectId", "role-1",
                "Target2Type", "User",
                "Target2ObjectId", "user-1",
                "Target2UserPrincipalName", "ann@contoso.example",
                "Target2ModifiedProperty1NewValue", "\"\"\"Global Administrator\"\"\""));

        assertThat(event.kind()).isEqualTo(LogKind.AUDIT);
        assertThat(event.id()).startsWith("sha256-").isEqualTo(event.text(Field.ID));
        assertThat(event.activity()).isEqualTo("Add member to role");
        assertThat(event.text(Field.STATUS)).isEqualTo("Success");
        assertThat(event.text(Field.IP_ADDRESS)).isEqualTo("198.51.100.7");
        assertThat(event.text(Field.TARGET_ID)).isEqualTo("user-1");
        assertThat(event.text(Field.TARGET_PRINCIPAL_NAME)).isEqualTo("ann@contoso.example");
        assertThat(event.fields().all(Field.TARGETS_ID)).containsExactly("user-1", "role-1");
        assertThat(event.fields().all(Field.TARGETS_TYPE)).containsExactly("User", "Role");
    }

    @Test
    void anApplicationThatActsIsNamedAsOne() {
        EntraEvent event = audit(Map.of("ActorType", "Application", "ActorDisplayName", "Provisioning"));

        assertThat(event.text(Field.ACTOR_APP_NAME)).isEqualTo("Provisioning");
        assertThat(event.text(Field.ACTOR_NAME)).isNull();
        assertThat(event.fields().all(Field.ACTOR)).contains("Provisioning");
    }

    @Test
    void aPersonWhoActsIsNoApplication() {
        EntraEvent event = audit(Map.of("ActorType", "User", "ActorDisplayName", "Ann"));

        assertThat(event.text(Field.ACTOR_NAME)).isEqualTo("Ann");
        assertThat(event.text(Field.ACTOR_APP_NAME)).isNull();
    }

    @Test
    void theDetailsAreWrittenAsInJson() {
        EntraEvent event = audit(Map.of(
                "AdditionalDetail1Key", "User-Agent",
                "AdditionalDetail1Value", "\"say \"\"hi\"\"\"",
                "AdditionalDetail2Value", "of no key",
                "AdditionalDetail6Key", "Empty"));

        assertThat(event.text(Field.DETAILS_JSON))
                .isEqualTo(
                        "[{\"key\":\"User-Agent\",\"value\":\"say \\\"hi\\\"\"},{\"key\":\"Empty\",\"value\":\"\"}]");
        assertThat(audit(Map.of()).fields().has(Field.DETAILS_JSON)).isFalse();
    }

    @Test
    void anInvitedGuestIsFoundInTheDetails() {
        EntraEvent event = audit(INVITATION);

        assertThat(event.text(Field.TARGET_EMAIL)).isEqualTo("guest@fabrikam.example");
        assertThat(event.text(Field.TARGET_DOMAIN)).isEqualTo("fabrikam.example");
    }

    @Test
    void theAddressMayStandAmongTheDetails() {
        EntraEvent event = audit(
                Map.of("IPAddress", "", "AdditionalDetail1Key", "ipaddr", "AdditionalDetail1Value", "198.51.100.9"));
        assertThat(event.text(Field.IP_ADDRESS)).isEqualTo("198.51.100.9");
    }

    @Test
    void detailsThatAreNotWantedAreNotKept() {
        String text = new CsvFile(CsvFile.AUDIT).audit(INVITATION).text();

        assertThat(only(wanting(Field.TARGET_EMAIL), text).text(Field.TARGET_EMAIL))
                .isEqualTo("guest@fabrikam.example");
        assertThat(only(wanting(Field.STATUS), text).text(Field.DETAILS_JSON)).isNull();
    }

    @Test
    void anOlderAuditFileHasFewerColumns() {
        String header = CsvFile.AUDIT
                .replace("User Agent,", "")
                .replace("ActorHomeTenantId,ActorHomeTenantName,", "")
                .toUpperCase(Locale.ROOT);
        String row = "2026-03-02T09:15:42Z,c,Core Directory,UserManagement,Add user,success" + ",".repeat(77);
        assertThat(only(header + "\n" + row).activity()).isEqualTo("Add user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fecha (UTC),Id. de correlación,Servicio,Actividad",
                "Date (UTC),Something,Else",
                "a,b,c",
                "Date (UTC);Request ID;Username"
            })
    void aHeaderThatIsNotKnownAndEveryRowUnderItIsADeadLetter(String header) {
        assertThat(outcomes(file(header + "\nx,y,z\nx,y,z\n")))
                .containsExactly("unknown-columns at line 1", "unknown-columns at line 2", "unknown-columns at line 3");
    }

    @Test
    void aRowWithTooFewOrTooManyColumnsHarmsNoOther() {
        CsvFile file = new CsvFile(CsvFile.SIGN_INS)
                .line("2026-03-02T09:15:42Z,short")
                .line("2026-03-02T09:15:42Z,long" + ",x".repeat(60))
                .signIn(Map.of());
        assertThat(outcomes(file(file.text())))
                .containsExactly("wrong-columns at line 2", "wrong-columns at line 3", "record-1");
    }

    @Test
    void aRowThatIsNotUtf8IsADeadLetter() {
        byte[] bytes = new CsvFile(CsvFile.SIGN_INS)
                .signIn(Map.of("User", "J\u00f8rn"))
                .text()
                .getBytes(StandardCharsets.ISO_8859_1);
        List<Decoded> read = file(bytes);

        assertThat(outcomes(read)).containsExactly("invalid-utf8 at line 2");
        assertThat(read.get(0).deadLetter().record()).contains("J\uFFFDrn");
    }

    /** Such as the name that a client gives itself. */
    @ParameterizedTest
    @ValueSource(strings = {"Browser \uFFFD", "\uD83F\uDFFF", "\uFFFD\uD800\uDFFF\uFFFF"})
    void aCharacterThatStandsForAnUnknownOneIsPartOfItsText(String agent) {
        assertThat(signIn(Map.of("User agent", agent)).text(Field.USER_AGENT)).isEqualTo(agent);
    }

    @Test
    void whatIsNotUtf8IsToldBehindAnyCharacter() {
        String text = new CsvFile(CsvFile.SIGN_INS)
                .signIn(Map.of("User", "\uD83F\uDFFF-"))
                .text();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u00bf-") + 1] = (byte) 0xff;
        assertThat(outcomes(file(bytes))).containsExactly("invalid-utf8 at line 2");
    }

    @Test
    void aHeaderAloneAndBlankLinesGiveNothing() {
        assertThat(file(CsvFile.SIGN_INS)).isEmpty();
        assertThat(file(CsvFile.SIGN_INS + "\n\n\n")).isEmpty();
    }

    private static EntraEvent signIn(Map<String, String> values) {
        return only(new CsvFile(CsvFile.SIGN_INS).signIn(values).text());
    }

    private static EntraEvent audit(Map<String, String> values) {
        return only(new CsvFile(CsvFile.AUDIT).audit(values).text());
    }

    private static LogReader wanting(Field field) {
        Wanted wanted = Wanted.of(EnumSet.of(field));
        return new LogReader(new Decoding(wanted, Reading.DEFAULT_TENANT, null, Reading.LARGEST_RECORD));
    }

    private static EntraEvent only(String text) {
        return only(Reading.reader(), text);
    }

    private static EntraEvent only(LogReader reader, String text) {
        List<Decoded> read = file(reader, text.getBytes(StandardCharsets.UTF_8));
        assertThat(outcomes(read)).hasSize(1);
        assertThat(read.get(0).deadLetter()).isNull();
        return read.get(0).event();
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
