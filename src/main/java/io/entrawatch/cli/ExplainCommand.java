package io.entrawatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.organization.OrganizationFields;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;
import io.entrawatch.event.Wanted;
import io.entrawatch.ingest.Decoding;
import io.entrawatch.ingest.RecordFile;
import io.entrawatch.rule.Rule;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.yaml.Printable;
import io.entrawatch.yaml.Problems;

/** Shows why the rules of a detection match some records or do not. */
@Command(
        name = "explain",
        description = "Shows, selection by selection and field by field, why the rules of a detection match the records"
                + " of a file or do not.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DETECTION", description = "The name of a detection; rules list shows them.")
    private String name;

    @Option(names = "--event", paramLabel = "FILE", required = true, description = "A file of records, in any form.")
    private Path file;

    @Mixin
    private RecordOptions records;

    @Mixin
    private DetectionOptions options;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("--event: " + file + " (expected: a file)");
        }
        DetectionOptions.Loaded loaded = options.load();
        Catalogue.Entry entry = find(loaded.catalogue());
        Detection detection = entry.detection();
        List<Step.OfRule> steps = loaded.catalogue().stepsBehind(detection);
        Set<Rule> rules = loaded.catalogue().rulesBehind(detection);
        EnumSet<Field> fields = fieldsOf(loaded.catalogue(), steps);
        OrganizationFields organization = new OrganizationFields(loaded.organization(), fields);
        Decoding decoding = decoding(loaded, fields);
        PrintWriter out = spec.commandLine().getOut();
        if (!entry.enabled()) {
            out.println(name + " is off: " + entry.offBecause());
        }
        if (rules.isEmpty()) {
            out.println(name + " looks at the alerts of other detections, and at no record itself");
        }
        int count = RecordFile.each(file, decoding, (decoded, number) -> {
            EntraEvent event = decoded.event();
            if (event != null) {
                organization.complete(event);
            }
            print(out, number, decoded, rules, steps);
        });
        if (count == 0) {
            out.println(Printable.of("no record in " + file));
        }
        return 0;
    }

    /** Also what the detection looks at where it is off, and so not among those that run. */
    private static EnumSet<Field> fieldsOf(Catalogue catalogue, List<Step.OfRule> steps) {
        EnumSet<Field> fields = catalogue.fields();
        for (Step.OfRule step : steps) {
            fields.addAll(step.rule().fields());
            fields.addAll(step.group());
            fields.addAll(step.values());
        }
        fields.addAll(OrganizationFields.reads(fields));
        return fields;
    }

    /** As a scan reads them. */
    private Decoding decoding(DetectionOptions.Loaded loaded, EnumSet<Field> fields) {
        EnumSet<LogSource> worded =
                fields.contains(Field.RECORD_TEXT) ? EnumSet.allOf(LogSource.class) : EnumSet.noneOf(LogSource.class);
        boolean places = loaded.catalogue().wanted().places();
        String tenant = records.tenant();
        Path geoip = records.geoip();
        return new Decoding(
                new Wanted(fields, worded, places),
                tenant == null ? loaded.organization().defaultTenant() : tenant,
                geoip == null ? null : geoip.toString(),
                JobSettings.LARGEST_RECORD);
    }

    private Catalogue.Entry find(Catalogue catalogue) {
        List<String> names = catalogue.entries().stream()
                .map(entry -> entry.detection().name())
                .toList();
        return catalogue
                .entry(name.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new UsageException(
                        name + " (expected: the name of a detection)" + Problems.suggestion(name, names)));
    }

    private static void print(PrintWriter out, int number, Decoded decoded, Set<Rule> rules, List<Step.OfRule> steps) {
        EntraEvent event = decoded.event();
        DeadLetter dead = decoded.deadLetter();
        if (event == null) {
            out.println("record " + number + " cannot be read"
                    + (dead == null ? "" : ": " + Printable.of(dead.reason() + ": " + dead.detail())));
            return;
        }
        out.println("record " + number + ": " + Printable.of(event.activity()) + " at "
                + Instant.ofEpochMilli(event.atMillis()) + ", id " + Printable.of(event.id()));
        Explanation explanation = new Explanation(out, event);
        rules.forEach(rule -> explanation.print(rule, steps));
    }
}
