package io.entrawatch.yaml;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class YamlMappingTest {

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "30s, PT30S", "5m, PT5M", "24h, PT24H", "7d, PT168H", "2w, PT336H", "0s, PT0S"})
    void timeSpansAreANumberAndAUnit(String text, Duration expected) {
        assertThat(mapping("a: " + text).duration("a")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"24", "24 h", "24H", "-1h", "1.5h", "h", "1M", "one day", "9999999999s"})
    void anythingElseIsNoTimeSpan(String text) {
        assertThat(mapping("a: " + text).duration("a", Duration.ZERO)).isZero();
        assertThat(told())
                .containsExactly("trial.yml:1:4: a: " + text + " (expected: a time span such as 30s, 5m, 24h or 7d)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "0", "11", "3d", "NaN", "0x3", "''"})
    void aNumberIsWholeAndInItsRange(String text) {
        assertThat(mapping("a: " + text).number("a", 7, 1, 10)).isEqualTo(7);
        assertThat(told()).singleElement().asString().endsWith("(expected: a whole number from 1 to 10)");
    }

    @Test
    void sharesAreWrittenInPercent() {
        assertThat(mapping("a: 12.5%").percentage("a", 0)).isEqualTo(0.125);
        assertThat(mapping("a: 0.125").percentage("a", 1)).isEqualTo(1);
        assertThat(told()).containsExactly("trial.yml:1:4: a: 0.125 (expected: a percentage such as 10%)");
    }

    @Test
    void aZoneIsOneThatExists() {
        assertThat(mapping("a: Europe/Berlin").zone("a", ZoneOffset.UTC)).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(mapping("a: Europe/Berlim").zone("a", ZoneOffset.UTC)).isEqualTo(ZoneOffset.UTC);
        assertThat(mapping("a: 'not a zone!'").zone("a", ZoneOffset.UTC)).isEqualTo(ZoneOffset.UTC);
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "trial.yml:1:4: a: Europe/Berlim (expected: a time zone such as Europe/Berlin)"
                                + " (did you mean 'Europe/Berlin'?)",
                        "trial.yml:1:4: a: not a zone! (expected: a time zone such as Europe/Berlin)");
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertThat(mapping("a: true").flag("a", false)).isTrue();
        assertThat(mapping("b: true").flag("a", true)).isTrue();
        assertThat(mapping("a: True").flag("a", false)).isTrue();
        assertThat(mapping("a: FALSE").flag("a", true)).isFalse();
        assertThat(mapping("a: treu").flag("a", false)).isFalse();
        assertThat(mapping("a:").flag("a", true)).isTrue();
        assertThat(told())
                .containsExactly(
                        "trial.yml:1:3: a: no value (expected: false, true)",
                        "trial.yml:1:4: a: treu (expected: false, true) (did you mean 'true'?)");
    }

    @Test
    void whatNobodyAskedForIsTold() {
        YamlMapping mapping = mapping("timespan: 1h\ntimespam: 2h\ncolour: red\n");
        mapping.duration("timespan");
        mapping.rejectOthers();

        assertThat(told())
                .containsExactly(
                        "trial.yml:2:1: timespam: unknown here (did you mean 'timespan'?) (expected: timespan)",
                        "trial.yml:3:1: colour: unknown here (expected: timespan)");
    }

    @Test
    void aWrongShapeIsToldWhereItStands() {
        YamlMapping mapping = mapping("a: [ x ]\nb: { c: d }\ne: 5\n");
        mapping.required("a");
        mapping.texts("b");
        mapping.mapping("e");

        assertThat(told())
                .containsExactly(
                        "trial.yml:1:1: a: missing (expected: a text)",
                        "trial.yml:1:4: a: a list (expected: a text)",
                        "trial.yml:2:4: b: a mapping (expected: a text)",
                        "trial.yml:3:4: '5' (expected: a mapping of names to values)");
    }

    @Test
    void anAbsentMappingIsLookedForWhereItShouldStand() {
        mapping("a: 1").mapping("b").mapping("c").required("d");

        assertThat(told()).containsExactly("trial.yml:1:1: d: missing (expected: a text)");
    }

    @Test
    void onlyNearNamesAreSuggested() {
        List<String> known = List.of("alpha", "beta", "x");

        assertThat(Problems.nearest("alpa", known)).contains("alpha");
        assertThat(Problems.nearest("BETA", known)).contains("beta");
        assertThat(Problems.nearest("btea", known)).as("two letters exchanged").contains("beta");
        assertThat(Problems.nearest("gamma", known)).isEmpty();
        assertThat(Problems.nearest("y", known)).isEmpty();
        assertThat(Problems.nearest("", known)).isEmpty();
    }

    @Test
    void problemsAreToldByFileAndLineAndEachOnce() {
        problems.add(new Position("b.yml", 1, 1), "one");
        problems.add(new Position("a.yml", 10, 1), "two");
        problems.add(new Position("a.yml", 9, 1), "three");
        problems.add(new Position("a.yml", 9, 1), "three");

        assertThat(told()).containsExactly("a.yml:9:1: three", "a.yml:10:1: two", "b.yml:1:1: one");
        assertThat(new InvalidDocumentException(problems.all()))
                .hasMessage("a.yml:9:1: three\na.yml:10:1: two\nb.yml:1:1: one");
    }

    private YamlMapping mapping(String text) {
        return new YamlMapping(YamlDocuments.read("trial.yml", text, problems).get(0), problems);
    }

    private List<String> told() {
        return problems.all().stream().map(Problem::toString).toList();
    }
}
