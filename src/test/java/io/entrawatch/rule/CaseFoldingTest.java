package io.entrawatch.rule;

import java.util.Set;

import org.junit.jupiter.api.Test;

import io.entrawatch.event.Field;

import static org.assertj.core.api.Assertions.assertThat;

class CaseFoldingTest {

    @Test
    void everyLetterIsTheSameInUpperAndLowerCaseWhereAComparisonSaysSo() {
        for (int letter = Character.MIN_CODE_POINT; letter <= Character.MAX_CODE_POINT; letter++) {
            compare(letter, Character.toUpperCase(letter));
            compare(letter, Character.toLowerCase(letter));
            compare(letter, Character.toTitleCase(letter));
        }
    }

    private static void compare(int letter, int other) {
        if (letter != other) {
            String text = Character.toString(letter);
            String another = Character.toString(other);
            assertThat(CaseFolding.fold(text).equals(CaseFolding.fold(another)))
                    .as("U+%04X and U+%04X", letter, other)
                    .isEqualTo(text.equalsIgnoreCase(another));
        }
    }

    @Test
    void aLetterThatIsWrittenOtherwiseAtTheEndOfAWordIsTheSame() {
        for (String spelling : new String[] {"οδοσ", "οδος", "ΟΔΟΣ"}) {
            assertThat(CaseFolding.fold(spelling)).isEqualTo("οδοσ");
        }
        assertThat(CaseFolding.fold("Azure PORTAL 50126")).isEqualTo("azure portal 50126");
    }

    @Test
    void aRuleRequiresAndTestsTheSameText() {
        Rule one = ReadRule.onSignIns("app: 'οδοσ'").rule();
        Rule many = ReadRule.onSignIns("app: [ a, b, c, d, e, f, g, 'οδοσ' ]").rule();

        for (Rule rule : new Rule[] {one, many}) {
            assertThat(rule.matches(Events.from("ΟΔΟΣ"))).isTrue();
            assertThat(Requirement.of(rule.matcher()))
                    .satisfies(required -> assertThat(required.values()).contains(CaseFolding.fold("ΟΔΟΣ")));
        }
        assertThat(Requirement.of(one.matcher())).isEqualTo(new Requirement(Field.APP_NAME, Set.of("οδοσ")));
    }
}
