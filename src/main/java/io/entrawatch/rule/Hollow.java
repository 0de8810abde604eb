package io.entrawatch.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.entrawatch.event.Field;

/** Finds rules that say nothing: those that match every record, or none, whatever a record holds. */
public final class Hollow {

    private enum Truth {
        ALWAYS,
        NEVER,
        DEPENDS
    }

    private Hollow() {}

    /** What is wrong with a rule's condition, or nothing. */
    public static Optional<String> of(Rule rule) {
        return switch (truth(rule.matcher())) {
            case ALWAYS ->
                Optional.of("condition: matches every record of service "
                        + rule.source().service());
            case NEVER -> rule.missingLists().isEmpty() ? Optional.of("condition: can never match") : Optional.empty();
            case DEPENDS -> Optional.empty();
        };
    }

    private static Truth truth(Matcher matcher) {
        if (matcher instanceof Matcher.And and) {
            return ofAll(and.parts());
        }
        if (matcher instanceof Matcher.Or or) {
            return negated(ofAll(or.parts().stream().map(Hollow::not).toList()));
        }
        if (matcher instanceof Matcher.Not not) {
            return negated(truth(not.part()));
        }
        if (matcher instanceof Matcher.Exists exists && isOfEveryRecord(exists.field())) {
            return exists.expected() ? Truth.ALWAYS : Truth.NEVER;
        }
        if (matcher instanceof Matcher.Passes passes
                && isOfEveryRecord(passes.field())
                && passes.test() instanceof ValueTest.Contains contains
                && contains.part().isEmpty()) {
            return Truth.ALWAYS;
        }
        return Truth.DEPENDS;
    }

    private static Truth ofAll(List<Matcher> together) {
        List<Matcher> parts = together.stream().flatMap(Hollow::partsOf).toList();
        if (Contradiction.isIn(parts)) {
            return Truth.NEVER;
        }
        boolean all = true;
        for (Matcher part : parts) {
            Truth truth = truth(part);
            if (truth == Truth.NEVER || parts.contains(not(part))) {
                return Truth.NEVER;
            }
            all &= truth == Truth.ALWAYS;
        }
        return all ? Truth.ALWAYS : Truth.DEPENDS;
    }

    /** A part, and what has to hold with it. */
    private static Stream<Matcher> partsOf(Matcher part) {
        Stream<Matcher> inner =
                part instanceof Matcher.And and ? and.parts().stream().flatMap(Hollow::partsOf) : Stream.empty();
        return Stream.concat(Stream.of(part), inner);
    }

    private static Matcher not(Matcher part) {
        return part instanceof Matcher.Not not ? not.part() : new Matcher.Not(part);
    }

    private static Truth negated(Truth truth) {
        return switch (truth) {
            case ALWAYS -> Truth.NEVER;
            case NEVER -> Truth.ALWAYS;
            case DEPENDS -> Truth.DEPENDS;
        };
    }

    private static boolean isOfEveryRecord(Field field) {
        return field == Field.TENANT || field == Field.LOG_CATEGORY || field == Field.RECORD_TEXT;
    }
}
