package io.entrawatch.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.HealthReport;
import io.entrawatch.event.LogKind;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes on, what goes aside, and what is reported each minute. */
class AdmitRecordsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Catalogue CATALOGUE = Replay.catalogue(Organization.UNKNOWN);

    private OneInputStreamOperatorTestHarness<Decoded, EntraEvent> harness;

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aReportTellsWhatBecameOfTheRecordsOfItsMinute() throws Exception {
        openAt(NOON.plusSeconds(20), MINUTE);
        event(NOON.minusSeconds(30));
        watermark(NOON.minusSeconds(300));
        event(NOON.plusSeconds(5));
        event(NOON.minusSeconds(299));
        event(NOON.minusSeconds(300));
        deadLetter("not-json");
        deadLetter("not-json");
        deadLetter("too-large");
        assertThat(reports()).isEmpty();
        clock(NOON.plusSeconds(60));
        assertThat(reports())
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("run")
                .isEqualTo(new HealthReport(
                        "entra",
                        0,
                        "",
                        NOON.plusSeconds(60).toEpochMilli(),
                        new HealthReport.Numbers(7, 3, 1, 3, Map.of("not-json", 2L, "too-large", 1L)),
                        55_000L,
                        NOON.minusSeconds(300).toEpochMilli(),
                        CATALOGUE.enabled().size(),
                        CATALOGUE.namesOff()));
    }

    @Test
    void aQuietMinuteIsReportedToo() throws Exception {
        openAt(NOON, MINUTE);
        event(NOON);
        deadLetter("not-json");
        clock(NOON.plusSeconds(60));
        clock(NOON.plusSeconds(120));
        HealthReport quiet = reports().get(1);
        assertThat(quiet.since()).isEqualTo(HealthReport.Numbers.NONE);
        assertThat(quiet.lagMillis()).isEqualTo(120_000L);
    }

    @Test
    void nothingIsSaidOfTimesThatAreNotKnown() throws Exception {
        openAt(NOON, MINUTE);
        deadLetter("not-json");
        clock(NOON.plusSeconds(60));
        assertThat(reports().get(0).lagMillis()).isNull();
        assertThat(reports().get(0).watermarkMillis()).isNull();
    }

    @Test
    void anEventFromTheFutureDoesNotHideThatNothingMoreComes() throws Exception {
        openAt(NOON, MINUTE);
        event(NOON.plus(Duration.ofDays(400)));
        clock(NOON.plusSeconds(180));
        assertThat(reports().get(0).lagMillis()).isEqualTo(180_000L);
    }

    @Test
    void oneReportCoversAPauseOfSeveralMinutes() throws Exception {
        openAt(NOON, MINUTE);
        event(NOON);
        clock(NOON.plusSeconds(200));
        assertThat(reports()).extracting(HealthReport::atMillis).containsExactly(millis(200));
        clock(NOON.plusSeconds(239));
        assertThat(reports()).hasSize(1);
        clock(NOON.plusSeconds(240));
        assertThat(reports()).extracting(HealthReport::atMillis).containsExactly(millis(200), millis(240));
    }

    @Test
    void theLastRecordsOfLogsThatEndAreReportedUnderATimeOfTheirOwn() throws Exception {
        openAt(NOON, MINUTE);
        clock(NOON.plusSeconds(60));
        event(NOON);
        harness.processWatermark(Watermark.MAX_WATERMARK);
        harness.endInput();
        harness.getOneInputOperator().finish();
        HealthReport last = reports().get(1);
        assertThat(last.since().events()).isEqualTo(1);
        assertThat(last.watermarkMillis()).isNull();
        assertThat(last.atMillis()).isGreaterThan(reports().get(0).atMillis());
    }

    @Test
    void whereNobodyAskedNothingIsReported() throws Exception {
        openAt(NOON, null);
        event(NOON);
        clock(NOON.plusSeconds(600));
        harness.getOneInputOperator().finish();
        assertThat(reports()).isEmpty();
        assertThat(harness.getProcessingTimeService().getNumActiveTimers()).isZero();
    }

    @Test
    void eventsGoOnWithTheirTimesAndDeadLettersAside() throws Exception {
        openAt(NOON, MINUTE);
        watermark(NOON);
        event(NOON.plusSeconds(1));
        event(NOON.minusSeconds(1));
        deadLetter("not-json");
        assertThat(harness.extractOutputStreamRecords())
                .extracting(StreamRecord::getTimestamp)
                .containsExactly(millis(1), millis(-1));
        assertThat(aside(Stages.DEAD_LETTERS)).extracting(DeadLetter::reason).containsExactly("not-json");
        assertThat(aside(Stages.LATE)).singleElement().satisfies(late -> {
            assertThat(late.source()).isEqualTo("entra");
            assertThat(late.lateByMillis()).isEqualTo(1_000);
            assertThat(late.event().atMillis()).isEqualTo(millis(-1));
        });
    }

    private void openAt(Instant now, @Nullable Duration reportEvery) throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new AdmitRecords("entra", CATALOGUE, reportEvery));
        clock(now);
        harness.open();
    }

    private void clock(Instant now) throws Exception {
        harness.setProcessingTime(now.toEpochMilli());
    }

    private void watermark(Instant at) throws Exception {
        harness.processWatermark(at.toEpochMilli());
    }

    private void event(Instant at) throws Exception {
        long millis = at.toEpochMilli();
        EntraEvent event = new EntraEvent(LogKind.SIGN_IN, "e" + millis, millis, "tenant", null, new FieldValues());
        harness.processElement(Decoded.of(event), millis);
    }

    private void deadLetter(String reason) throws Exception {
        harness.processElement(new StreamRecord<>(Decoded.of(new DeadLetter(reason, "", "topic", "1", ""))));
    }

    private List<HealthReport> reports() {
        return aside(Stages.HEALTH);
    }

    private <T> List<T> aside(OutputTag<T> tag) {
        Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
        return records == null
                ? List.of()
                : records.stream().map(StreamRecord::getValue).toList();
    }

    private static long millis(long afterNoon) {
        return NOON.plusSeconds(afterNoon).toEpochMilli();
    }
}
