package io.entrawatch.detection.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.entrawatch.rule.Correlation;
import io.entrawatch.rule.Filter;
import io.entrawatch.rule.RuleHeader;
import io.entrawatch.rule.SigmaDocument;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlNode;

/** Refuses references to an id that several documents have: a copied rule often still has that of the other. */
final class SharedIds {

    /** The entries of correlations that name rules. */
    private static final List<String> REFERRING = List.of("rules", "outnumbering", "known-from");

    private final Map<String, SigmaDocument> byName;
    private final Problems problems;
    private final Map<String, List<RuleHeader>> byId = new HashMap<>();

    SharedIds(Map<String, SigmaDocument> byName, Problems problems) {
        this.byName = byName;
        this.problems = problems;
        for (SigmaDocument document : byName.values()) {
            String id = document.header().id();
            if (id != null) {
                byId.computeIfAbsent(id.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(document.header());
            }
        }
    }

    void rejectReferences(List<Filter> filters) {
        filters.forEach(filter -> filter.rules().forEach(this::rejectIfShared));
        for (SigmaDocument document : byName.values()) {
            if (document instanceof Correlation correlation) {
                for (String entry : REFERRING) {
                    YamlNode references = correlation.body().peek(entry);
                    if (references != null) {
                        references.items().forEach(this::rejectIfShared);
                    }
                }
            }
        }
    }

    private void rejectIfShared(YamlNode reference) {
        List<RuleHeader> meant = byId.getOrDefault(reference.text().toLowerCase(Locale.ROOT), List.of());
        if (meant.size() > 1 && !byName.containsKey(reference.text())) {
            String places = meant.stream()
                    .map(header -> header.name() + " at " + header.position())
                    .collect(Collectors.joining(" and of "));
            problems.add(
                    reference.position(),
                    reference.text() + ": the id of " + places + " (expected: an id of one rule)");
        }
    }
}
