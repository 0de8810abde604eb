package io.entrawatch.detection;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

    private final Problems problems;
    private final RuleReader rules;
    private final Map<String, SigmaDocument> byName = new TreeMap<>();
    private final Map<String, Switch> switches = new TreeMap<>();
    private final List<Filter> filters = new ArrayList<>();

    private CatalogueReader(Organization organization, Problems problems) {
        this.problems = problems;
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
                Position earlier = seen.putIfAbsent(name, document.header().position());
                if (earlier != null) {
                    problems.add(document.header().position(), "name: " + name + " is also at " + earlier);
                }
                byName.put(name, document);
            }
        });
    }

    private Catalogue build() {
        new FilterRules(byName, problems).apply(filters);
        Map<String, Rule> byReference = new HashMap<>();
        Map<String, Correlation> correlations = new TreeMap<>();
        for (SigmaDocument document : byName.values()) {
            if (document instanceof Correlation correlation) {
                correlations.put(correlation.header().name(), correlation);
            } else if (document instanceof Rule rule) {
                byReference.put(rule.header().name(), rule);
                String id = rule.header().id();
                if (id != null) {
                    byReference.put(id, rule);
                }
            }
        }
        Map<String, Detection> detections = new TreeMap<>();
        Set<String> parts = new HashSet<>();
        CorrelationReader reader = new CorrelationReader(byReference, problems);
        for (Correlation correlation : correlations.values()) {
            reader.read(correlation).ifPresent(detection -> {
                detections.put(detection.name(), detection);
                if (!reader.generates()) {
                    detection
                            .steps()
                            .forEach(step -> parts.add(step.rule().header().name()));
                }
            });
        }
        for (Rule rule : new HashSet<>(byReference.values())) {
            String name = rule.header().name();
            if (!parts.contains(name)) {
                detections.put(name, new MatchDetection(DetectionMetadata.of(rule.header()), rule));
            }
        }
        rejectUnknownSwitches(detections.keySet());
        List<Catalogue.Entry> entries = new ArrayList<>();
        for (Detection detection : detections.values()) {
            entries.add(new Catalogue.Entry(detection, offBecause(detection)));
        }
        return new Catalogue(List.copyOf(entries));
    }

    private void rejectUnknownSwitches(Set<String> known) {
        switches.forEach((name, turned) -> {
            if (!known.contains(name) && !name.isEmpty()) {
                problems.add(
                        turned.header().position(),
                        "name: there is no detection " + name + Problems.suggestion(name, known));
            }
        });
    }

    private @org.jspecify.annotations.Nullable String offBecause(Detection detection) {
        Switch turned = switches.get(detection.name());
        if (turned != null && !turned.enabled()) {
            return "switched off in " + turned.header().position().file();
        }
        Set<String> missing = new java.util.TreeSet<>();
        detection.steps().forEach(step -> missing.addAll(step.rule().missingLists()));
        return missing.isEmpty() ? null : "the organization has no list " + String.join(", ", missing);
    }
}
