package io.entrawatch.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which of the organization's lists a condition cannot do without. Of alternatives one is enough, and each of them is
 * quiet by itself; what is negated needs all its lists, because without them it would hold for everything.
 */
final class NeededLists {

    private final Matcher condition;
    private final Placeholders placeholders;

    NeededLists(Matcher condition, Placeholders placeholders) {
        this.condition = condition;
        this.placeholders = placeholders;
    }

    /** The lists for want of which no tenant gets an answer; empty where some tenant does. */
    Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        Matcher.Listed answered = answered(condition);
        if (!answered.others() && !answered.tenants().containsValue(true)) {
            addLists(condition, missing);
            missing.removeIf(placeholders::isKnownToSomebody);
            if (missing.isEmpty()) {
                addLists(condition, missing);
            }
        }
        return missing;
    }

    /** The condition, quiet for tenants that lack what it needs. */
    Matcher whereListed() {
        return whereListed(condition);
    }

    private Matcher whereListed(Matcher asked) {
        Set<String> lists = new TreeSet<>();
        addLists(asked, lists);
        if (lists.isEmpty()) {
            return asked;
        }
        Matcher quiet = withQuietAlternatives(asked, true);
        Matcher.Listed answered = answered(asked);
        boolean everywhere = answered.others() && !answered.tenants().containsValue(false);
        return everywhere ? quiet : new Matcher.And(List.of(answered, quiet));
    }

    /** The same question without the marks, in which an alternative without its lists does not hold. */
    private Matcher withQuietAlternatives(Matcher matcher, boolean asked) {
        if (matcher instanceof Matcher.Needing needing) {
            return withQuietAlternatives(needing.part(), asked);
        }
        if (matcher instanceof Matcher.Not not) {
            return new Matcher.Not(withQuietAlternatives(not.part(), !asked));
        }
        if (matcher instanceof Matcher.And and) {
            return new Matcher.And(and.parts().stream()
                    .map(part -> withQuietAlternatives(part, asked))
                    .toList());
        }
        if (matcher instanceof Matcher.Or or) {
            return new Matcher.Or(or.parts().stream()
                    .map(part -> asked ? whereListed(part) : withQuietAlternatives(part, false))
                    .toList());
        }
        return matcher;
    }

    /** For which tenants the lists are there. */
    private Matcher.Listed answered(Matcher asked) {
        Map<String, Boolean> tenants = new HashMap<>();
        for (String tenant : placeholders.tenants()) {
            tenants.put(tenant, isAnswered(asked, true, list -> placeholders
                    .list(tenant, list)
                    .isPresent()));
        }
        boolean others =
                isAnswered(asked, true, list -> placeholders.shared(list).isPresent());
        return new Matcher.Listed(Map.copyOf(tenants), others);
    }

    private static boolean isAnswered(Matcher matcher, boolean asked, Predicate<String> has) {
        if (matcher instanceof Matcher.Needing needing) {
            return has.test(needing.list()) && isAnswered(needing.part(), asked, has);
        }
        if (matcher instanceof Matcher.Not not) {
            return isAnswered(not.part(), !asked, has);
        }
        if (matcher instanceof Matcher.And and) {
            return and.parts().stream().allMatch(part -> isAnswered(part, asked, has));
        }
        if (matcher instanceof Matcher.Or or && !or.parts().isEmpty()) {
            return asked
                    ? or.parts().stream().anyMatch(part -> isAnswered(part, true, has))
                    : or.parts().stream().allMatch(part -> isAnswered(part, false, has));
        }
        return true;
    }

    private static void addLists(Matcher matcher, Set<String> into) {
        if (matcher instanceof Matcher.Needing needing) {
            into.add(needing.list());
            addLists(needing.part(), into);
        } else if (matcher instanceof Matcher.Not not) {
            addLists(not.part(), into);
        } else if (matcher instanceof Matcher.And and) {
            and.parts().forEach(part -> addLists(part, into));
        } else if (matcher instanceof Matcher.Or or) {
            or.parts().forEach(part -> addLists(part, into));
        }
    }

    /** The same question without the marks. */
    static Matcher bare(Matcher matcher) {
        if (matcher instanceof Matcher.Needing needing) {
            return bare(needing.part());
        }
        if (matcher instanceof Matcher.Not not) {
            return new Matcher.Not(bare(not.part()));
        }
        if (matcher instanceof Matcher.And and) {
            return new Matcher.And(and.parts().stream().map(NeededLists::bare).toList());
        }
        if (matcher instanceof Matcher.Or or) {
            return new Matcher.Or(or.parts().stream().map(NeededLists::bare).toList());
        }
        return matcher;
    }
}
