package io.entrawatch.rule;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prepares questions for being asked of very many records: what costs little is asked first, and a test that costs much
 * remembers its answers, because most fields have few values. Not serialized: made where the questions are asked.
 */
public final class Prepared {

    private final Map<Matcher.Passes, Matcher.Passes> known = new HashMap<>();

    /** The same question. Equal tests of one field share what they remember. */
    public Matcher of(Matcher matcher) {
        if (matcher instanceof Matcher.And and) {
            return new Matcher.And(inOrder(and.parts()));
        }
        if (matcher instanceof Matcher.Or or) {
            return new Matcher.Or(inOrder(or.parts()));
        }
        if (matcher instanceof Matcher.Not not) {
            return new Matcher.Not(of(not.part()));
        }
        if (matcher instanceof Matcher.Needing needing) {
            return new Matcher.Needing(needing.list(), of(needing.part()));
        }
        if (matcher instanceof Matcher.ByTenant byTenant) {
            Map<String, Matcher> tenants = new HashMap<>();
            byTenant.tenants().forEach((tenant, part) -> tenants.put(tenant, of(part)));
            Matcher others = byTenant.others();
            return new Matcher.ByTenant(tenants, others == null ? null : of(others));
        }
        if (matcher instanceof Matcher.Passes passes && isCostly(passes.test())) {
            return known.computeIfAbsent(
                    passes, costly -> new Matcher.Passes(costly.field(), new ValueTest.Remembered(costly.test())));
        }
        return matcher;
    }

    private List<Matcher> inOrder(List<Matcher> parts) {
        return parts.stream()
                .map(this::of)
                .sorted(Comparator.comparingInt(Prepared::cost))
                .toList();
    }

    private static boolean isCostly(ValueTest test) {
        return !(test instanceof ValueTest.Equal);
    }

    private static int cost(Matcher matcher) {
        if (matcher instanceof Matcher.Exists || matcher instanceof Matcher.Listed) {
            return 0;
        }
        if (matcher instanceof Matcher.Passes passes) {
            return passes.test() instanceof ValueTest.Equal ? 1 : 2;
        }
        if (matcher instanceof Matcher.Not not) {
            return cost(not.part());
        }
        if (matcher instanceof Matcher.And and) {
            return sum(and.parts());
        }
        return matcher instanceof Matcher.Or or ? sum(or.parts()) : 10;
    }

    private static int sum(List<Matcher> parts) {
        return parts.stream().mapToInt(Prepared::cost).sum();
    }
}
