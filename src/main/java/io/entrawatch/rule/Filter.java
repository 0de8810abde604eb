package io.entrawatch.rule;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;
import io.entrawatch.yaml.YamlNode;

/**
 * A Sigma filter: a condition that some rules have to meet besides their own.
 *
 * @param rules the names or ids of the rules; none, or the one word {@code any} or {@code all}, for all
 */
public record Filter(
        RuleHeader header,
        LogSource source,
        List<YamlNode> rules,
        Matcher matcher,
        EnumSet<Field> fields,
        Set<String> missingLists,
        Outline outline)
        implements SigmaDocument {

    private static final Set<String> ALL = Set.of("any", "all");

    /** True for a filter of all rules on its log source. */
    public boolean isForAny() {
        return rules.isEmpty()
                || (rules.size() == 1 && ALL.contains(rules.get(0).text().toLowerCase(Locale.ROOT)));
    }
}
