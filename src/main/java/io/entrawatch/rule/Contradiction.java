package io.entrawatch.rule;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.entrawatch.event.Field;
import io.entrawatch.event.SignInStatus;

/** Finds questions that cannot all be answered with yes, because a record has one value where they ask for two. */
final class Contradiction {

    /** Fields of which a record has never more than one value; of a status, one outcome. */
    private static final Set<Field> OF_ONE_VALUE = EnumSet.of(
            Field.ERROR_CODE,
            Field.STATUS,
            Field.RESULT,
            Field.CONDITIONAL_ACCESS,
            Field.INTERACTIVE,
            Field.USER_TYPE,
            Field.RISK_LEVEL,
            Field.TIME_BUSINESS,
            Field.USER_IS_PRIVILEGED,
            Field.USER_IS_VIP,
            Field.SOURCE_IS_TRUSTED);

    private static final Set<String> OUTCOMES = Stream.of(
                    SignInStatus.SUCCESS, SignInStatus.FAILURE, SignInStatus.INTERRUPTED)
            .map(CaseFolding::fold)
            .collect(Collectors.toUnmodifiableSet());

    private Contradiction() {}

    static boolean isIn(List<Matcher> parts) {
        List<Matcher.Passes> asked = parts.stream()
                .filter(Matcher.Passes.class::isInstance)
                .map(Matcher.Passes.class::cast)
                .filter(passes -> OF_ONE_VALUE.contains(passes.field()) && !mayBeReason(passes))
                .toList();
        for (Matcher.Passes one : asked) {
            for (Matcher.Passes other : asked) {
                if (one.field() == other.field() && exclude(one.test(), other.test())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A status has its reason beside the outcome. */
    private static boolean mayBeReason(Matcher.Passes passes) {
        boolean outcome =
                passes.test() instanceof ValueTest.Equal equal && OUTCOMES.contains(CaseFolding.fold(equal.expected()));
        return passes.field() == Field.STATUS && !outcome;
    }

    private static boolean exclude(ValueTest one, ValueTest other) {
        if (one instanceof ValueTest.Equal equal && other instanceof ValueTest.Equal another) {
            return !equal.expected().equalsIgnoreCase(another.expected());
        }
        if (one instanceof ValueTest.Equal equal && other instanceof ValueTest.Compared compared) {
            return !compared.passes(equal.expected());
        }
        return one instanceof ValueTest.Compared above
                && other instanceof ValueTest.Compared below
                && nothingBetween(above, below);
    }

    private static boolean nothingBetween(ValueTest.Compared above, ValueTest.Compared below) {
        boolean isAbove =
                above.comparison() == ValueTest.Comparison.GT || above.comparison() == ValueTest.Comparison.GTE;
        boolean isBelow =
                below.comparison() == ValueTest.Comparison.LT || below.comparison() == ValueTest.Comparison.LTE;
        int compared = above.limit().compareTo(below.limit());
        boolean both = above.comparison() == ValueTest.Comparison.GTE && below.comparison() == ValueTest.Comparison.LTE;
        return isAbove && isBelow && (compared > 0 || (compared == 0 && !both));
    }
}
