package io.entrawatch.engine;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CatalogueReader;
import io.entrawatch.detection.Organization;
import io.entrawatch.detection.OrganizationFields;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.generate.Generator;
import io.entrawatch.ingest.Decoding;
import io.entrawatch.ingest.RecordFile;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.testkit.GeneratedRules;
import io.entrawatch.testkit.Scenarios;
import io.entrawatch.yaml.Problems;

/**
 * What a rule more costs: reading and screening the logs of a generated tenant with the shipped detections, and with a
 * thousand and five thousand rules beside them, in turn. Prints medians of CPU time and their ratios.
 */
public final class ScreeningBenchmark {

    private static final int ROUNDS = 7;
    private static final int[] RULES = {0, 1_000, 5_000};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ScreeningBenchmark() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path directory = Files.createTempDirectory("entrawatch-benchmark-");
        new Generator(1_000, 5, 1, 1, LocalDate.of(2026, 3, 2)).write(directory);
        Path logs = directory.resolve("signins.ndjson");
        Organization organization = Scenarios.example();
        List<Catalogue> catalogues = new ArrayList<>();
        for (int count : RULES) {
            Path rules = Files.writeString(directory.resolve(count + ".yml"), GeneratedRules.rules(count));
            Problems problems = new Problems();
            catalogues.add(CatalogueReader.read(count == 0 ? List.of() : List.of(rules), organization, problems));
            problems.throwIfAny();
        }
        double[][] micros = new double[RULES.length][ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            for (int i = 0; i < RULES.length; i++) {
                double measured = measure(logs, catalogues.get(i), organization);
                if (round >= 0) {
                    micros[i][round] = measured;
                }
            }
        }
        out.println("rules beside the shipped  CPU us/event  ratio");
        for (int i = 0; i < RULES.length; i++) {
            out.printf(
                    Locale.ROOT,
                    "%24d  %12.2f  %5.2f%n",
                    RULES[i],
                    median(micros[i]),
                    median(micros[i]) / median(micros[0]));
        }
    }

    private static double measure(Path logs, Catalogue catalogue, Organization organization) throws Exception {
        Decoding decoding = new Decoding(catalogue.wanted(), "tenant", null, JobSettings.LARGEST_RECORD);
        Watches watches = new Watches(catalogue, new OrganizationFields(organization, catalogue.fields()));
        long before = THREADS.getCurrentThreadCpuTime();
        int[] matched = new int[1];
        List<Decoded> records = RecordFile.read(logs, decoding);
        for (Decoded decoded : records) {
            EntraEvent event = decoded.event();
            if (event != null) {
                watches.of(event, watch -> matched[0]++);
            }
        }
        if (matched[0] == 0) {
            throw new IllegalStateException("nothing matched, so that nothing was measured");
        }
        return (THREADS.getCurrentThreadCpuTime() - before) / 1e3 / records.size();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
