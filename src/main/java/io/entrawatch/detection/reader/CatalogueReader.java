package io.entrawatch.detection.reader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.DetectionMetadata;
import io.entrawatch.detection.MatchDetection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.rule.Correlation;
import io.entrawatch.rule.Filter;
import io.entrawatch.rule.Rule;
import io.entrawatch.rule.RuleReader;
import io.entrawatch.rule.SigmaDocument;
import io.entrawatch.rule.Switch;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;

/**
 * Reads rule files into a catalogue: first the detections that come with Entrawatch, then directories, whose documents
 * take the place of earlier ones of the same name.
 */
public final class CatalogueReader {

    private final Organization organization;
    private final Problems problems;
    private final RuleReader rules;
    private final Map<String, SigmaDocument> byName = new TreeMap<>();
    private final Map<String, Switch> switches = new TreeMap<>();
    private final List<Filter> filters = new ArrayList<>();

    private CatalogueReader(Organization organization, Problems problems) {
        this.problems = problems;
        this.organization = organization;
        this.rules = new RuleReader(organization, problems);
    }

    /** The shipped detections and those of some directories or files. */
    public static Catalogue read(List<Path> directories, Organization organization, Problems problems) {
        CatalogueReader reader = new CatalogueReader(organization, problems);
        reader.add(RuleFiles.shipped());
        for (Path directory : directories) {
            reader.add(RuleFiles.below(directory, problems));
        }
        return reader.build();
    }

    /** Adds the files of one directory; within it a name may stand once. */
    private void add(Map<String, String> files) {
        Map<String, Position> seen = new HashMap<>();
        files.forEach((file, text) -> {
            for (SigmaDocument document : rules.read(file, text)) {
                String name = document.header().name();
                if (document instanceof Filter filter) {
                    filters.add(filter);
                    continue;
                }
                if (document instanceof Switch turned) {
                    switches.put(name, turned);
                    continue;
                }
                Position earlier =
                        seen.putIfAbsent(name, document.header().places().name());
                if (earlier != null) {
                    problems.add(document.header().places().name(), "name: " + name + " is also at " + earlier);
                }
                byName.put(name, document);
            }
        });
    }

    private Catalogue build() {
        new SharedIds(byName, problems).rejectReferences(filters);
        new FilterRules(byName, problems).apply(filters);
        Map<String, SigmaDocument> documents = new HashMap<>();
        for (SigmaDocument document : byName.values()) {
            String id = document.header().id();
            if (id != null) {
                documents.put(id, document);
            }
        }
        documents.putAll(byName);
        CorrelationReader correlations = new CorrelationReader(documents, problems);
        Map<String, Detection> detections = new TreeMap<>();
        for (SigmaDocument document : byName.values()) {
            if (document instanceof Correlation correlation) {
                correlations.read(correlation).ifPresent(detection -> detections.put(detection.name(), detection));
            } else if (document instanceof Rule rule) {
                detections.put(rule.header().name(), new MatchDetection(DetectionMetadata.of(rule.header()), rule));
            }
        }
        rejectIdleSwitches(detections, correlations.parts());
        Switches switched = new Switches(detections, switches, organization);
        QuietParts quietParts = new QuietParts(byName, detections);
        List<Catalogue.Entry> entries = new ArrayList<>();
        List<Catalogue.Entry> parts = new ArrayList<>();
        for (Detection detection : detections.values()) {
            boolean part = correlations.parts().contains(detection.name());
            if (!part) {
                entries.add(new Catalogue.Entry(detection, switched.offBecause(detection)));
            } else if (!(detection instanceof MatchDetection)) {
                parts.add(new Catalogue.Entry(quietParts.quiet(detection), switched.offBecause(detection)));
            }
        }
        return new Catalogue(List.copyOf(entries), List.copyOf(parts));
    }

    private void rejectIdleSwitches(Map<String, Detection> detections, Set<String> parts) {
        switches.forEach((name, turned) -> {
            if (name.isEmpty()) {
                return;
            }
            if (filters.stream().anyMatch(filter -> filter.header().name().equals(name))) {
                problems.add(
                        turned.header().places().name(),
                        "name: " + name + " is a filter and cannot be switched (expected: the name of a detection)");
            } else if (!detections.containsKey(name)) {
                problems.add(
                        turned.header().places().name(),
                        "name: there is no detection " + name + Problems.suggestion(name, detections.keySet()));
            } else if (parts.contains(name) && detections.get(name) instanceof MatchDetection) {
                problems.add(
                        turned.header().places().name(),
                        "name: " + name
                                + " is only a part of others and cannot be switched by itself (expected: the name"
                                + " of a detection)");
            }
        });
    }
}
