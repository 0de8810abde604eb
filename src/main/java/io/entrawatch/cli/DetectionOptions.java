package io.entrawatch.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.yaml.Problems;

/** The options that say what to look for. */
final class DetectionOptions {

    @Option(
            names = "--detections",
            paramLabel = "DIR",
            description = "Directory or file with further rules; may be given several times. A rule takes the place of"
                    + " an earlier one of the same name.")
    private List<Path> detections = new ArrayList<>();

    @Option(names = "--organization", paramLabel = "FILE", description = "What is known about the organization.")
    private @Nullable Path organization;

    /** What was read. */
    record Loaded(Catalogue catalogue, Organization organization) {}

    /** Reads both, and refuses with all problems at once. */
    Loaded load() {
        Problems problems = new Problems();
        Organization known =
                organization == null ? Organization.UNKNOWN : OrganizationReader.read(organization, problems);
        Catalogue catalogue = CatalogueReader.read(detections, known, problems);
        problems.throwIfAny();
        return new Loaded(catalogue, known);
    }
}
