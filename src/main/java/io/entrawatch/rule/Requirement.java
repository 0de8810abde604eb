package io.entrawatch.rule;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;

/**
 * What a record must have, so that a rule can match at all: one of some values in one field.
 *
 * @param values as {@link CaseFolding} makes them
 */
public record Requirement(Field field, Set<String> values) {

    /** The narrowest requirement of a matcher; null where it may match whatever the record holds. */
    public static @Nullable Requirement of(Matcher matcher) {
        if (matcher instanceof Matcher.Passes passes) {
            return of(passes.field(), passes.test());
        }
        if (matcher instanceof Matcher.And and) {
            return narrowest(and);
        }
        return matcher instanceof Matcher.Or or ? ofAlternatives(or) : null;
    }

    private static @Nullable Requirement of(Field field, ValueTest test) {
        if (test instanceof ValueTest.Equal equal) {
            return new Requirement(field, Set.of(CaseFolding.fold(equal.expected())));
        }
        return test instanceof ValueTest.OneOf oneOf ? new Requirement(field, oneOf.expected()) : null;
    }

    private static @Nullable Requirement narrowest(Matcher.And and) {
        Requirement narrowest = null;
        for (Matcher part : and.parts()) {
            Requirement required = of(part);
            if (required != null && (narrowest == null || required.values.size() < narrowest.values.size())) {
                narrowest = required;
            }
        }
        return narrowest;
    }

    /** Alternatives in one field add up; one that requires nothing, or another field, leaves nothing required. */
    private static @Nullable Requirement ofAlternatives(Matcher.Or or) {
        Field field = null;
        Set<String> values = new HashSet<>();
        for (Matcher part : or.parts()) {
            Requirement required = of(part);
            if (required == null || (field != null && field != required.field)) {
                return null;
            }
            field = required.field;
            values.addAll(required.values);
        }
        return field == null ? null : new Requirement(field, Set.copyOf(values));
    }
}
