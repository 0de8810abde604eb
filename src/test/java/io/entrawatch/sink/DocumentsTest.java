package io.entrawatch.sink;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.LateEvent;
import io.entrawatch.rule.Level;
import io.entrawatch.testkit.LogLines;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts that were on their way when the catalogue changed, and late events that are told again. */
class DocumentsTest {

    private static final String NAME = "short-lived-account";
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Catalogue SHIPPED = Replay.catalogue(Organization.UNKNOWN);

    @Test
    void anAlertOfADetectionThatIsOffSinceIsWritten() throws Exception {
        Catalogue off = new Catalogue(
                SHIPPED.entries().stream()
                        .map(entry -> new Catalogue.Entry(entry.detection(), "switched off"))
                        .toList(),
                SHIPPED.parts());
        assertThat(written(off)).extracting(Document::id).containsExactly("the-alert");
    }

    @Test
    void anAlertOfADetectionThatIsGoneEndsNothing() throws Exception {
        Catalogue without = new Catalogue(
                SHIPPED.entries().stream()
                        .filter(entry -> !entry.detection().name().equals(NAME))
                        .toList(),
                SHIPPED.parts());
        try (LogLines log = LogLines.of(Documents.OfAlerts.class)) {
            assertThat(written(without)).isEmpty();
            assertThat(log.all())
                    .containsExactly("WARN The alert the-alert is not written: " + NAME + " is not loaded any more");
        }
    }

    @Test
    void aRiskThatIsToldAgainIsALateEventOfItsOwn() {
        assertThat(late("risk-1", NOON, 60_000).id())
                .isEqualTo(late("risk-1", NOON, 90_000).id())
                .isNotEqualTo(late("risk-1", NOON.plusSeconds(1), 60_000).id())
                .isNotEqualTo(late("risk-2", NOON, 60_000).id());
    }

    private static Document late(String id, Instant at, long byMillis) {
        return Documents.of(new LateEvent("entra", EventSummary.unknown(id, at.toEpochMilli(), "tenant-1"), byMillis));
    }

    private static List<Document> written(Catalogue catalogue) throws Exception {
        try (var harness =
                new OneInputStreamOperatorTestHarness<>(new StreamFlatMap<>(new Documents.OfAlerts(catalogue)))) {
            harness.open();
            harness.processElement(new StreamRecord<>(alert()));
            return harness.extractOutputValues();
        }
    }

    private static Alert alert() {
        EventSummary event = EventSummary.unknown("event-1", NOON.toEpochMilli(), "tenant-1");
        return new Alert(
                "the-alert",
                NAME,
                "An account came and went",
                NOON.toEpochMilli(),
                "tenant-1",
                List.of("tenant-1", "target-1"),
                Level.HIGH,
                List.of(),
                "reason",
                new Evidence(1, 1, "seconds", Map.of(), Map.of(), List.of(event)),
                "repeat",
                0);
    }
}
