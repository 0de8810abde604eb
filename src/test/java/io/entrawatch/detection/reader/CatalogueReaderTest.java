package io.entrawatch.detection.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.Field;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogueReaderTest {

    private static final String ID = "3e9d5b7c-2f18-4c0a-a6d1-7b4e8c9f0a99";

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    @Test
    void aNameStandsOnceInADirectory() throws IOException {
        write("one/a.yml", rule("trial", "x"));
        write("one/b.yml", rule("trial", "y"));
        load("one");

        assertThat(told()).containsExactly("b.yml:2:7: name: trial is also at " + file("one/a.yml") + ":2:7");
    }

    @Test
    void aSecondDirectoryTakesThePlaceOfNames() throws IOException {
        write("one/a.yml", rule("trial", "x"));
        write("two/b.yml", rule("trial", "y"));
        Catalogue catalogue = load("one", "two");

        assertThat(told()).isEmpty();
        assertThat(catalogue.find("trial"))
                .map(found -> found.metadata().title())
                .hasValue("y");
    }

    @Test
    void aCorrelationHasNoMoreRulesThanStateHasNumbersFor() throws IOException {
        List<String> names = IntStream.rangeClosed(0, Correlated.MOST_STEPS)
                .mapToObj(i -> "r-" + i)
                .toList();
        String rules = names.stream().map(name -> rule(name, "x")).collect(Collectors.joining("---\n"));
        write("one/a.yml", rules + sequence("temporal", "1h", String.join(", ", names)));
        load("one");

        assertThat(told()).singleElement().asString().contains("rules: r-127 is one too many (expected: at most 127)");
    }

    @Test
    void rulesMayBeNamedByTheirIds() throws IOException {
        write("one/a.yml", withId(rule("trial", "x"), ID) + sequence("temporal_ordered", "1h", ID));
        Catalogue catalogue = load("one");

        assertThat(told()).isEmpty();
        assertThat(catalogue.find("a-sequence")).isPresent();
        assertThat(catalogue.find("trial")).isEmpty();
    }

    @Test
    void everyEntryOfACorrelationMayNameByIds() throws IOException {
        String inner = ID.replace('9', '8');
        String outer = sequence("temporal", "1h", "trial").replaceFirst("title", "id: " + inner + "\ntitle")
                + "  group-by: [ userId ]\n"
                + "---\ntitle: Over it\nname: over-it\ncorrelation:\n  type: temporal\n  rules: [ %1$s, %2$s ]\n"
                + "  last: %2$s\n  generate: [ %1$s ]\n  group-by: [ who ]\n  timespan: 1h\n"
                + "  aliases: { who: { %1$s: userId, %2$s: userPrincipalName } }\n";
        for (String id : List.of(ID, ID.toUpperCase(Locale.ROOT))) {
            write("one/a.yml", withId(rule("trial", "x"), ID) + outer.formatted(inner, id));
            Catalogue catalogue = load("one");

            assertThat(told()).isEmpty();
            assertThat(catalogue.find("a-sequence")).isPresent();
            assertThat(catalogue.find("over-it")).hasValueSatisfying(over -> assertThat(((CountDetection) over).last())
                    .isEqualTo(1));
        }
    }

    @Test
    void whatOneCorrelationLetsRaiseAlertsNoOtherKeepsFromIt() throws IOException {
        String other = sequence("temporal", "1h", "trial").replace("a-sequence", "b-sequence");
        String generating = sequence("temporal", "2h", "trial")
                .replace("a-sequence", "c-sequence")
                .replace("correlation:", "generate: true\ncorrelation:");
        write("one/a.yml", rule("trial", "x") + other + generating);
        Catalogue catalogue = load("one");

        assertThat(told()).isEmpty();
        assertThat(catalogue.find("trial")).isPresent();
    }

    @Test
    void aFileOfDocumentsWithoutNamesIsReadByTheirIds() throws IOException {
        String first = ID.replace('9', '8');
        String text = withId(rule("one", "x"), first) + "---\n" + withId(rule("two", "y"), ID)
                + sequence("temporal_ordered", "1h", first + ", " + ID);
        write("one/spec-ids.yml", text.replaceAll("name: .*\n", ""));
        Catalogue catalogue = load("one");

        assertThat(told()).isEmpty();
        assertThat(catalogue.find("spec-ids-3"))
                .map(found -> found.rules().stream().map(rule -> rule.header().name()))
                .hasValueSatisfying(names -> assertThat(names).containsExactly("spec-ids", ID, "failed-sign-in"));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, true", "TRUE, true", "trial, true", "false, false", "False, false"})
    void aPartOfACorrelationIsADetectionOfItsOwnWhereThatIsSaid(String generate, boolean expected) throws IOException {
        String text = rule("trial", "x") + sequence("temporal", "1h", "trial");
        for (String indentation : List.of("  ", "")) {
            write("one/a.yml", text + indentation + "generate: " + generate + "\n");
            Catalogue catalogue = load("one");

            assertThat(told()).isEmpty();
            assertThat(catalogue.find("trial").isPresent()).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "temporal_ordered # 1h # trials # 12:12: rules: there is no rule 'trials' (did you mean 'trial'?)",
                "temporal_orderd # 1h # trial # 11:9: type: temporal_orderd (expected: event_count, first_seen,"
                        + " impossible_travel, increase, not_followed, temporal, temporal_ordered, value_avg, value_count,"
                        + " value_median, value_percentile, value_sum) (did you mean 'temporal_ordered'?)",
                "temporal_ordered # 1 hour # trial # 13:13: timespan: 1 hour (expected: a time span such as"
                        + " 30s, 5m, 24h or 7d)",
                "temporal_ordered # 0s # trial # 13:13: timespan: 0s (expected: more than nothing)"
            })
    void aWrongCorrelationIsToldWithItsPlace(String type, String span, String reference, String problem)
            throws IOException {
        write("one/a.yml", rule("trial", "x") + sequence(type, span, reference));
        load("one");

        assertThat(told()).containsExactly("a.yml:" + problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "{ who: { trial: userId, failed-sign-in: userId } } # ''",
                "{ who: { " + ID + ": userId, failed-sign-in: userId } } # ''",
                "{ who: { trial: userId, failed-sign-in: userId, trials: userId } } # 16:60: trials: unknown here"
                        + " (did you mean 'trial'?) (expected: trial, failed-sign-in)",
                "{ who: { trial: userId, failed-sign-in: userId }, whom: { trial: userId } } # 16:68: whom: no group-by"
                        + " and no field uses this alias",
                "{ who: { trial: userId } } # 15:13: group-by: who is unknown for service signinlogs"
            })
    void anAliasIsOneOfItsRulesAndIsUsed(String aliases, String problem) throws IOException {
        String text = withId(rule("trial", "x"), ID) + sequence("temporal", "1h", "trial");
        write("one/a.yml", text + "  group-by: [ who ]\n  aliases: " + aliases + "\n");
        load("one");

        if (problem.isEmpty()) {
            assertThat(told()).isEmpty();
        } else {
            assertThat(told()).containsExactly("a.yml:" + problem);
        }
    }

    @Test
    void anAliasMayBeOfWhatIsCounted() throws IOException {
        String text = rule("trial", "x") + sequence("value_count", "1h", "trial");
        write(
                "one/a.yml",
                text + "  condition: { gte: 2, field: who }\n"
                        + "  aliases: { who: { trial: userId, failed-sign-in: userPrincipalName } }\n");
        load("one");

        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "temporal_ordered, '', '', 10m",
        "not_followed, '', '', 10m",
        "temporal, '', '', 10m",
        "value_count, '', 'condition: { gte: 2, field: userId }', 10m",
        "event_count, '', 'condition: { gte: 2 }', 24h",
        "temporal, 'suppress: 1h', '', 1h",
        "temporal, '', 'generate: [ inner ]', 24h"
    })
    void aCountThatOnlyFeedsOthersIsQuietForAPartOfTheirTime(String type, String suppress, String more, String quiet)
            throws IOException {
        String inner = sequence("event_count", "24h", "trial").replace("a-sequence", "inner")
                + "  condition: { gte: 3 }\n  group-by: [ userId ]\n  " + suppress + "\n";
        String outer = sequence(type, "320m", "inner") + "  group-by: [ userId ]\n  " + more + "\n";
        write("one/a.yml", rule("trial", "x") + inner + outer);
        Catalogue catalogue = load("one");

        assertThat(told()).isEmpty();
        assertThat(catalogue.all())
                .filteredOn(detection -> detection.name().equals("inner"))
                .extracting(detection -> ((CountDetection) detection).suppress())
                .containsExactly(Duration.parse("PT" + quiet));
    }

    @Test
    void whoDidItIsOneGroupByWhicheverName() throws IOException {
        String audited = rule("trial", "x").replace("signinlogs", "auditlogs").replace("app: x", "result: success");
        String counted = sequence("event_count", "1h", "trial").replace(", failed-sign-in", "");
        write("one/a.yml", audited + counted + "  group-by: [ initiatedBy ]\n  condition: { gte: 2 }\n");
        Catalogue catalogue = load("one");

        assertThat(told()).isEmpty();
        assertThat(catalogue.find("a-sequence")).hasValueSatisfying(detection -> assertThat(detection.steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.OfRule.class, step -> assertThat(step.group()).containsExactly(Field.ACTOR)));
    }

    @Test
    void whoDidItIsTheSameGroupAboveByWhicheverName() throws IOException {
        String audited = rule("trial", "x").replace("signinlogs", "auditlogs").replace("app: x", "result: success");
        String counted = sequence("event_count", "1h", "trial").replace(", failed-sign-in", "");
        write(
                "one/a.yml",
                audited + counted + "  group-by: [ initiatedBy ]\n  condition: { gte: 2 }\n"
                        + "---\ntitle: Over it\nname: over-it\ncorrelation:\n  type: event_count\n  rules: [ a-sequence ]\n"
                        + "  group-by: [ actor ]\n  timespan: 1h\n  condition: { gte: 2 }\n");
        load("one");

        assertThat(told()).isEmpty();
    }

    @Test
    void anAliasOverAlertsIsOfADetection() throws IOException {
        String text = rule("trial", "x") + sequence("temporal", "1h", "trial") + "  group-by: [ userId ]\n"
                + "---\ntitle: Over it\nname: over-it\ncorrelation:\n  type: event_count\n  rules: [ a-sequence ]\n"
                + "  group-by: [ who ]\n  timespan: 1h\n  condition: { gte: 2 }\n  aliases: { who: { %s: userId } }\n";
        write("one/a.yml", text.formatted("a-sequence"));
        load("one");
        assertThat(told()).isEmpty();

        write("one/a.yml", text.formatted("a-sequence: userId, trial"));
        load("one");
        assertThat(told()).containsExactly("a.yml:24:41: trial: unknown here (expected: a-sequence)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"temporal", "temporal_ordered", "event_count"})
    void aConditionOverRulesIsRefused(String type) throws IOException {
        write("one/a.yml", rule("trial", "x") + sequence(type, "1h", "trial") + "  condition: trial and not failed\n");
        load("one");

        assertThat(told())
                .containsExactly(
                        "a.yml:14:14: condition: 'trial and not failed' (expected: a comparison such as gte: 2;"
                                + " conditions over the names of rules are not supported: temporal asks for all of its rules,"
                                + " and with gte for as many of them)");
    }

    @Test
    void namesGoWithoutCase() throws IOException {
        write(
                "one/a.yml",
                rule("My.Rule_1", "x") + sequence("temporal", "1h", "my.Rule_1") + "generate: [ MY.rule_1 ]\n");
        Catalogue catalogue = load("one");

        assertThat(told()).isEmpty();
        assertThat(catalogue.find("my.rule_1")).isPresent();
    }

    @Test
    void aPartThatIsNoneIsToldWhereItIsNamed() throws IOException {
        write("one/a.yml", rule("trial", "x") + sequence("temporal", "1h", "trial") + "generate: [ trail ]\n");
        load("one");

        assertThat(told())
                .containsExactly(
                        "a.yml:14:11: generate: trail (expected: true, false or names among trial, failed-sign-in)");
    }

    @Test
    void anUnknownEntryOfACorrelationIsTold() throws IOException {
        write(
                "one/a.yml",
                rule("trial", "x") + sequence("temporal_ordered", "1h", "trial") + "  groupby: [ tenantId ]\n");
        load("one");

        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("a.yml:14:3: groupby: unknown here (did you mean 'group-by'?)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "maybe # by: 10% # a.yml:13:12: verdict: maybe (expected: literal, significant)",
                "literal # significance: { at-least: 7 } # a.yml:14:17: significance: does not go with verdict: literal",
                "significant # minimum: 7 # a.yml:14:12: minimum: does not go with verdict: significant"
            })
    void whatAVerdictDoesNotAskForIsRefused(String verdict, String entry, String problem) throws IOException {
        String increase =
                sequence("increase", "1h", "trial").replace("timespan: 1h", "verdict: " + verdict + "\n  " + entry);
        write("one/a.yml", rule("trial", "x") + increase);
        load("one");

        assertThat(told()).containsExactly(problem);
    }

    @Test
    void aDetectionWithoutItsListIsOffAndNamesIt() throws IOException {
        write("one/a.yml", rule("trial", "x").replace("app: x", "app|expand: '%approved_apps%'"));
        Catalogue catalogue = load("one");

        assertThat(catalogue.entries())
                .filteredOn(entry -> entry.detection().name().equals("trial"))
                .singleElement()
                .returns("the organization has no list approved_apps", Catalogue.Entry::offBecause)
                .returns(false, Catalogue.Entry::enabled);
    }

    @Test
    void whatIsNotThereIsAProblem() {
        load("nowhere");

        assertThat(told()).containsExactly("nowhere:1:1: there is no such file or directory");
    }

    private Catalogue load(String... names) {
        List<Path> paths = List.of(names).stream().map(directory::resolve).toList();
        return CatalogueReader.read(paths, Organization.UNKNOWN, problems);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private List<String> told() {
        String directories = java.util.regex.Pattern.quote(directory.toString()) + "/((one|two)/)?";
        return problems.all().stream()
                .map(Problem::toString)
                .map(told -> told.replaceFirst(directories, ""))
                .toList();
    }

    private static String rule(String name, String title) {
        return """
                title: %s
                name: %s
                logsource: { product: azure, service: signinlogs }
                detection:
                  selection: { app: x }
                  condition: selection
                """
                .formatted(title, name);
    }

    private static String withId(String rule, String id) {
        return rule.replaceFirst("\n", "\nid: " + id + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "temporal_ordered # 1h # '  at-least: 2h' # at-least: 2h (expected: less than the timespan)",
                "temporal_ordered # 1h # '  suppress: 1x' # suppress: 1x (expected: a time span",
                "temporal_ordered # 1 hour # '  suppress: 1h' # timespan: 1 hour (expected: a time span",
                "event_count # 1 hour # '  condition: { gte: 2 }' # timespan: 1 hour (expected: a time span"
            })
    void oneMistakeHidesNoMisspelledEntry(String type, String timespan, String line, String mistake)
            throws IOException {
        write(
                "one/a.yml",
                rule("trial", "x") + sequence(type, timespan, "trial") + line + "\n  conditon: { gte: 2 }\n");
        load("one");

        assertThat(told())
                .hasSize(2)
                .anyMatch(problem -> problem.contains(mistake))
                .anyMatch(problem -> problem.contains("conditon: unknown here (did you mean 'condition'?)"));
    }

    @Test
    void aRuleThatIsGivenTwiceHidesNoMisspelledEntry() throws IOException {
        write(
                "one/a.yml",
                rule("trial", "x")
                        + sequence("temporal_ordered", "1h", "trial").replace("failed-sign-in", "trial")
                        + "  suppress: 1x\n  conditon: { gte: 2 }\n");
        load("one");

        assertThat(told())
                .hasSize(3)
                .anyMatch(problem -> problem.contains("rules: trial is given twice"))
                .anyMatch(problem -> problem.contains("suppress: 1x"))
                .anyMatch(problem -> problem.contains("conditon: unknown here"));
    }

    private static String sequence(String type, String timespan, String reference) {
        return """
                ---
                title: A sequence
                name: a-sequence
                correlation:
                  type: %s
                  rules: [ %s, failed-sign-in ]
                  timespan: %s
                """
                .formatted(type, reference, timespan);
    }
}
