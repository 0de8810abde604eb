package io.entrawatch.sink;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BulkRequestTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00.123456Z");

    @Test
    void eachDocumentGoesBehindWhatToDoWithItAndHasTheTimeOfTheRequest() {
        assertThat(body(entry("a", "{\"message\":\"m\"}"), entry("b", "{\"message\":\"n\"}")))
                .isEqualTo(
                        """
                {"create":{"_index":"alerts","_id":"a"}}
                {"event.ingested":"2026-03-02T12:00:00.123456Z","message":"m"}
                {"create":{"_index":"alerts","_id":"b"}}
                {"event.ingested":"2026-03-02T12:00:00.123456Z","message":"n"}
                """);
    }

    @Test
    void theTimeThatADocumentOfOlderStateHasGivesWay() {
        String older = "{\"event.ingested\":\"2026-03-02T09:00:00Z\",\"message\":\"m\"}";
        assertThat(body(entry("a", older)).lines().skip(1))
                .containsExactly("{\"event.ingested\":\"2026-03-02T12:00:00.123456Z\",\"message\":\"m\"}");
    }

    @Test
    void theSizeOfADocumentIsNoLessThanWhatIsSent() {
        BulkEntry entry = entry("0123456789", "{\"message\":\"m\"}");
        assertThat(entry.size()).isGreaterThanOrEqualTo(body(entry).length());
    }

    private static BulkEntry entry(String id, String json) {
        return new BulkEntry("alerts", id, json.getBytes(StandardCharsets.UTF_8), false);
    }

    private static String body(BulkEntry... entries) {
        return new String(BulkRequest.body(List.of(entries), NOW), StandardCharsets.UTF_8);
    }
}
