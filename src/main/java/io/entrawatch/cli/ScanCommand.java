package io.entrawatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.entrawatch.yaml.FileReason;
import io.entrawatch.yaml.Printable;

/** Runs the detections over downloaded log files. */
@Command(
        name = "scan",
        description = "Scans log files, in whatever order they hold their records, and writes alerts.ndjson,"
                + " dead-letters.ndjson, late.ndjson and summary.json.",
        mixinStandardHelpOptions = true)
final class ScanCommand implements Callable<Integer> {

    private static final int MOST_SHOWN = 50;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Files or directories: Event Hub, Graph, Log Analytics or portal; JSON, NDJSON or CSV; .gz too.")
    private List<Path> files;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "entrawatch-out",
            description = "Where results go (${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--lateness",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Replay as a live stream: a record more than DURATION (such as 5m) behind newer ones is late."
                    + " Default: nothing is late.")
    private @Nullable Duration lateness;

    @Option(names = "--parallelism", paramLabel = "N", description = "How many subtasks (the number of cores).")
    private @Nullable Integer parallelism;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Also writes an HTML page of the results, which a browser shows without a network. It takes the"
                            + " place of an earlier page, and of no other file.")
    private @Nullable Path report;

    @Mixin
    private RecordOptions records;

    @Mixin
    private DetectionOptions options;

    @Override
    public Integer call() throws Exception {
        List<String> missing = files.stream()
                .filter(file -> file.toString().isEmpty() || !Files.isReadable(file))
                .map(file -> file + " (expected: a file or directory that can be read)")
                .toList();
        if (!missing.isEmpty()) {
            throw new UsageException(String.join(System.lineSeparator(), missing));
        }
        if (parallelism != null && (parallelism < 1 || parallelism > 1024)) {
            throw new UsageException("--parallelism: " + parallelism + " (expected: 1 to 1024)");
        }
        // A link goes on leading to the page.
        Path page = report != null && Files.exists(report) ? report.toRealPath() : report;
        if (page != null) {
            ReportPlace.check("--report", page, files);
        }
        Path geoip = records.geoip();
        DetectionOptions.Loaded loaded = options.load();
        int subtasks = parallelism == null ? Runtime.getRuntime().availableProcessors() : parallelism;
        Scan scan = new Scan(loaded.catalogue(), loaded.organization(), subtasks)
                .lateness(lateness)
                .geoip(geoip)
                .tenant(records.tenant())
                .page(page)
                .telling(message -> spec.commandLine().getErr().println(Printable.of(message)));
        createDirectory("--out", out);
        if (page != null) {
            ReportPlace.prepare(page, out);
        }
        ScanResult result =
                scan.run(files, out, Progress.onTerminal(spec.commandLine().getErr()));
        print(result);
        if (page != null) {
            result.writeReport(page);
            spec.commandLine().getOut().println(Printable.of("The report is " + report));
        }
        return 0;
    }

    static void createDirectory(String option, Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UsageException(option + ": " + directory + " cannot be created: " + FileReason.named(e));
        }
    }

    private void print(ScanResult result) {
        PrintWriter writer = spec.commandLine().getOut();
        result.alertTable(MOST_SHOWN).print(writer);
        if (result.alerts() > MOST_SHOWN) {
            writer.println("… and " + (result.alerts() - MOST_SHOWN) + " more");
        }
        writer.println();
        writer.println(result.summaryLine());
        writer.println(Printable.of("Results are in " + out));
    }
}
