package io.entrawatch.rule;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule as it is written, for explanations.
 *
 * @param selections in the order of the file
 * @param conditions the rule's own, and those of the filters that were added to it
 */
public record Outline(Map<String, Matcher> selections, List<String> conditions) implements Serializable {

    public Outline {
        selections = Collections.unmodifiableMap(new LinkedHashMap<>(selections));
        conditions = List.copyOf(conditions);
    }

    /** This and a filter's, whose selections are told by its name. */
    Outline and(String filter, Outline added) {
        Map<String, Matcher> all = new LinkedHashMap<>(selections);
        added.selections.forEach((name, matcher) -> all.put(filter + ": " + name, matcher));
        List<String> both = new ArrayList<>(conditions);
        added.conditions.forEach(condition -> both.add(filter + ": " + condition));
        return new Outline(all, both);
    }
}
