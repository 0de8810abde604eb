package io.entrawatch.rule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;

import static org.assertj.core.api.Assertions.assertThat;

class KeywordsTest {

    private static final EntraEvent EVENT =
            Events.with(Events.signIn(), Field.RECORD_TEXT, "ann@contoso.example", "Sign-in activity");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "- CONTOSO # true",
                "- fabrikam # false",
                "[ fabrikam, 'sign*activity' ] # true",
                "- 'ann*activity' # false",
                "'|all': [ contoso, activity ] # true",
                "'|all': [ contoso, fabrikam ] # false",
                "'|re': 'co[a-z]+o[.]' # true"
            })
    void aWordIsFoundInAnyValueOfTheRecord(String line, boolean expected) {
        Rule rule = ReadRule.onSignIns(line).rule();
        assertThat(rule.fields()).contains(Field.RECORD_TEXT);
        assertThat(rule.matches(EVENT)).isEqualTo(expected);
    }

    @Test
    void wordsAndFieldsMayStandBesideEachOther() {
        assertThat(ReadRule.onSignIns("[ fabrikam, { app: x } ]").matches(Events.from("x")))
                .isTrue();
    }
}
