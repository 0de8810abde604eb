package io.entrawatch.benchmark.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.generate.Generator;
import io.entrawatch.ingest.Decoding;
import io.entrawatch.ingest.RecordFile;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.testkit.GeneratedRules;
import io.entrawatch.yaml.Problems;

/** A thousand generated records of each kind, and what is needed to read and screen them. */
final class Samples {

    static final int RECORDS = 1_000;

    private static final int USERS = 1_000;
    private static final int DAYS = 5;
    private static final int TENANTS = 20;
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final String TENANT = "5f2d7f3a-6c1e-4f0b-9b7e-2a51c0c0a501";

    private final Path directory;

    private Samples(Path directory) {
        this.directory = directory;
    }

    static Samples generate() throws IOException {
        Path directory = Files.createTempDirectory("entrawatch-micro-");
        new Generator(USERS, DAYS, 1, TENANTS, MONDAY).write(directory);
        return new Samples(directory);
    }

    /** A file with {@link #RECORDS} records. */
    Path file(Form form) throws IOException {
        String from = form.isAudit() ? "audit.ndjson" : "signins.ndjson";
        List<String> records;
        try (Stream<String> lines = Files.lines(directory.resolve(from))) {
            records = lines.limit(RECORDS).toList();
        }
        if (records.size() < RECORDS) {
            throw new IllegalStateException(from + ": " + records.size() + " records (expected: " + RECORDS + ")");
        }
        return Files.write(directory.resolve(form + "." + form.ending()), form.lines(records));
    }

    /** The organization that belongs to the records. */
    Organization organization() {
        Problems problems = new Problems();
        Organization organization = OrganizationReader.read(directory.resolve("organization.yaml"), problems);
        problems.throwIfAny();
        return organization;
    }

    /** All that comes with Entrawatch, and so many rules beside it. */
    Catalogue catalogue(int moreRules) throws IOException {
        Problems problems = new Problems();
        List<Path> more = new ArrayList<>();
        if (moreRules > 0) {
            more.add(Files.writeString(directory.resolve("more.yml"), GeneratedRules.rules(moreRules)));
        }
        Catalogue catalogue = CatalogueReader.read(more, organization(), problems);
        problems.throwIfAny();
        return catalogue;
    }

    static Decoding decoding(Catalogue catalogue) {
        return new Decoding(catalogue.wanted(), TENANT, null, JobSettings.LARGEST_RECORD);
    }

    /** The events of a file, all of whose records can be read. */
    static List<EntraEvent> events(Path file, Decoding decoding) throws IOException {
        List<EntraEvent> events = new ArrayList<>();
        for (Decoded decoded : RecordFile.read(file, decoding)) {
            events.add(Objects.requireNonNull(decoded.event(), decoded::toString));
        }
        if (events.size() != RECORDS) {
            throw new IllegalStateException(file + ": " + events.size() + " events (expected: " + RECORDS + ")");
        }
        return events;
    }

    void delete() throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
