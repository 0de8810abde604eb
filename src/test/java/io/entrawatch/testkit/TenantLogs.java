package io.entrawatch.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

import io.entrawatch.cli.Progress;
import io.entrawatch.cli.Scan;
import io.entrawatch.cli.ScanResult;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;
import io.entrawatch.generate.Generator;
import io.entrawatch.ingest.Decoding;
import io.entrawatch.ingest.RecordFile;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.yaml.Problems;

/** The logs of a generated tenant as one stream, and what the detections find in it. */
public final class TenantLogs {

    /** Exports are a little out of order, and well within the bound for late ones. */
    private static final Duration SLOWEST_EXPORT = Duration.ofSeconds(200);

    private final Path directory;
    private final List<SeededCases.Line> lines = new ArrayList<>();

    private TenantLogs(Path directory) {
        this.directory = directory;
    }

    /** Generates the tenant into a directory. The same numbers give the same stream. */
    public static TenantLogs generate(Path directory, int users, int days, long seed, LocalDate start)
            throws IOException {
        new Generator(users, days, seed, 1, start).write(directory);
        TenantLogs logs = new TenantLogs(directory);
        SplittableRandom delay = new SplittableRandom(seed);
        for (Path file : Generator.files(directory)) {
            logs.read(file, delay);
        }
        logs.lines.sort(Comparator.comparing(SeededCases.Line::at));
        return logs;
    }

    private void read(Path file, SplittableRandom delay) throws IOException {
        Decoding decoding =
                new Decoding(Wanted.of(EnumSet.noneOf(Field.class)), "unknown", null, JobSettings.LARGEST_RECORD);
        List<String> texts = Files.readAllLines(file);
        List<Decoded> records = RecordFile.read(file, decoding);
        for (int i = 0; i < texts.size(); i++) {
            EntraEvent event = Objects.requireNonNull(records.get(i).event(), texts.get(i));
            Instant arrives = Instant.ofEpochMilli(event.atMillis() + delay.nextLong(SLOWEST_EXPORT.toMillis()));
            lines.add(new SeededCases.Line(arrives, texts.get(i)));
        }
    }

    /** The records in the order in which they arrive, with the time of arrival. */
    public List<SeededCases.Line> lines() {
        return lines;
    }

    /** What the tenant says of itself. */
    public Path organization() {
        return directory.resolve("organization.yaml");
    }

    /** What is hidden in the logs. */
    public Path labels() {
        return directory.resolve("labels.ndjson");
    }

    /** The shipped detections, as the tenant's organization switches them. */
    public Catalogue catalogue() {
        return catalogue(List.of(), read());
    }

    private Organization read() {
        Problems problems = new Problems();
        Organization organization = OrganizationReader.read(organization(), problems);
        problems.throwIfAny();
        return organization;
    }

    private static Catalogue catalogue(List<Path> detections, Organization organization) {
        Problems problems = new Problems();
        Catalogue catalogue = CatalogueReader.read(detections, organization, problems);
        problems.throwIfAny();
        return catalogue;
    }

    /** What the detections find in records that are read to their end. */
    public ScanResult scan(List<Path> detections, List<String> records) throws Exception {
        Organization organization = read();
        Path out = Files.createTempDirectory(directory, "scan-");
        Path file = Files.write(out.resolve("records.ndjson"), records);
        return new Scan(catalogue(detections, organization), organization, 2).run(List.of(file), out, Progress.NONE);
    }
}
