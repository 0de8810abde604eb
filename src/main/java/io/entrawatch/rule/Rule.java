package io.entrawatch.rule;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;

/**
 * A checked and compiled Sigma rule over single events.
 *
 * @param fields the fields it looks at
 * @param missingLists the placeholders for which no tenant has a list; a rule with any of them never matches
 */
public record Rule(
        RuleHeader header, LogSource source, Matcher matcher, EnumSet<Field> fields, Set<String> missingLists)
        implements SigmaDocument, Serializable {

    public boolean matches(EntraEvent event) {
        return event.kind().source() == source && matcher.matches(event);
    }
}
