package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.audit;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;

/** The results of a scan take the place of those of an earlier one, and of nothing else. */
class OwnResultsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private Path directory;

    private final Commands commands = new Commands();
    private Path out;
    private Path log;

    @BeforeEach
    void write() throws IOException {
        out = Files.createDirectory(directory.resolve("out"));
        List<String> lines = List.of(
                audit("c", NOON, "Add user", "target", "success"),
                audit("d", NOON.plusSeconds(60), "Delete user", "target", "success"),
                "what",
                signIn("a", NOON.plusSeconds(7_200), "anna", LONDON, 0),
                signIn("b", NOON.plusSeconds(7_201), "anna", LONDON, 0),
                signIn("late", NOON, "anna", LONDON, 0));
        log = Files.write(directory.resolve("log.ndjson"), lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.ndjson", "dead-letters.ndjson", "late.ndjson", "summary.json"})
    void aLogThatIsCalledAsAResultIsNotTakenAway(String name) throws Exception {
        Path foreign = Files.copy(log, out.resolve(name));
        assertThat(scan(out)).isEqualTo(2);
        assertThat(commands.err())
                .contains(foreign + ": exists and was not written by a scan (expected: another --out");
        assertThat(scan(log)).isEqualTo(2);
        assertThat(foreign).hasSameTextualContentAs(log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.ndjson", "dead-letters.ndjson", "late.ndjson", "summary.json"})
    void whatAScanLeftThatWasInterruptedIsReplaced(String left) throws Exception {
        assertThat(scan(log)).isZero();
        for (String name : List.of("alerts.ndjson", "dead-letters.ndjson", "late.ndjson", "summary.json")) {
            assertThat(out.resolve(name)).isNotEmptyFile();
            if (!name.equals(left)) {
                Files.delete(out.resolve(name));
            }
        }
        assertThat(scan(log)).as(commands.err()).isZero();
        assertThat(commands.out()).contains("6 events: 4 evaluated, 1 dead letters");
    }

    @Test
    void aDemonstrationTakesAwayNoLogAndNoPageOfOthers() throws Exception {
        Path foreign = Files.copy(log, out.resolve("alerts.ndjson"));
        assertThat(commands.run("demo", "--out", out)).isEqualTo(2);
        assertThat(foreign).hasSameTextualContentAs(log);
        Path page = Files.move(foreign, out.resolve("report.html"));
        assertThat(commands.run("demo", "--out", out)).isEqualTo(2);
        assertThat(commands.err()).contains("--out: " + page + " exists and is not a scan report");
        assertThat(out).isDirectoryNotContaining(file -> file.endsWith("logs"));
    }

    private int scan(Path logs) {
        return commands.run("scan", logs, "--out", out, "--parallelism", "1", "--lateness", "5m");
    }
}
