package io.entrawatch.ingest;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.settings.JobSettings;
import io.entrawatch.testkit.Logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class FileTimesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void theLargestStepBackInTimeIsItsDisorder() throws Exception {
        Path file = Files.write(
                directory.resolve("audit.ndjson"),
                List.of(at(0), at(50), "{\"broken\":", at(20), at(60), at(45), at(61)));
        assertThat(times(file))
                .isEqualTo(new FileTimes(
                        file, NOON.toEpochMilli(), NOON.plusSeconds(61).toEpochMilli(), 30_000));
    }

    @Test
    void compressedListsAreReadToo() throws Exception {
        Path file = directory.resolve("audit.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(("[" + at(9) + ",\n" + at(2) + "]").getBytes(UTF_8));
        }
        assertThat(times(file).disorder()).isEqualTo(7_000);
        assertThat(times(file).latest() - times(file).earliest()).isEqualTo(7_000);
    }

    @Test
    void aFileWithoutEventsIsEmpty() throws Exception {
        FileTimes nothing = times(Files.write(directory.resolve("nothing.ndjson"), List.of("no record")));
        assertThat(nothing.isEmpty()).isTrue();
        assertThat(nothing.disorder()).isZero();
    }

    private static FileTimes times(Path file) throws Exception {
        return FileTimes.of(file, JobSettings.LARGEST_RECORD);
    }

    private static String at(int second) {
        return Logs.audit("id-" + second, NOON.plusSeconds(second), "Add user", "someone", "success");
    }
}
