package io.entrawatch.sink;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.entrawatch.event.HealthReport;

import static org.assertj.core.api.Assertions.assertThat;

/** What a report looks like to those who read it, and when two are the same. */
class HealthDocumentTest {

    private static final long AT = Instant.parse("2026-03-02T12:01:00Z").toEpochMilli();
    private static final HealthReport.Numbers NUMBERS =
            new HealthReport.Numbers(7, 3, 1, 3, Map.of("not-json", 2L, "too-large", 1L));

    @Test
    void aReportIsAMetric() throws IOException {
        HealthReport report = new HealthReport(
                "entra", 1, "job/0", AT, NUMBERS, 55_000L, AT - 300_000, 60, List.of("no-mfa", "password-spray"));
        Document document = Documents.of(report);
        assertThat(document.target()).isEqualTo(Document.Target.HEALTH);
        assertThat(document.atMillis()).isEqualTo(AT);
        assertThat(json(document))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                {
                  "@timestamp": "2026-03-02T12:01:00Z",
                  "ecs": {"version": "9.4.0"},
                  "event": {"kind": "metric", "module": "entrawatch", "dataset": "entrawatch.health"},
                  "entrawatch": {
                    "health": {
                      "source": "entra",
                      "subtask": 1,
                      "events": 7,
                      "evaluated": 3,
                      "late": 1,
                      "dead_letters": 3,
                      "dead_letter_reasons": {"not-json": 2, "too-large": 1},
                      "lag_ms": 55000,
                      "watermark": "2026-03-02T11:56:00Z",
                      "detections": {"on": 60, "off": 2, "names_off": ["no-mfa", "password-spray"]}
                    }
                  }
                }
                """));
    }

    @Test
    void timesThatAreNotKnownAreLeftOut() throws IOException {
        JsonNode health = json(Documents.of(report("entra", 0, "job/0", AT))).at("/entrawatch/health");
        assertThat(health.has("lag_ms")).isFalse();
        assertThat(health.has("watermark")).isFalse();
    }

    @Test
    void onlyTheSameReportHasTheSameId() {
        assertThat(List.of(
                        Documents.of(report("entra", 0, "job/0", AT)).id(),
                        Documents.of(report("files", 0, "job/0", AT)).id(),
                        Documents.of(report("entra", 1, "job/0", AT)).id(),
                        Documents.of(report("entra", 0, "job/1", AT)).id(),
                        Documents.of(report("entra", 0, "job/0", AT + 1)).id()))
                .doesNotHaveDuplicates();
        assertThat(Documents.of(report("entra", 0, "job/0", AT)).id())
                .isEqualTo(Documents.of(report("entra", 0, "job/0", AT)).id());
    }

    private static HealthReport report(String source, int subtask, String run, long atMillis) {
        return new HealthReport(source, subtask, run, atMillis, HealthReport.Numbers.NONE, null, null, 60, List.of());
    }

    private static JsonNode json(Document document) throws IOException {
        return new ObjectMapper().readTree(document.json());
    }
}
