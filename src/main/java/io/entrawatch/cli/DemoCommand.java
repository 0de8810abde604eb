package io.entrawatch.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CatalogueReader;
import io.entrawatch.detection.Organization;
import io.entrawatch.detection.OrganizationReader;
import io.entrawatch.generate.Generator;
import io.entrawatch.generate.Scorecard;
import io.entrawatch.yaml.Problems;

/** Generates a tenant, runs the detections over it, and compares what they found with what was hidden in it. */
@Command(
        name = "demo",
        description = "Generates a tenant with hidden attacks and shows what the detections find in it.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final int USERS = 400;
    private static final int DAYS = 15;
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

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
        PrintWriter writer = spec.commandLine().getOut();
        Path logs = Files.createDirectories(out.resolve("logs"));
        long records = new Generator(USERS, DAYS, seed, 1, MONDAY).write(logs);
        writer.printf(
                Locale.ROOT, "Generated %,d records of a tenant of %d people over %d days.%n", records, USERS, DAYS);
        writer.println("Running the detections over them on Flink, in this process ...");
        writer.println();
        Problems problems = new Problems();
        Organization organization = OrganizationReader.read(logs.resolve("organization.yaml"), problems);
        Catalogue catalogue = CatalogueReader.read(List.of(), organization, problems);
        problems.throwIfAny();
        List<Path> files =
                List.of(logs.resolve("signins.ndjson"), logs.resolve("audit.ndjson"), logs.resolve("risk.ndjson"));
        ScanResult result = new Scan(
                        catalogue, organization, Runtime.getRuntime().availableProcessors())
                .run(files, out, Progress.NONE);
        result.alertTable(result.alerts()).print(writer);
        writer.println();
        writer.println(result.summaryLine());
        writer.println();
        Scorecard card = Scorecard.of(logs.resolve("labels.ndjson"), result.documents());
        table(card).print(writer);
        writer.println();
        writer.println("The alerts with their evidence are in " + out.resolve("alerts.ndjson"));
        return card.isPerfect() ? 0 : 1;
    }

    private static TextTable table(Scorecard card) {
        TextTable table = new TextTable("detection", "attacks hidden", "found", "near misses", "wrong alerts");
        for (Map.Entry<String, Scorecard.Row> entry : card.rows().entrySet()) {
            Scorecard.Row row = entry.getValue();
            table.row(
                    entry.getKey(),
                    Integer.toString(row.attacks()),
                    Integer.toString(row.found()),
                    Integer.toString(row.nearMisses()),
                    Integer.toString(row.wrong()));
        }
        return table;
    }
}
