package io.entrawatch.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.util.FileUtils;

import io.entrawatch.cli.Scan;
import io.entrawatch.cli.ScanResult;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.yaml.Problems;

/** Runs the shipped detections over records and gives the alerts: real Flink, real files. */
public final class Replay {

    private Organization organization = Organization.UNKNOWN;
    private final List<Path> detections = new ArrayList<>();
    private int parallelism = 1;
    private Duration lateness;
    private boolean alone;

    public static Replay withShippedDetections() {
        return new Replay();
    }

    public Replay of(Organization known) {
        organization = known;
        return this;
    }

    public Replay parallelism(int subtasks) {
        parallelism = subtasks;
        return this;
    }

    public Replay lateness(Duration bound) {
        lateness = bound;
        return this;
    }

    /** Runs these rules alone, which is quicker: the text of a rule file. */
    public static Replay of(String rules) {
        Replay replay = new Replay().and(rules);
        replay.alone = true;
        return replay;
    }

    /** Adds rules beside the shipped ones: the text of a rule file. */
    public Replay and(String rules) {
        try {
            Path file = Files.createTempFile("entrawatch-rules-", ".yml");
            file.toFile().deleteOnExit();
            detections.add(Files.writeString(file, rules));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Catalogue catalogue(Organization organization) {
        return catalogue(organization, List.of());
    }

    private static Catalogue catalogue(Organization organization, List<Path> detections) {
        Problems problems = new Problems();
        Catalogue catalogue = CatalogueReader.read(detections, organization, problems);
        problems.throwIfAny();
        return catalogue;
    }

    private Catalogue catalogue() {
        Catalogue all = catalogue(organization, detections);
        return alone ? new Catalogue(own(all.entries()), own(all.parts())) : all;
    }

    private List<Catalogue.Entry> own(List<Catalogue.Entry> entries) {
        return entries.stream()
                .filter(entry -> detections.contains(
                        Path.of(entry.detection().metadata().header().position().file())))
                .toList();
    }

    /** Each list is a file of its own. */
    @SafeVarargs
    public final ScanResult scan(List<String>... files) {
        try {
            Path directory = Files.createTempDirectory("entrawatch-replay-");
            List<Path> paths = new ArrayList<>();
            for (List<String> lines : files) {
                Path file = directory.resolve("logs-" + paths.size() + ".ndjson");
                Files.write(file, lines);
                paths.add(file);
            }
            try {
                ScanResult result = new Scan(catalogue(), organization, parallelism)
                        .lateness(lateness)
                        .run(paths, directory, done -> {});
                // Reads them, before they are gone.
                result.documents();
                return result;
            } finally {
                FileUtils.deleteDirectory(directory.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The alerts of one detection over one file. */
    public List<JsonNode> alerts(String detection, List<String> lines) {
        return scan(lines).documents().stream()
                .filter(alert -> alert.at("/rule/id").asText().equals(detection))
                .toList();
    }
}
