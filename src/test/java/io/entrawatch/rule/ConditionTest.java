package io.entrawatch.rule;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;

import static org.assertj.core.api.Assertions.assertThat;

class ConditionTest {

    private static final List<Field> FIELDS =
            List.of(Field.APP_ID, Field.USER_ID, Field.DEVICE_ID, Field.SESSION_ID, Field.RESOURCE_ID);

    @ParameterizedTest(name = "{0} where {1} are met: {2}")
    @CsvSource({
        "a and b or c,          a b c, c,   true",
        "a and b or c,          a b c, a,   false",
        "c or a and b,          a b c, a b, true",
        "c or a and b,          a b c, b,   false",
        "a and (b or c),        a b c, c,   false",
        "a and (b or c),        a b c, a c, true",
        "not a and b,           a b,   b,   true",
        "not a and b,           a b,   '',  false",
        "not (a and b),         a b,   a,   true",
        "not (a and b),         a b,   a b, false",
        "not not a,             a,     a,   true",
        "a or not b,            a b,   '',  true",
        "((a)),                 a,     a,   true",
        "A_1 AND NOT b-2,       A_1 b-2, A_1, true",
        "(a)or(b),              a b,   b,   true",
        "1 of x*,               x1 x2, x2,  true",
        "1 of x*,               x1 x2, '',  false",
        "any of x*,             x1 x2, x1,  true",
        "all of x*,             x1 x2, x1,  false",
        "all of x*,             x1 x2, x1 x2, true",
        "1 of *_main_*,         f_main_1 g_main_2, g_main_2, true",
        "a and not 1 of x_*,    a x_1 x_2, a, true",
        "a and not 1 of x_*,    a x_1 x_2, a x_2, false",
        "all of them,           a b,   a b, true",
        "all of them,           a b,   a,   false",
        "1 of them,             a b,   b,   true",
        "all of a,              a,     a,   true",
        "all of them or _c,     a b _c, a b, true",
        "1 of them or (_c and a), a b _c, _c, false"
    })
    void conditionsAreReadAsSigmaMeansThem(String condition, String selections, String met, boolean expected) {
        assertThat(read(condition, selections).matches(where(selections, met))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "selektion | 14 | no selection is named 'selektion' (did you mean 'selection'?)",
                "selection and xyz | 28 | no selection is named 'xyz'",
                "selection and (selection or selection | 28 | this parenthesis is never closed",
                "selection) | 23 | ')' is one too many (expected: and, or, or the end)",
                "selection and () | 29 | ')' (expected: the name of a selection)",
                "selection selection | 24 | 'selection' is one too many (expected: and, or, or the end)",
                "selection and | 27 | ends too early (expected: the name of a selection)",
                "not | 17 | ends too early (expected: the name of a selection)",
                "and selection | 14 | no selection is named 'and'",
                "2 of selection* | 14 | '2 of' (expected: 1 of, any of, all of)",
                "1 of | 18 | ends too early (expected: them, or the name of a selection with *)",
                "1 of filter* | 19 | no selection is named like 'filter*'",
                "selection & selection | 24 "
                        + "| '&' (expected: the name of a selection, and, or, not, of, parentheses)",
                "'selection and xyz' | 29 | no selection is named 'xyz'"
            })
    void aWrongConditionIsToldWithItsPlace(String condition, int column, String message) {
        ReadRule read = read(condition, "selection");

        assertThat(read.problem()).isEqualTo("trial.yml:5:" + column + ": condition: " + message);
    }

    @Test
    void aCountBehindABarIsRefused() {
        assertThat(read("a | count() by userId > 10", "a").problem())
                .isEqualTo(
                        "trial.yml:5:16: condition: 'count() by userId > 10' is Sigma's older form of counting"
                                + " (expected: a correlation document of type event_count with group-by, timespan and condition)");
    }

    @Test
    void aNearbySelectionBehindABarIsRefused() {
        assertThat(read("a | near b", "a b").problem())
                .isEqualTo("trial.yml:6:16: condition: 'near b' is Sigma's older form of rules that match together"
                        + " (expected: a correlation document of type temporal with group-by and timespan)");
    }

    @Test
    void themLeavesOutNamesThatBeginWithAnUnderscore() {
        ReadRule read = read("1 of them", "a _b");

        assertThat(read.matches(where("a _b", "a"))).isTrue();
        assertThat(read.matches(where("a _b", "_b"))).isFalse();
    }

    @Test
    void aSelectionThatNoConditionUsesIsAProblem() {
        assertThat(read("a", "a b").problem()).isEqualTo("trial.yml:5:6: b: no condition uses this selection");
    }

    @Test
    void severalConditionsAreAlternatives() {
        ReadRule read = read("[ a, b and c ]", "a b c");

        assertThat(read.matches(where("a b c", "a"))).isTrue();
        assertThat(read.matches(where("a b c", "b c"))).isTrue();
        assertThat(read.matches(where("a b c", "b"))).isFalse();
    }

    @Test
    void aWrongAlternativeIsToldWithItsOwnPlace() {
        assertThat(read("[ a, c ]", "a").problem()).isEqualTo("trial.yml:5:19: condition: no selection is named 'c'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | an empty list", "{ a: b } | a mapping", "[ [ a ] ] | a list", "[ null ] | nothing"})
    void aConditionThatIsNoTextIsRefused(String condition, String described) {
        assertThat(read(condition, "a").problems())
                .anyMatch(problem -> problem.startsWith("trial.yml:5:1")
                        && problem.endsWith("condition: " + described + " (expected: the names of selections)"));
    }

    @Test
    void aConditionOverSeveralLinesIsRead() {
        ReadRule folded = read(">\n    a and\n    b", "a b");

        assertThat(folded.matches(where("a b", "a b"))).isTrue();
        assertThat(folded.matches(where("a b", "a"))).isFalse();
        assertThat(read(">\n    a and\n    x", "a").problem())
                .isEqualTo("trial.yml:5:14: condition: no selection is named 'x'");
    }

    @Test
    void aMissingConditionIsToldWithItsPlace() {
        String text =
                """
                title: A trial
                logsource: { product: azure, service: signinlogs }
                detection:
                  a: { appId: x }
                """;
        assertThat(ReadRule.of(text).problem())
                .isEqualTo("trial.yml:4:3: condition: missing (expected: the names of selections)");
        assertThat(ReadRule.of("title: A trial\nlogsource: { product: azure, service: signinlogs }")
                        .problem())
                .isEqualTo("trial.yml:1:1: condition: missing (expected: the names of selections)");
    }

    @Test
    void deepNestingIsRefusedAndLongConditionsAreNot() {
        assertThat(read("(".repeat(5000) + "a" + ")".repeat(5000), "a").problem())
                .contains("nested deeper than 100 levels");
        assertThat(read("a" + " or a".repeat(5000), "a").matches(where("a", "a")))
                .isTrue();
    }

    private static ReadRule read(String condition, String selections) {
        StringBuilder text = new StringBuilder("title: A trial\nlogsource: { product: azure, service: signinlogs }\n");
        text.append("detection:\n");
        String[] names = selections.split(" ");
        for (int i = 0; i < names.length; i++) {
            text.append("  %s: { %s: x }\n".formatted(names[i], FIELDS.get(i).label()));
        }
        return ReadRule.of(text + "  condition: " + condition + "\n");
    }

    private static EntraEvent where(String selections, String met) {
        EntraEvent event = Events.signIn();
        List<String> names = List.of(selections.split(" "));
        for (int i = 0; i < names.size(); i++) {
            if (List.of(met.split(" ")).contains(names.get(i))) {
                event = Events.with(event, FIELDS.get(i), "x");
            }
        }
        return event;
    }
}
