package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;
import io.entrawatch.rule.ReadRule;
import io.entrawatch.rule.Rule;

import static io.entrawatch.ingest.Reading.event;
import static org.assertj.core.api.Assertions.assertThat;

class TimesInOneFormTest {

    private static final String ELEVEN = "2026-03-02T23:00:00Z";

    static Stream<EntraEvent> signInsAtEleven() {
        return Stream.of(
                event(RawRecord.signIn().with("time", ELEVEN).with("properties.createdDateTime", ELEVEN)),
                event(RawRecord.signIn().with("time", ELEVEN).without("properties.createdDateTime")),
                event(RawRecord.graphSignIn().with("createdDateTime", ELEVEN)),
                event(RawRecord.graphSignIn().with("createdDateTime", "3/2/2026 11:00:00 PM")),
                event(RawRecord.graphSignIn().with("createdDateTime", "/Date(1772492400000)/")),
                event(RawRecord.signInRow().with("TimeGenerated", ELEVEN).with("CreatedDateTime", ELEVEN)),
                row(new CsvFile(CsvFile.SIGN_INS).signIn(Map.of("Date (UTC)", ELEVEN))),
                row(new CsvFile(CsvFile.SIGN_INS).signIn(Map.of("Date (UTC)", "3/2/2026 11:00:00 PM"))));
    }

    @ParameterizedTest
    @MethodSource("signInsAtEleven")
    void theTimesOfASignInAreInEveryForm(EntraEvent signIn) {
        for (String name : List.of("createdDateTime", "Date", "time", "TimeGenerated")) {
            assertThat(isAt("signinlogs", name, signIn)).as(name).isTrue();
        }
    }

    static Stream<EntraEvent> auditsAtEleven() {
        return Stream.of(
                event(RawRecord.audit().with("time", ELEVEN).with("properties.activityDateTime", ELEVEN)),
                event(RawRecord.graphAudit().with("activityDateTime", ELEVEN)),
                event(RawRecord.auditRow().with("TimeGenerated", ELEVEN).with("ActivityDateTime", ELEVEN)),
                row(new CsvFile(CsvFile.AUDIT).audit(Map.of("Date (UTC)", ELEVEN))));
    }

    @ParameterizedTest
    @MethodSource("auditsAtEleven")
    void theTimesOfAnAuditRecordAreInEveryForm(EntraEvent audit) {
        for (String name : List.of("activityDateTime", "Date", "time")) {
            assertThat(isAt("auditlogs", name, audit)).as(name).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T23:00:00.1234567Z,2026-03-02T23:00:00.1234567Z",
        "2026-03-03T01:00:00+02:00,2026-03-03T01:00:00+02:00",
        "3/2/2026 11:00:00 PM,2026-03-02T23:00:00Z",
        "some day,some day"
    })
    void aTimeIsWrittenAnewOnlyWhereNoRuleWouldReadIt(String written, String expected) {
        EntraEvent risk = event(
                RawRecord.graphRiskDetection().with("detectedDateTime", ELEVEN).with("activityDateTime", written));
        assertThat(risk.text(Field.ACTIVITY_AT)).isEqualTo(expected);
    }

    @Test
    void aTimeThatNoRuleAsksForIsNotAdded() {
        Wanted wanted = Wanted.of(EnumSet.of(Field.APP));
        LogReader reader = new LogReader(new Decoding(wanted, Reading.DEFAULT_TENANT, null, Reading.LARGEST_RECORD));
        byte[] signIn = RawRecord.signIn().json().getBytes(StandardCharsets.UTF_8);
        assertThat(Reading.message(reader, signIn).get(0).event().text(Field.ENVELOPE_TIME))
                .isNull();
    }

    private static EntraEvent row(CsvFile file) {
        return Reading.file(file.text()).get(0).event();
    }

    private static boolean isAt(String service, String name, EntraEvent event) {
        ReadRule read = ReadRule.of(
                """
                title: A trial
                logsource: { product: azure, service: %s }
                detection:
                  selection:
                    %s|hour: 23
                  condition: selection
                """
                        .formatted(service, name));
        return ((Rule) read.documents().get(0)).matches(event);
    }
}
