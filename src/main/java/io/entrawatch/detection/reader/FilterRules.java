package io.entrawatch.detection.reader;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.entrawatch.rule.Correlation;
import io.entrawatch.rule.Filter;
import io.entrawatch.rule.Rule;
import io.entrawatch.rule.SigmaDocument;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlNode;

/** Adds filters to the rules that they name. */
final class FilterRules {

    private final Map<String, SigmaDocument> byName;
    private final Problems problems;

    FilterRules(Map<String, SigmaDocument> byName, Problems problems) {
        this.byName = byName;
        this.problems = problems;
    }

    void apply(List<Filter> filters) {
        for (Filter filter : filters) {
            if (filter.isForAny()) {
                rules().stream()
                        .filter(rule -> rule.source() == filter.source())
                        .forEach(rule -> add(filter, rule));
            } else {
                filter.rules().forEach(reference -> add(filter, reference));
            }
        }
    }

    private void add(Filter filter, YamlNode reference) {
        Optional<Rule> named =
                rules().stream().filter(rule -> isNamed(reference, rule)).findFirst();
        if (named.isEmpty() && isCorrelation(reference)) {
            problems.add(reference.position(), "rules: " + reference.text() + " is a correlation (expected: a rule)");
        } else if (named.isEmpty()) {
            Set<String> known = new TreeSet<>();
            rules().forEach(rule -> known.add(rule.header().name()));
            problems.add(
                    reference.position(),
                    "rules: there is no rule " + reference.describe() + Problems.suggestion(reference.text(), known));
        } else if (named.get().source() != filter.source()) {
            problems.add(
                    reference.position(),
                    "rules: " + reference.text() + " is on service "
                            + named.get().source().service() + " (expected: "
                            + filter.source().service() + ")");
        } else {
            add(filter, named.get());
        }
    }

    private void add(Filter filter, Rule rule) {
        byName.put(rule.header().name(), rule.filteredBy(filter));
    }

    private boolean isCorrelation(YamlNode reference) {
        return byName.values().stream()
                .anyMatch(document -> document instanceof Correlation && isNamed(reference, document));
    }

    private static boolean isNamed(YamlNode reference, SigmaDocument document) {
        return reference.text().equalsIgnoreCase(document.header().name())
                || reference.text().equalsIgnoreCase(document.header().id());
    }

    private List<Rule> rules() {
        return byName.values().stream()
                .filter(Rule.class::isInstance)
                .map(Rule.class::cast)
                .toList();
    }
}
