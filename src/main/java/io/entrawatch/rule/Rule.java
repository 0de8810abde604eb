package io.entrawatch.rule;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;

/**
 * A checked and compiled Sigma rule over single events.
 *
 * @param fields the fields it looks at
 * @param missingLists the placeholders for which no tenant has a list; a rule with any of them never matches
 * @param levelFrom the field whose value is the level of an alert, or null where the header's level holds
 * @param shown the fields whose values an analyst wants to see
 * @param outline what an explanation shows
 */
public record Rule(
        RuleHeader header,
        LogSource source,
        Matcher matcher,
        EnumSet<Field> fields,
        Set<String> missingLists,
        @Nullable Field levelFrom,
        List<Field> shown,
        Outline outline)
        implements SigmaDocument, Serializable {

    /** Messages name the lists in the order that is kept here. */
    public Rule {
        missingLists = Collections.unmodifiableSet(new TreeSet<>(missingLists));
    }

    public boolean matches(EntraEvent event) {
        return event.kind().source() == source && matcher.matches(event);
    }

    /** This rule without what only explanations need. */
    public Rule withoutOutline() {
        return with(matcher);
    }

    /** This rule for those who know which events it picked and need only its name; it matches nothing. */
    public Rule withoutQuestion() {
        return with(new Matcher.Or(List.of()));
    }

    private Rule with(Matcher other) {
        Outline none = new Outline(Map.of(), List.of(), header.position(), Map.of(), true);
        return new Rule(header, source, other, fields, missingLists, levelFrom, shown, none);
    }

    /** This rule for what passes a filter as well. */
    public Rule filteredBy(Filter filter) {
        EnumSet<Field> looksAt = EnumSet.copyOf(fields);
        looksAt.addAll(filter.fields());
        Set<String> missing = new TreeSet<>(missingLists);
        missing.addAll(filter.missingLists());
        return new Rule(
                header,
                source,
                new Matcher.And(List.of(matcher, filter.matcher())),
                looksAt,
                missing,
                levelFrom,
                shown,
                outline.and(filter.header().name(), filter.outline()));
    }
}
