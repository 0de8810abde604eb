package io.entrawatch.detection.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

class CorrelationConditionTest {

    private static final String RULES =
            """
            title: Mail
            name: mail
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { app: Mail }
              condition: selection
            ---
            title: Portal
            name: portal
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { app: Portal }
              condition: selection
            ---
            title: A trial
            name: trial
            correlation:
              rules: [ mail, portal ]
            """;

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "temporal_ordered # timespan: 1h # 20:14: condition: all rules have to match, in order (expected: none,"
                        + " or gte: 2)",
                "not_followed # timespan: 1h # 20:3: condition: unknown here",
                "first_seen # field: app # 20:3: condition: unknown here",
                "increase # by: 20% # 20:3: condition: unknown here",
                "impossible_travel # speed: 900 # 20:3: condition: unknown here"
            })
    void aConditionThatCountsForNothingIsRefused(String type, String entry, String problem) throws IOException {
        read("  type: " + type + "\n  condition: { gte: 5 }\n  " + entry + "\n");

        assertThat(told()).singleElement().asString().startsWith(problem);
    }

    @Test
    void theRuleThatHasToComeLastIsOneOfThem() throws IOException {
        read("  type: temporal\n  timespan: 1h\n  last: portal\n");
        assertThat(told()).isEmpty();

        read("  type: temporal\n  timespan: 1h\n  last: nobody\n");
        assertThat(told()).singleElement().asString().contains("last: nobody (expected: the name of one of the rules)");
    }

    @Test
    void onlyRulesHaveOneThatComesLast() throws IOException {
        read("  type: event_count\n  timespan: 1h\n  condition: { gte: 2 }\n  last: portal\n");
        assertThat(told()).singleElement().asString().contains("last: unknown here");
    }

    @Test
    void whatIsAskedAboutWithoutBeingLearntIsNotToldAgain() throws IOException {
        String asked = "  type: first_seen\n  field: app\n  known-from: [ signed-in ]\n  remind: ";
        read(asked + "false\n");
        assertThat(told()).isEmpty();

        read(asked + "true\n");
        assertThat(told()).singleElement().asString().contains("remind: true does not go with known-from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ gte: 2 }", "{ eq: 2 }", ""})
    void stepsInOrderMayBeAskedForAll(String condition) throws IOException {
        read("  type: temporal_ordered\n  timespan: 1h\n  condition: " + condition + "\n");

        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ gte: 1 }", "{ eq: 1 }", "{ gt: 2 }", "{ gte: 2, lte: 2 }", "{}", "{ gte: [ 2, 2 ] }"})
    void someOfTheStepsInOrderAreRefused(String condition) throws IOException {
        read("  type: temporal_ordered\n  timespan: 1h\n  condition: " + condition + "\n");

        assertThat(told()).isNotEmpty().allMatch(problem -> problem.startsWith("21:"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "event_count # { gte: 10, lte: 5 } # a count from 1 to 10001",
                "event_count # { lt: 1 } # a count from 1 to 10001",
                "event_count # { eq: 0 } # a count from 1 to 10001",
                "value_count # { field: app, gt: 4, lt: 5 } # a count from 1 to 10001",
                "temporal # { gte: 3 } # a count from 1 to 2",
                "temporal # { gt: 2 } # a count from 1 to 2",
                "value_sum # { field: app, gte: 10, lt: 5 } # some number",
                "value_avg # { field: app, gt: 5, lt: 5 } # some number"
            })
    void aConditionThatNeverHoldsIsRefused(String type, String condition, String expected) throws IOException {
        read("  type: " + type + "\n  timespan: 1h\n  condition: " + condition + "\n");

        assertThat(told()).containsExactly("21:14: condition: never holds (expected: one that " + expected + " meets)");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "event_count # { gte: 1 }",
                "event_count # { lt: 3 }",
                "event_count # { gte: 3, lt: 10 }",
                "event_count # { gt: 4, lt: 6 }",
                "event_count # { gt: 10000 }",
                "event_count # { neq: 1 }",
                "temporal # { gte: 2 }",
                "temporal # { eq: 1 }",
                "value_sum # { field: app, gt: 5, lt: 5.5 }",
                "value_sum # { field: app, lt: 0 }",
                "value_median # { field: app, gte: 5, neq: 5 }"
            })
    void aConditionThatMayHoldIsTaken(String type, String condition) throws IOException {
        read("  type: " + type + "\n  timespan: 1h\n  condition: " + condition + "\n");

        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ eq: 2.5 }", "{ lt: x }", "{ gte: -1 }"})
    void aCountIsAWholeNumber(String condition) throws IOException {
        read("  type: event_count\n  timespan: 1h\n  condition: " + condition + "\n");

        assertThat(told()).singleElement().asString().endsWith("(expected: a whole number from 0 to 10000)");
    }

    @Test
    void whatIsRememberedIsRememberedForWholeDays() throws IOException {
        read("  type: first_seen\n  field: app\n  memory: 36h\n");

        assertThat(told()).containsExactly("21:11: memory: 36h (expected: whole days, such as 2d)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "48h", "4w"})
    void wholeDaysMayBeWrittenInAnyUnit(String memory) throws IOException {
        read("  type: first_seen\n  field: app\n  memory: " + memory + "\n");

        assertThat(told()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "condition: { gte: 2 }, group-by: [ time.business ] # event_count # business-hours",
                "condition: { gte: 2, field: user.violatedControls } # value_count"
                        + " # privileged-accounts, privileged-controls",
                "condition: { gte: 2 }, group-by: [ who ], aliases: { who: { mail: user.isVip, portal: app } }"
                        + " # event_count # vips"
            })
    void whoseGroupOrValueNeedsAListIsOffWithoutIt(String entries, String type, String lists) throws IOException {
        String flow = "correlation: { type: " + type + ", timespan: 1h, rules: [ mail, portal ], " + entries + " }\n";
        Catalogue catalogue = read(RULES.replaceFirst("correlation:\n.*\n", "") + flow, Organization.UNKNOWN);

        assertThat(told()).isEmpty();
        assertThat(catalogue.entry("trial"))
                .map(Catalogue.Entry::offBecause)
                .hasValue("the organization has no list " + lists);
        String known =
                """
                defaults:
                  business-hours: { from: "07:00", to: "19:00" }
                  vips: [ boss ]
                  privileged-accounts: [ admin ]
                  privileged-controls: { countries: [ DE ] }
                """;
        Organization organization = OrganizationReader.read("organization.yaml", known, problems);
        assertThat(read(RULES.replaceFirst("correlation:\n.*\n", "") + flow, organization)
                        .entry("trial"))
                .hasValueSatisfying(entry -> assertThat(entry.enabled()).isTrue());
    }

    private void read(String entries) throws IOException {
        read(RULES + entries, Organization.UNKNOWN);
    }

    private Catalogue read(String text, Organization organization) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yml"), text);
        return CatalogueReader.read(List.of(file), organization, problems);
    }

    private List<String> told() {
        return problems.all().stream()
                .map(Problem::toString)
                .map(problem -> problem.substring(
                        directory.resolve("rules.yml:").toString().length()))
                .toList();
    }
}
