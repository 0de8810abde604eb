package io.entrawatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.entrawatch.cli.live.LiveView;
import io.entrawatch.cli.live.NewestAlerts;
import io.entrawatch.generate.Scorecard;

/** Generates a tenant, runs the detections over it, and compares what they found with what was hidden in it. */
@Command(
        name = "demo",
        description = "Generates a tenant with hidden attacks and shows what the detections find in it.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final int USERS = 400;
    private static final int DAYS = 15;
    private static final int SHOWN = 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seed", defaultValue = "2026", description = "Another seed, another tenant (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/demo",
            description = "Where the files go (${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws Exception {
        Path report = out.resolve("report.html");
        ScanResult.mustBeOwn(out);
        ReportPlace.check("--out", report, List.of());
        PrintWriter writer = spec.commandLine().getOut();
        ScorecardRun run = new ScorecardRun(USERS, DAYS, out);
        writer.printf(
                Locale.ROOT,
                "Inventing a tenant of %d people and %d days, and running the detections over its",
                USERS,
                DAYS);
        writer.println(" logs on Flink, in this process ...");
        writer.println();
        ScanResult result = watched(run, writer);
        result.alertTable(SHOWN).print(writer);
        writer.println("and " + Math.max(0, result.alerts() - SHOWN) + " more");
        writer.println();
        writer.println(result.summaryLine());
        writer.println();
        table(run.card()).print(writer);
        writer.println();
        result.writeReport(report);
        writer.println("The alerts with their evidence are in " + out.resolve("alerts.ndjson"));
        writer.println("To look through them, open " + report + " in a browser");
        return run.card().isPerfect() ? 0 : 1;
    }

    private ScanResult watched(ScorecardRun run, PrintWriter writer) throws Exception {
        try (NewestAlerts alerts = new NewestAlerts()) {
            LiveView view = new LiveView(writer, alerts, "The results will be in " + out);
            return run.shownBy(Progress.shownBy(view), alerts).add(seed);
        }
    }

    /** All detections in one line, and those that missed something or were wrong. */
    private static TextTable table(Scorecard card) {
        TextTable table = new TextTable("detection", "attacks hidden", "found", "near misses", "wrong alerts");
        int[] sums = new int[4];
        card.rows().forEach((name, row) -> {
            int[] counts = {row.attacks(), row.found(), row.nearMisses(), row.wrong()};
            Arrays.setAll(sums, i -> sums[i] + counts[i]);
            if (row.found() < row.attacks() || row.wrong() > 0) {
                add(table, name, counts);
            }
        });
        add(table, "all " + card.rows().size(), sums);
        return table;
    }

    private static void add(TextTable table, String name, int[] counts) {
        table.row(
                name,
                Integer.toString(counts[0]),
                Integer.toString(counts[1]),
                Integer.toString(counts[2]),
                Integer.toString(counts[3]));
    }
}
