package io.entrawatch.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Step;
import io.entrawatch.detection.organization.ListEntries;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LongText;
import io.entrawatch.rule.Matcher;
import io.entrawatch.rule.Rule;
import io.entrawatch.yaml.Printable;

/** Tells of one record, selection by selection and field by field, why a rule matches it or does not. */
final class Explanation {

    private static final int LONGEST_VALUE = 100;
    private static final String INDENT = "  ";
    private static final String PASSED_BY = "absent, so that it is passed by";

    private final PrintWriter out;
    private final EntraEvent event;

    Explanation(PrintWriter out, EntraEvent event) {
        this.out = out;
        this.event = event;
    }

    /** @param steps what the rule may be for */
    void print(Rule rule, List<Step.OfRule> steps) {
        String name = rule.header().name();
        if (event.kind().source() != rule.source()) {
            line(
                    1,
                    name + ": no, it is about service " + rule.source().service() + ", the record is of "
                            + event.kind().source().service());
            return;
        }
        line(1, name + ": " + answer(rule.matches(event)));
        rule.outline().selections().forEach((selection, matcher) -> {
            line(2, selection + ": " + answer(matcher.matches(event)));
            printParts(matcher, 3);
        });
        rule.outline().conditions().forEach(condition -> line(2, "condition: " + condition));
        if (!rule.missingLists().isEmpty()) {
            line(
                    2,
                    "off, without a list "
                            + rule.missingLists().stream()
                                    .map(ListEntries::entryOf)
                                    .collect(Collectors.joining(", ")));
        }
        if (rule.matches(event)) {
            List<Step.OfRule> of =
                    steps.stream().filter(step -> step.rule().equals(rule)).toList();
            of.stream().map(Step.OfRule::group).distinct().forEach(this::printGroup);
            of.stream()
                    .map(step -> new Step.OfRule(rule, List.of(), step.values()))
                    .filter(step -> !step.values().isEmpty())
                    .distinct()
                    .forEach(this::printValues);
        }
    }

    /** What matches and has no group is passed by, however often it comes. */
    private void printGroup(List<Field> group) {
        for (Field field : group) {
            String text = event.text(field);
            boolean isAbsent = text == null || text.isEmpty();
            line(2, "group by " + field.label() + ": " + (isAbsent ? PASSED_BY : found(field)));
        }
    }

    /** So is what has no value, where values are counted or reckoned with. */
    private void printValues(Step.OfRule step) {
        boolean isAbsent = step.value(event) == null;
        String fields = step.values().stream().map(Field::label).collect(Collectors.joining(", "));
        String values = step.values().stream().map(this::found).collect(Collectors.joining(", "));
        line(2, "value " + fields + ": " + (isAbsent ? PASSED_BY : values));
    }

    private void printParts(Matcher matcher, int depth) {
        if (matcher instanceof Matcher.And and) {
            and.parts().forEach(part -> printNested(part, depth));
        } else {
            printNested(matcher, depth);
        }
    }

    private void printNested(Matcher matcher, int depth) {
        String answer = ": " + answer(matcher.matches(event));
        if (matcher instanceof Matcher.And and) {
            line(depth, "all of these" + answer);
            and.parts().forEach(part -> printNested(part, depth + 1));
        } else if (matcher instanceof Matcher.Or or) {
            line(depth, "one of these" + answer);
            or.parts().forEach(part -> printNested(part, depth + 1));
        } else if (matcher instanceof Matcher.Not not) {
            line(depth, "none of these" + answer);
            printNested(not.part(), depth + 1);
        } else if (matcher instanceof Matcher.ByTenant lists) {
            printOwn(lists.tenants().getOrDefault(event.tenant(), lists.others()), depth);
        } else {
            line(depth, leaf(matcher) + answer);
        }
    }

    private void printOwn(@Nullable Matcher own, int depth) {
        if (own == null) {
            line(depth, "the tenant has no such list: no");
        } else {
            printNested(own, depth);
        }
    }

    private String leaf(Matcher matcher) {
        if (matcher instanceof Matcher.Passes passes) {
            return passes.field().label() + " is " + found(passes.field()) + ", expected "
                    + passes.test().describe();
        }
        if (matcher instanceof Matcher.SameAs same) {
            return same.field().label() + " is " + found(same.field()) + ", expected "
                    + same.other().label() + ", which is " + found(same.other());
        }
        if (matcher instanceof Matcher.Exists exists) {
            return exists.field().label() + " is " + found(exists.field()) + ", expected "
                    + (exists.expected() ? "a value" : "none");
        }
        return "the tenant has the lists";
    }

    private String found(Field field) {
        String[] values = event.fields().all(field);
        if (values == null) {
            return "absent";
        }
        return Arrays.stream(values)
                .filter(Objects::nonNull)
                .map(value -> "'" + abbreviate(value) + "'")
                .collect(Collectors.joining(", "));
    }

    private static String abbreviate(String text) {
        return LongText.cut(text, LONGEST_VALUE);
    }

    private static String answer(boolean yes) {
        return yes ? "yes" : "no";
    }

    private void line(int depth, String text) {
        out.println(INDENT.repeat(depth) + Printable.of(text));
    }
}
