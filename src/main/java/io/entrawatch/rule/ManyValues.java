package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.entrawatch.event.Field;

/** Asks once whether a value is in a long list, instead of comparing it with each. */
final class ManyValues {

    /** Below this a comparison with each is as fast. */
    private static final int MANY = 8;

    private ManyValues() {}

    static Matcher merge(Field field, List<Matcher> parts) {
        Set<String> texts = new HashSet<>();
        List<Matcher> others = new ArrayList<>();
        for (Matcher part : parts) {
            if (part instanceof Matcher.Passes passes
                    && passes.test() instanceof ValueTest.Equal equal
                    && !equal.cased()) {
                texts.add(CaseFolding.fold(equal.expected()));
            } else {
                others.add(part);
            }
        }
        if (texts.size() < MANY) {
            return new Matcher.Or(List.copyOf(parts));
        }
        others.add(0, new Matcher.Passes(field, new ValueTest.OneOf(Set.copyOf(texts))));
        return others.size() == 1 ? others.get(0) : new Matcher.Or(List.copyOf(others));
    }
}
