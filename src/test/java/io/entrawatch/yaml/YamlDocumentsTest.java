package io.entrawatch.yaml;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class YamlDocumentsTest {

    private final Problems problems = new Problems();

    @Test
    void aFileMayHoldSeveralDocumentsAndEmptyOnes() {
        List<YamlNode> documents = read("a: 1\n---\n---\n# nothing\n---\nb: 2\n");

        assertThat(documents)
                .extracting(document -> document.entries().keySet().toString())
                .containsExactly("[a]", "[b]");
        assertThat(documents.get(1).position()).isEqualTo(new Position("trial.yml", 6, 1));
        assertThat(told()).isEmpty();
    }

    @Test
    void anEmptyFileHoldsNothing() {
        assertThat(read("")).isEmpty();
        assertThat(read("\uFEFF# a comment")).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void aKeyStandsOnceInAMapping() {
        assertThat(read("a: 1\nb:\n  c: 1\n  c: 2\n---\na: 1\n")).isEmpty();
        assertThat(told()).containsExactly("trial.yml:4:3: c: given twice");
    }

    @Test
    void aKeyIsAName() {
        assertThat(read("? [ a, b ]\n: c\n")).isEmpty();
        assertThat(told()).containsExactly("trial.yml:1:3: key: a list (expected: a name)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[ a, b ]: c", "{ a: b }: c", "? - a\n  : c", "? &a [ *a ]\n  : c", "[ [ a ]: b ]: c"})
    void aKeyThatIsNoNameIsToldWhereItStands(String entry) {
        assertThat(read("a: b\nd:\n  " + entry + "\n")).isEmpty();
        assertThat(told()).singleElement().asString().matches("trial\\.yml:3:[35]: key: a (list|mapping) .+");
    }

    @Test
    void aCharacterThatCannotBePrintedIsToldWithItsPlace() {
        assertThat(read("a: b\r\nc: \uD83D\uDE00\nd: x\u0007y\n")).isEmpty();
        assertThat(told())
                .containsExactly(
                        "trial.yml:3:5: not valid YAML: the character U+0007 (expected: one that can be printed,"
                                + " or an escape in double quotes)");
    }

    @Test
    void aTabIsNoIndentation() {
        assertThat(read("a:\n\tb: 1\n")).isEmpty();
        assertThat(told()).singleElement().asString().startsWith("trial.yml:2:1: not valid YAML: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [ 1, 2", "a: 'open", "a: b: c", "%", "a: *nowhere", "a: \u0007", "}", "- a\nb: c"})
    void whatIsNoYamlIsToldWithItsPlace(String text) {
        assertThat(read(text)).isEmpty();
        assertThat(told()).singleElement().asString().matches("(?s)trial\\.yml:[12]:\\d+: not valid YAML: .+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{ a: ", "- "})
    void deepNestingIsRefusedBeforeItIsFollowed(String level) {
        assertThat(read(level.repeat(50_000))).isEmpty();
        assertThat(told()).singleElement().asString().endsWith("nested deeper than 100 levels");
    }

    @Test
    void someNestingIsFine() {
        assertThat(read("[".repeat(100) + "]".repeat(100))).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&a [ *a ]", "&a { b: *a }", "&a [ *a, *a, *a, *a ]", "x: &a\n  - b: { c: *a }\n  - *a\n"})
    void nothingContainsItself(String text) {
        assertTimeout(Duration.ofSeconds(5), () -> assertThat(read(text)).isEmpty());
        assertThat(told()).anyMatch(problem -> problem.endsWith(": contains itself"));
    }

    @Test
    void aliasesThatMultiplyAreReadInBoundedTime() {
        StringBuilder bomb = new StringBuilder("l0: &l0 [ x ]\n");
        for (int i = 1; i <= 16; i++) {
            bomb.append("l%d: &l%d [ *l%d, *l%d, *l%d ]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertTimeout(
                Duration.ofSeconds(5), () -> assertThat(read(bomb.toString())).hasSize(1));
    }

    @Test
    void manyAliasesAreRefused() {
        assertThat(read("a: &a [ x ]\nb: [ " + "*a, ".repeat(1_000) + " ]\n")).hasSize(1);
        assertThat(read("a: &a x\nb: [ " + "*a, ".repeat(5_000) + " ]\n")).hasSize(1);
        assertThat(told()).isEmpty();

        assertThat(read("a: &a [ x ]\nb: [ " + "*a, ".repeat(1_001) + " ]\n")).isEmpty();
        assertThat(told())
                .containsExactly("trial.yml:2:4006: more than 1000 aliases of lists and mappings (expected: each"
                        + " written out, or given once for all)");
    }

    @Test
    void aTextOfHalfAMegabyteIsRead() {
        String text = "x".repeat(500_000);
        assertTimeout(Duration.ofSeconds(10), () -> {
            YamlNode value = read("a: " + text).get(0).entries().get("a");
            assertThat(value.text()).hasSize(500_000);
            assertThat(value.describe()).hasSizeLessThan(100);
        });
    }

    /** Read in small steps this takes so long that the limit of every test ends it. */
    @ParameterizedTest
    @ValueSource(strings = {"a: ", "a: \"", "a: |\n  ", "- '"})
    void aTextOfManyMegabytesIsRead(String before) {
        String end = before.endsWith("\"") ? "\"" : before.endsWith("'") ? "'" : "";
        assertThat(read(before + "x".repeat(16_000_000) + end)).hasSize(1);
    }

    @Test
    void aMessageAboutAHugeValueIsShortAndQuick() {
        YamlMapping mapping =
                new YamlMapping(read("zone: " + "x".repeat(500_000)).get(0), problems);

        assertTimeout(Duration.ofSeconds(10), () -> mapping.zone("zone", java.time.ZoneOffset.UTC));
        assertThat(told()).singleElement().asString().hasSizeLessThan(2_000).contains("expected: a time zone");
    }

    @Test
    void noTypeBeyondYamlsOwnIsMade() {
        YamlNode value = read("a: !!javax.script.ScriptEngineManager [ !!java.net.URL [ 'http://x' ] ]")
                .get(0);
        assertThat(value.entries().get("a").isSequence()).isTrue();
    }

    @Test
    void nullIsWrittenInFourWays() {
        assertThat(read("a: null\nb: ~\nc:\nd: NULL\n").get(0).entries().values())
                .allMatch(YamlNode::isNull);
        assertThat(read("a: 'null'\nb: \"~\"\nc: ''\n").get(0).entries().values())
                .noneMatch(YamlNode::isNull);
    }

    private List<YamlNode> read(String text) {
        return YamlDocuments.read("trial.yml", text, problems);
    }

    private List<String> told() {
        return problems.all().stream().map(Problem::toString).toList();
    }
}
