package io.entrawatch.rule;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.entrawatch.yaml.Position;

/**
 * A rule as it is written, for explanations and checks.
 *
 * @param selections in the order of the file
 * @param conditions the rule's own, and those of the filters that were added to it
 * @param condition where the rule's own stands
 * @param lists where each list is first asked for
 * @param sound whether its selections and its condition could be read
 */
public record Outline(
        Map<String, Matcher> selections,
        List<String> conditions,
        Position condition,
        Map<String, Position> lists,
        boolean sound)
        implements Serializable {

    public Outline {
        selections = Collections.unmodifiableMap(new LinkedHashMap<>(selections));
        conditions = List.copyOf(conditions);
        lists = Map.copyOf(lists);
    }

    /** This and a filter's, whose selections are told by its name. */
    Outline and(String filter, Outline added) {
        Map<String, Matcher> all = new LinkedHashMap<>(selections);
        added.selections.forEach((name, matcher) -> all.put(filter + ": " + name, matcher));
        List<String> both = new ArrayList<>(conditions);
        added.conditions.forEach(condition -> both.add(filter + ": " + condition));
        Map<String, Position> asked = new HashMap<>(added.lists);
        asked.putAll(lists);
        return new Outline(all, both, condition, asked, sound && added.sound);
    }
}
