package io.entrawatch.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.settings.TimeSettings;
import io.entrawatch.sink.Writers;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

/** A directory into which small files come, each of which is read before anybody asks how far it is. */
class WatchedFilesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration LATENESS = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void timeGoesOnWithEachFile() throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Files.createSymbolicLink(logs.resolve("a-link-to-nothing"), directory.resolve("nothing"));
        Path inPlace = Files.createFile(logs.resolve("hour-2.ndjson"));
        var source = new SourceSettings.Files("files", null, List.of(logs.toString()), Duration.ofMillis(100));
        // Nothing is quiet for so long: only the files themselves can tell the time.
        TimeSettings time = new TimeSettings(LATENESS, Duration.ofDays(1), LATENESS);
        Path out = directory.resolve("out");
        JobClient job = new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                .time(time)
                .option("execution.checkpointing.interval", "100 ms")
                .build(List.of(source), List.of(Writers.files(out)))
                .executeAsync();
        try {
            drop(logs, 0);
            drop(logs, 1);
            Await.until("the alert of the first file", () -> Pipeline.countOfAlertsIn(out) > 0);
            assertThat(Pipeline.countOfAlertsIn(out)).isEqualTo(1);
            Files.write(inPlace, hour(2));
            Await.until("the alert of the second file", () -> Pipeline.countOfAlertsIn(out) > 1);
            assertThat(Pipeline.countOfAlertsIn(out)).isEqualTo(2);
        } finally {
            // Asked for before the end, because the cluster in this process ends with its job.
            CompletableFuture<?> end = job.getJobExecutionResult().handle((result, cancelled) -> Boolean.TRUE);
            job.cancel().get();
            end.get();
        }
    }

    /** An hour's file: an account that lives for a minute. */
    private void drop(Path logs, int hour) throws Exception {
        Path written = Files.write(directory.resolve("written"), hour(hour));
        Files.move(written, logs.resolve("hour-" + hour + ".ndjson"));
    }

    private static List<String> hour(int hour) {
        Instant at = NOON.plus(Duration.ofHours(hour));
        return List.of(
                Logs.audit("add-" + hour, at, "Add user", "account-" + hour, "success"),
                Logs.audit("del-" + hour, at.plusSeconds(60), "Delete user", "account-" + hour, "success"));
    }
}
