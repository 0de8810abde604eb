package io.entrawatch.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.sink.Document;
import io.entrawatch.sink.Writers;
import io.entrawatch.testkit.KafkaBroker;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.SeededCases;

import static org.assertj.core.api.Assertions.assertThat;

/** Every record of every source is evaluated, late or a dead letter, and each is counted once. */
class ConservationTest {

    private static final SeededCases CASES = new SeededCases(40, List.of());

    /** So many of the first lines stand once more behind all others. */
    private static final int AGAIN = 25;

    @TempDir
    private Path directory;

    @Test
    void aScanAccountsForEveryLine() {
        List<String> lines = spoiled(CASES.shuffled(new SplittableRandom(1)));
        ObjectNode summary = Replay.withShippedDetections().scan(lines).summary();
        assertThat(summary.get("events").asLong()).isEqualTo(lines.size());
        assertThat(summary.get("dead_letters").asLong()).isEqualTo(3);
        assertThat(summary.get("late").asLong()).isZero();
        assertAddsUp(summary);
    }

    @Test
    void aStreamThatIsFarOutOfOrderTellsWhatCameLate() {
        List<String> lines = spoiled(CASES.inOrder());
        lines.addAll(CASES.inOrder().subList(0, AGAIN));
        ObjectNode summary = Replay.withShippedDetections()
                .lateness(Duration.ofMinutes(5))
                .scan(lines)
                .summary();
        assertThat(summary.get("events").asLong()).isEqualTo(lines.size());
        assertThat(summary.get("dead_letters").asLong()).isEqualTo(3);
        assertThat(summary.get("late").asLong()).isEqualTo(AGAIN);
        assertAddsUp(summary);
    }

    @Test
    void twoSourcesAreCountedApart() throws Exception {
        List<String> lines = spoiled(CASES.inOrder());
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic("topic", 2);
            for (int i = 0; i < lines.size(); i++) {
                broker.send("topic", i % 2, lines.get(i).getBytes(StandardCharsets.UTF_8));
            }
            broker.flush();
            Path file = Files.write(directory.resolve("logs.ndjson"), lines.subList(0, 50));
            SourceSettings files = new SourceSettings.Files("file", null, List.of(file.toString()), null);
            Map<String, Object> counts = new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                    .build(
                            List.of(Pipeline.topic(broker, "topic", true), files),
                            List.of(Writers.files(directory.resolve("out"))))
                    .execute()
                    .getAllAccumulatorResults();
            assertThat(counts.get("source/topic/events")).isEqualTo((long) lines.size());
            assertThat(counts.get("source/file/events")).isEqualTo(50L);
            for (String source : List.of("topic", "file")) {
                long sum = count(counts, source, "evaluated")
                        + count(counts, source, "dead_letters")
                        + count(counts, source, "late");
                assertThat(sum).isEqualTo(count(counts, source, "events"));
                assertThat(reported(source, "events")).isEqualTo(count(counts, source, "events"));
                assertThat(reported(source, "evaluated")).isEqualTo(count(counts, source, "evaluated"));
                assertThat(reported(source, "late")).isEqualTo(count(counts, source, "late"));
                assertThat(reported(source, "dead_letters")).isEqualTo(count(counts, source, "dead_letters"));
                assertThat(reported(source, "dead_letter_reasons/not-json")).isEqualTo(1);
            }
        }
    }

    /** The sum of a number over the health documents of a source. */
    private long reported(String source, String name) throws IOException {
        long sum = 0;
        for (JsonNode document : Pipeline.documentsIn(directory.resolve("out"), Document.Target.HEALTH)) {
            JsonNode health = document.at("/entrawatch/health");
            if (health.get("source").asText().equals(source)) {
                sum += health.at("/" + name).asLong();
            }
        }
        return sum;
    }

    private static long count(Map<String, Object> counts, String source, String name) {
        return (Long) counts.get("source/" + source + "/" + name);
    }

    private static void assertAddsUp(ObjectNode summary) {
        assertThat(summary.get("evaluated").asLong()
                        + summary.get("dead_letters").asLong()
                        + summary.get("late").asLong())
                .isEqualTo(summary.get("events").asLong());
    }

    private static List<String> spoiled(List<String> lines) {
        List<String> spoiled = new ArrayList<>(lines);
        spoiled.add(10, "{broken");
        spoiled.add(20, "null");
        spoiled.add(
                30, "{\"category\":\"SomethingNew\",\"time\":\"2026-03-02T00:00:00Z\",\"properties\":{\"id\":\"x\"}}");
        return spoiled;
    }
}
