package io.entrawatch.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadableFilesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void oneBadEntryHidesNoOther() throws IOException {
        Path below = Files.createDirectory(directory.resolve("below"));
        write(directory.resolve("a.ndjson"), NOON);
        write(below.resolve("b.ndjson"), NOON);
        write(directory.resolve("of:flinks"), NOON);
        Files.createSymbolicLink(directory.resolve("a-link-to-nothing"), directory.resolve("nothing"));
        Files.createSymbolicLink(below.resolve("a-link-upwards"), directory);
        assertThat(list(files(false))).containsExactlyInAnyOrder("a.ndjson", "below/b.ndjson");
    }

    @Test
    void whatIsThereAtTheStartIsReadInOneList() throws IOException {
        write(directory.resolve("just-written"), Instant.now());
        write(directory.resolve("old"), NOON);
        Path empty = Files.createFile(directory.resolve("empty"));
        ReadableFiles files = files(true);
        assertThat(list(files)).containsExactlyInAnyOrder("just-written", "old");
        Files.writeString(empty, "{}");
        assertThat(list(files)).doesNotContain("empty");
        assertThat(list(files)).contains("empty");
    }

    @Test
    void whatIsWrittenToWaitsUntilItStaysAsItIs() throws IOException {
        ReadableFiles files = files(true);
        assertThat(list(files)).isEmpty();
        Path file = directory.resolve("written-to");
        write(file, NOON);
        assertThat(list(files)).isEmpty();
        Files.writeString(file, "{}{}");
        setTime(file, NOON);
        assertThat(list(files)).isEmpty();
        setTime(file, NOON.plusSeconds(1));
        assertThat(list(files)).isEmpty();
        assertThat(list(files)).containsExactly("written-to");
        assertThat(list(files)).containsExactly("written-to");
    }

    @Test
    void whatIsReadOnceIsReadAsItIs() throws IOException {
        Files.createFile(directory.resolve("empty"));
        write(directory.resolve("written-to"), NOON);
        assertThat(list(files(false))).containsExactlyInAnyOrder("empty", "written-to");
    }

    @Test
    void whatIsMissingRefusesTheStartAndIsWaitedForLater() throws IOException {
        Path logs = directory.resolve("logs");
        ReadableFiles files = files(true);
        assertThatThrownBy(() -> list(files, logs))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("logs");
        assertThat(list(files, logs)).isEmpty();
        write(Files.createDirectory(logs).resolve("a.ndjson"), NOON);
        assertThat(list(files, logs)).isEmpty();
        assertThat(list(files, logs)).containsExactly("logs/a.ndjson");
    }

    private static ReadableFiles files(boolean watches) {
        return new ReadableFiles(path -> true, watches, true);
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
