package io.entrawatch.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadableFilesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration WATCH = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Instant now = NOON;

    @Test
    void oneBadEntryHidesNoOther() throws IOException {
        Path below = Files.createDirectory(directory.resolve("below"));
        write(directory.resolve("a.ndjson"), NOON);
        write(below.resolve("b.ndjson"), NOON);
        write(directory.resolve("of:flinks"), NOON);
        Files.createSymbolicLink(directory.resolve("a-link-to-nothing"), directory.resolve("nothing"));
        Files.createSymbolicLink(below.resolve("a-link-upwards"), directory);
        assertThat(list(files(null))).containsExactlyInAnyOrder("a.ndjson", "below/b.ndjson");
    }

    @Test
    void whatIsWrittenToWaitsUntilItIsWhole() throws IOException {
        write(directory.resolve("written-to"), NOON);
        write(directory.resolve("moved-in"), NOON.minus(WATCH));
        Path empty = Files.createFile(directory.resolve("empty"));
        setTime(empty, NOON.minus(Duration.ofDays(1)));
        ReadableFiles files = files(WATCH);
        assertThat(list(files)).containsExactly("moved-in");
        now = NOON.plus(WATCH).minusMillis(1);
        assertThat(list(files)).containsExactly("moved-in");
        now = NOON.plus(WATCH);
        assertThat(list(files)).containsExactlyInAnyOrder("moved-in", "written-to");
    }

    @Test
    void aClockThatIsAheadKeepsNoFileOut() throws IOException {
        write(directory.resolve("ahead"), NOON.plusSeconds(1));
        assertThat(list(files(WATCH))).containsExactly("ahead");
    }

    @Test
    void whatIsReadOnceIsReadAsItIs() throws IOException {
        Files.createFile(directory.resolve("empty"));
        write(directory.resolve("written-to"), NOON);
        assertThat(list(files(null))).containsExactlyInAnyOrder("empty", "written-to");
    }

    @Test
    void whatIsMissingRefusesTheStartAndIsWaitedForLater() throws IOException {
        Path logs = directory.resolve("logs");
        ReadableFiles files = files(WATCH);
        assertThatThrownBy(() -> list(files, logs))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("logs");
        assertThat(list(files, logs)).isEmpty();
        write(Files.createDirectory(logs).resolve("a.ndjson"), NOON.minus(WATCH));
        assertThat(list(files, logs)).containsExactly("logs/a.ndjson");
    }

    private ReadableFiles files(@Nullable Duration watch) {
        return new ReadableFiles(path -> true, watch, () -> now.toEpochMilli());
    }

    private List<String> list(ReadableFiles files) throws IOException {
        return list(files, directory);
    }

    private List<String> list(ReadableFiles files, Path path) throws IOException {
        var paths = new org.apache.flink.core.fs.Path[] {new org.apache.flink.core.fs.Path(path.toUri())};
        return files.enumerateSplits(paths, 1).stream()
                .map(split ->
                        directory.relativize(Path.of(split.path().getPath())).toString())
                .toList();
    }

    private static void write(Path file, Instant at) throws IOException {
        setTime(Files.writeString(file, "{}"), at);
    }

    private static void setTime(Path file, Instant at) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(at));
    }
}
