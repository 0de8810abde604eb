package io.entrawatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.generate.Generator;
import io.entrawatch.generate.Scorecard;
import io.entrawatch.sink.Writers;
import io.entrawatch.yaml.Problems;

/** Runs the shipped detections over generated tenants, one after the other, and keeps the score. */
public final class ScorecardRun {

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final int users;
    private final int days;
    private final Path directory;
    private final Map<String, Detection> detections = new LinkedHashMap<>();
    private final Map<String, String> off = new LinkedHashMap<>();
    private @Nullable Scorecard card;
    private long records;
    private Progress progress = Progress.NONE;
    private List<Writers.Writer> watching = List.of();
    private LocalDate start = MONDAY;
    private List<Path> further = List.of();

    /** @param directory for the logs and the results, which it leaves */
    public ScorecardRun(int users, int days, Path directory) {
        this.users = users;
        this.days = days;
        this.directory = directory;
    }

    /** Lets somebody watch. */
    ScorecardRun shownBy(Progress watched, Writers.Writer alerts) {
        progress = watched;
        watching = List.of(alerts);
        return this;
    }

    /** Lets the logs begin on another day. */
    public ScorecardRun from(LocalDate firstDay) {
        start = firstDay;
        return this;
    }

    /** Runs further rules, which take the place of shipped ones of the same name. */
    public ScorecardRun with(Path rules) {
        further = List.of(rules);
        return this;
    }

    /** Generates the tenant of a seed and scans it. */
    public ScanResult add(long seed) throws Exception {
        return add(seed, 1);
    }

    /** As {@link #add(long)}, with the people in several tenants. */
    public ScanResult add(long seed, int tenants) throws Exception {
        Path logs = Files.createDirectories(directory.resolve("logs"));
        records += new Generator(users, days, seed, tenants, start).write(logs);
        Problems problems = new Problems();
        Organization organization = OrganizationReader.read(logs.resolve("organization.yaml"), problems);
        Catalogue catalogue = CatalogueReader.read(further, organization, problems);
        problems.throwIfAny();
        for (Catalogue.Entry entry : catalogue.entries()) {
            String name = entry.detection().name();
            if (entry.enabled()) {
                detections.put(name, entry.detection());
            } else {
                off.put(name, String.valueOf(entry.offBecause()));
            }
        }
        int subtasks = Runtime.getRuntime().availableProcessors();
        ScanResult result = new Scan(catalogue, organization, subtasks)
                .alsoTo(watching)
                .run(Generator.files(logs), directory, progress);
        card().add(logs.resolve("labels.ndjson"), result.documents());
        return result;
    }

    public Scorecard card() {
        Scorecard known = card;
        if (known == null) {
            known = new Scorecard(Set.copyOf(detections.keySet()));
            card = known;
        }
        return known;
    }

    /** The detections that ran, by name. */
    public Map<String, Detection> detections() {
        return detections;
    }

    /** The detections that did not, with the reason. */
    public Map<String, String> off() {
        return off;
    }

    /** The detections of each item of the guide. */
    public Map<String, Set<String>> byGuideItem() {
        return detections.values().stream()
                .flatMap(detection ->
                        detection.metadata().guide().stream().map(item -> Map.entry(item, detection.name())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toCollection(TreeSet::new))));
    }

    long records() {
        return records;
    }

    int users() {
        return users;
    }

    int days() {
        return days;
    }
}
