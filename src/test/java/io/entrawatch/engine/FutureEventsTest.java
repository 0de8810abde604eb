package io.entrawatch.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.sink.Document;
import io.entrawatch.sink.Writers;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** Records whose date is wrong: nothing waits for the end of the century. */
class FutureEventsTest {

    private static final Instant FUTURE = Instant.parse("2099-12-01T12:00:00Z");
    private static final Instant PAST = Instant.parse("2026-03-02T12:00:00Z");

    private static final String RULES =
            """
            title: Account deleted
            name: deleted
            logsource: { product: azure, service: auditlogs }
            detection:
              selection: { OperationName: Delete user }
              condition: selection
            ---
            title: Accounts deleted by anybody
            name: told-of-deleted
            correlation:
              type: event_count
              rules: [ deleted ]
              group-by: [ tenant.id ]
              timespan: 1h
              condition: { gte: 1 }
              generate: true
            ---
            title: Anything at all
            name: told-of-anything
            correlation:
              type: event_count
              rules: [ '*' ]
              group-by: [ tenant.id ]
              timespan: 1h
              condition: { gte: 1 }
              generate: true
            """;

    @TempDir
    private Path directory;

    private Path logs;

    @BeforeEach
    void write() throws IOException {
        logs = Files.write(
                directory.resolve("logs.ndjson"),
                List.of(
                        Logs.audit("add-1", PAST, "Add user", "one", "success"),
                        Logs.audit("add-2", FUTURE, "Add user", "two", "success"),
                        Logs.audit("del-2", FUTURE.plusSeconds(60), "Delete user", "two", "success"),
                        Logs.audit("del-1", PAST.plusSeconds(60), "Delete user", "one", "success")));
    }

    @Test
    void onlyDetectionsOverSingleEventsSeeWhatIsFromTheFuture() throws Exception {
        Path out = directory.resolve("out");
        Map<String, Object> counts = new Pipeline(catalogue(), Organization.UNKNOWN)
                .build(
                        List.of(new SourceSettings.Files("files", null, List.of(logs.toString()), null)),
                        List.of(Writers.files(out)))
                .execute()
                .getAllAccumulatorResults();
        assertThat(alerts(out, "deleted")).containsExactlyInAnyOrder("one", "two");
        assertThat(alerts(out, "told-of-deleted")).hasSize(1);
        assertThat(alerts(out, "told-of-anything")).hasSize(1);
        assertThat(alerts(out, "short-lived-account")).containsExactly("one");
        assertThat(counts)
                .containsEntry("source/files/events", 4L)
                .containsEntry("source/files/evaluated", 2L)
                .containsEntry("source/files/late", 2L)
                .containsEntry("source/files/future", 2L);
        assertThat(Pipeline.documentsIn(out, Document.Target.LATE)).hasSize(2).allSatisfy(late -> {
            assertThat(late.get("id").asText()).endsWith("-2");
            assertThat(late.get("late_by_ms").asLong())
                    .isLessThan(-Duration.ofDays(365).toMillis());
            assertThat(late.get("detail").asText()).startsWith("dated more than a day ahead of the clock");
        });
    }

    @Test
    void aScanTakesEveryDateForWhatItIs() throws Exception {
        assertThat(Replay.withShippedDetections().alerts("short-lived-account", Files.readAllLines(logs)))
                .hasSize(2);
    }

    private Catalogue catalogue() throws IOException {
        Problems problems = new Problems();
        Path rules = Files.writeString(directory.resolve("rules.yml"), RULES);
        Catalogue catalogue = CatalogueReader.read(List.of(rules), Organization.UNKNOWN, problems);
        problems.throwIfAny();
        return catalogue;
    }

    private static List<String> alerts(Path out, String detection) throws IOException {
        return Pipeline.documentsIn(out, Document.Target.ALERTS).stream()
                .filter(alert -> alert.at("/rule/id").asText().equals(detection))
                .map(alert -> alert.at("/user/target/id").asText())
                .toList();
    }
}
