package io.entrawatch.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.sink.Document;
import io.entrawatch.testkit.ChildProcess;
import io.entrawatch.testkit.Skip;

import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ScanResultTest {

    private static final Catalogue NONE = new Catalogue(List.of(), List.of());
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final int MANY = 20_000;

    /** Linux has a device that is always full. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path directory;

    @Test
    void alertsAreInTheOrderOfTimeEachOnce() throws Exception {
        part("one", alert("c", "12:00:01Z", "the first copy"), alert("b", "12:00:01Z", "\\ud83d\\ude00"));
        part("two", alert("c", "12:00:01Z", "the second"), alert("a", "12:00:00.5Z", ""), alert("d", "12:00:00Z", ""));
        ScanResult result = collect(directory);
        assertThat(Files.readAllLines(directory.resolve("alerts.ndjson")))
                .containsExactly(
                        alert("d", "12:00:00Z", ""),
                        alert("a", "12:00:00.5Z", ""),
                        alert("b", "12:00:01Z", "\ud83d\ude00"),
                        alert("c", "12:00:01Z", "the first copy"));
        assertThat(result.documents())
                .extracting(JsonNode::toString)
                .containsExactlyElementsOf(Files.readAllLines(directory.resolve("alerts.ndjson")));
        assertThat(result.summary().get("alerts").asInt()).isEqualTo(4);
        assertThat(result.summary().at("/alerts_by_detection/spray").asInt()).isEqualTo(4);
        StringWriter table = new StringWriter();
        result.alertTable(2).print(new PrintWriter(table, true));
        assertThat(table.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("2026-03-02T12:00:00Z"))
                .anyMatch(line -> line.startsWith("2026-03-02T12:00:00.5Z"));
    }

    @Test
    void moreAlertsThanMemoryHoldsAreCollected() throws Exception {
        String reason = "long ".repeat(400);
        try (BufferedWriter part = Files.newBufferedWriter(alerts().resolve("part.ndjson"))) {
            for (int i = 0; i < MANY; i++) {
                part.write(alert("id-" + i, "12:00:00Z", reason + i) + "\n");
            }
        }
        ChildProcess.JavaProgram program = new ChildProcess.JavaProgram(
                ScanResultTest.class.getName(),
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                List.of("-Xmx40m"),
                List.of(directory.toString()));
        try (ChildProcess process = ChildProcess.start("collect", program, Map.of(), directory.resolve("log"))) {
            assertThat(process.exitCode()).as(process.output()).isZero();
        }
        try (Stream<String> lines = Files.lines(directory.resolve("alerts.ndjson"))) {
            assertThat(lines.count()).isEqualTo(MANY);
        }
    }

    /** Collects what is in a directory, in a process with little memory. */
    public static void main(String[] arguments) throws IOException {
        collect(Path.of(arguments[0]));
    }

    @Test
    void aPartThatCannotBeReadIsToldAsSuch() throws Exception {
        Files.write(alerts().resolve("part.ndjson"), new byte[] {(byte) 0xff, '\n'});
        assertThatThrownBy(() -> collect(directory)).isInstanceOf(IOException.class);
    }

    @Test
    void whatWasFoundIsLeftWhereItCannotBePutTogether() throws Exception {
        Path log = Files.writeString(directory.resolve("log.ndjson"), signIn("a", NOON, "anna", LONDON, 0) + "\n");
        Path out = Files.createDirectory(directory.resolve("out"));
        Scan scan = new Scan(NONE, Organization.UNKNOWN, 1);
        assertThatThrownBy(() -> scan.run(List.of(log), out, occupyingAtTheEnd(out.resolve("late.ndjson"))))
                .isInstanceOf(LeftInPartsException.class)
                .hasMessageContaining("what was found is in " + out.resolve(".parts-"));
        assertThat(out.resolve("summary.json")).doesNotExist();
        try (Stream<Path> left = Files.list(out)) {
            assertThat(left).anyMatch(path -> path.toString().endsWith("-left") && Files.isDirectory(path));
        }
    }

    private static Progress occupyingAtTheEnd(Path file) {
        return new Progress() {
            @Override
            public void at(Map<String, Object> counts) {}

            @Override
            public void done() {
                try {
                    Files.createDirectories(file.resolve("inside"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Test
    void aReportForWhichThereIsNoRoomIsToldWithItsFile() throws Exception {
        Skip.unless(Files.isWritable(FULL), "there is no " + FULL);
        alerts();
        ScanResult result = collect(directory);
        Path page = directory.resolve("report.html");
        Files.createSymbolicLink(directory.resolve(".report.html.tmp"), FULL);
        assertThatThrownBy(() -> result.writeReport(page))
                .isInstanceOf(FailedCommandException.class)
                .hasMessage("the report " + page + " cannot be written: No space left on device (the results are in "
                        + directory + ")");
    }

    @Test
    void aJobForWhichThereIsNoRoomIsToldWithItsDirectory() throws Exception {
        Skip.unless(Files.isWritable(FULL), "there is no " + FULL);
        assertThat(failureOf(() -> Files.write(FULL, new byte[] {1})))
                .startsWith("the job failed: No space left on device (expected: room for the results in --out "
                        + directory.resolve("out"))
                .hasLineCount(1);
    }

    @Test
    void aJobWithoutEnoughMemoryIsToldWhatToDo() throws Exception {
        assertThat(failureOf(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .startsWith("the job failed: Java heap space (expected: a larger heap, -Xmx, or less parallelism)")
                .hasLineCount(1);
    }

    private interface Failing extends Serializable {
        void run() throws Exception;
    }

    /** What a command prints where a task of its scan fails. */
    private String failureOf(Failing failing) throws Exception {
        Path log = Files.writeString(directory.resolve("log.ndjson"), "{broken\n");
        Path out = Files.createDirectory(directory.resolve("out"));
        Scan scan = new Scan(NONE, Organization.UNKNOWN, 1).alsoTo(List.of((documents, target) -> documents
                .map(document -> {
                    failing.run();
                    return document;
                })
                .returns(Document.class)
                .uid("failing-" + target.label())
                .sinkTo(new DiscardingSink<>())
                .uid("discarded-" + target.label())));
        Exception failure = catchThrowableOfType(Exception.class, () -> scan.run(List.of(log), out, counts -> {}));
        StringWriter err = new StringWriter();
        CommandLine command =
                new CommandLine(CommandLine.Model.CommandSpec.create()).setErr(new PrintWriter(err, true));
        assertThat(EntrawatchCli.explain(failure, command)).isEqualTo(1);
        return err.toString();
    }

    @Test
    void aFileIsThereWholeOrAsItWas() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "before");
        assertThatThrownBy(() -> WholeFile.write(file, into -> {
                    Files.writeString(into, "half");
                    throw new IOException("no space");
                }))
                .hasMessage("no space");
        assertThat(file).hasContent("before");
        WholeFile.write(file, into -> Files.writeString(into, "after"));
        assertThat(file).hasContent("after");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    private static ScanResult collect(Path directory) throws IOException {
        JobExecutionResult job = new JobExecutionResult(new JobID(), 0, Map.of());
        return ScanResult.collect(job, directory.resolve("parts"), directory, NONE);
    }

    private static String alert(String id, String time, String reason) {
        return "{\"@timestamp\":\"2026-03-02T" + time + "\",\"event\":{\"id\":\"" + id + "\",\"reason\":\"" + reason
                + "\"},\"rule\":{\"id\":\"spray\"},\"entrawatch\":{\"level\":\"high\"}}";
    }

    private void part(String name, String... alerts) throws IOException {
        Files.write(alerts().resolve(name + ".ndjson"), List.of(alerts));
    }

    private Path alerts() throws IOException {
        return Files.createDirectories(directory.resolve("parts/alerts"));
    }
}
