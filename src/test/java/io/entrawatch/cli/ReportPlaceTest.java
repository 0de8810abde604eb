package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;

import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The page of a scan takes the place of an earlier page, and of nothing else. */
class ReportPlaceTest {

    private static final String PAGE = "<!DOCTYPE html>\n<title>Entrawatch: 1 alert</title>\n";

    @TempDir
    private Path directory;

    private final Commands commands = new Commands();
    private Path out;
    private Path log;

    @BeforeEach
    void write() throws IOException {
        out = directory.resolve("out");
        log = Files.writeString(
                directory.resolve("log.ndjson"),
                signIn("a", Instant.parse("2026-03-02T12:00:00Z"), "anna", LONDON, 0) + "\n");
    }

    @Test
    void aLogThatFollowsTheOptionIsNotWrittenOver() throws Exception {
        Path other = Files.copy(log, directory.resolve("other.ndjson"));
        String before = Files.readString(other);
        assertThat(scan(other)).isEqualTo(2);
        assertThat(commands.err())
                .contains(
                        "--report: " + other + " exists and is not a scan report",
                        "expected: a new file or an earlier report");
        assertThat(other).hasContent(before);
        assertThat(out).doesNotExist();
    }

    @Test
    void whatIsScannedIsNoPlaceForThePage() throws Exception {
        Files.writeString(log, PAGE);
        assertThat(scan(log)).isEqualTo(2);
        assertThat(commands.err()).contains("--report: " + log + " is to be scanned (expected: another file)");
        assertThat(log).hasContent(PAGE);
    }

    @Test
    void theResultsAreNoPlaceForThePage() {
        assertThat(scan(out.resolve("alerts.ndjson"))).isEqualTo(2);
        assertThat(commands.err()).contains("--report: " + out.resolve("alerts.ndjson") + " is one of the results");
    }

    @Test
    void whatCannotBeWrittenIsToldBeforeTheScan() {
        Path page = directory.resolve("a".repeat(300));
        assertThat(scan(page)).isEqualTo(2);
        assertThat(commands.err()).contains("--report: " + page + " cannot be written: ");
        assertThat(out.resolve("summary.json")).doesNotExist();
    }

    @Test
    void anEarlierPageIsReplacedAndIsNoLog() throws Exception {
        Path page = directory.resolve("report.html");
        for (int i = 0; i < 2; i++) {
            assertThat(commands.run("scan", directory, "--out", out, "--report", page))
                    .as(commands.err())
                    .isZero();
            assertThat(commands.out()).contains("1 events: 1 evaluated, 0 dead letters");
            assertThat(page).content().startsWith("<!DOCTYPE html>");
        }
    }

    @Test
    void aLinkGoesOnLeadingToThePage() throws Exception {
        Path page = Files.writeString(directory.resolve("served.html"), PAGE);
        Path link = Files.createSymbolicLink(directory.resolve("report.html"), page);
        assertThat(scan(link)).as(commands.err()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(page).content().contains("Entrawatch: 0 alerts").isNotEqualTo(PAGE);
    }

    @Test
    void anEarlierPageDoesNotOutliveAScanThatFails() throws Exception {
        Path page = Files.writeString(directory.resolve("report.html"), PAGE);
        Files.createDirectory(out);
        Scan scan = new Scan(new Catalogue(List.of(), List.of()), Organization.UNKNOWN, 1).page(page);
        assertThatThrownBy(() -> scan.run(List.of(log), out, failing())).hasMessage("as it should");
        assertThat(page).doesNotExist();
    }

    private static Progress failing() {
        return new Progress() {
            @Override
            public void looksThrough(Path file) {
                throw new IllegalStateException("as it should");
            }

            @Override
            public void at(java.util.Map<String, Object> counts) {}
        };
    }

    private int scan(Path page) {
        return commands.run("scan", "--out", out, "--report", page, log);
    }
}
