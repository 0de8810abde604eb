package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.generate.Generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LogFilesTest {

    private static final String PAGE = "<!DOCTYPE html>\n<title>Entrawatch: 1 alert</title>\n";

    @TempDir
    private Path directory;

    private final List<String> told = new ArrayList<>();
    private Path out;
    private Path logs;
    private Path log;

    @BeforeEach
    void write() throws IOException {
        out = Files.createDirectory(directory.resolve("out"));
        logs = Files.createDirectory(directory.resolve("logs"));
        log = Files.writeString(logs.resolve("log.ndjson"), "{}");
    }

    @Test
    void whatOtherScansHaveWrittenIsNoLog() throws Exception {
        Path earlier = Files.createDirectory(logs.resolve("entrawatch-out"));
        for (String name : List.of("alerts.ndjson", "dead-letters.ndjson", "late.ndjson", "summary.json")) {
            Files.writeString(earlier.resolve(name), "{}");
        }
        Path beside = Files.writeString(earlier.resolve("beside.ndjson"), "{}");
        Files.writeString(logs.resolve("page"), PAGE);
        assertThat(files(logs)).containsExactly(beside, log);
        Path alerts = earlier.resolve("alerts.ndjson");
        assertThat(files(alerts)).as("who names it means it").containsExactly(alerts);
    }

    @Test
    void aLogThatIsCalledAsAResultIsALog() throws Exception {
        Path late = Files.writeString(logs.resolve("late.ndjson"), "{}");
        assertThat(files(logs)).containsExactly(late, log);
    }

    @Test
    void thePlaceOfThePageIsNoLog() throws Exception {
        Path page = Files.createFile(logs.resolve("page.html"));
        assertThat(LogFiles.of(List.of(logs), out, page, message -> {})).containsExactly(log);
    }

    @Test
    void whatTellsAboutGeneratedLogsIsNoLog() throws Exception {
        new Generator(20, 8, 1, 1, LocalDate.of(2026, 3, 2)).write(logs);
        Path labels = logs.resolve("labels.ndjson");
        Path organization = logs.resolve("organization.yaml");
        assertThat(files(logs))
                .hasSize(6)
                .contains(log, logs.resolve("signins.ndjson"))
                .doesNotContain(labels, organization);
        assertThat(files(labels)).as("who names it means it").containsExactly(labels);
        Files.writeString(organization, "lists: {}\n");
        assertThat(files(logs)).contains(labels, organization);
    }

    @Test
    void linksAreFollowedAndEachFileIsReadOnce() throws Exception {
        Path linked = Files.createDirectory(directory.resolve("linked"));
        Files.writeString(linked.resolve("other.ndjson"), "{}");
        Path link = Files.createSymbolicLink(logs.resolve("link"), linked);
        Files.createSymbolicLink(logs.resolve("second-link"), linked);
        Files.createSymbolicLink(linked.resolve("back"), logs);
        assertThat(files(logs)).containsExactly(link.resolve("other.ndjson"), log);
        assertThat(files(logs, linked, log)).containsExactly(link.resolve("other.ndjson"), log);
    }

    @Test
    void whatIsNoFileIsRefusedByItsName() {
        Path device = Path.of("/dev/null");
        assertThatThrownBy(() -> files(log, device))
                .isInstanceOf(UsageException.class)
                .hasMessage(device + " (expected: a regular file or a directory)");
    }

    @Test
    void aLinkThatLeadsNowhereIsTold() throws Exception {
        Path link = Files.createSymbolicLink(logs.resolve("link"), directory.resolve("nowhere"));
        assertThat(files(logs)).containsExactly(log);
        assertThat(told)
                .containsExactly(link + " is left out (expected: a regular file or a directory, or a link to one)");
    }

    private List<Path> files(Path... paths) throws IOException {
        return LogFiles.of(List.of(paths), out, null, told::add);
    }
}
