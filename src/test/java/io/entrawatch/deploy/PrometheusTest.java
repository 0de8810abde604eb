package io.entrawatch.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.testkit.Skip;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules for Prometheus: each asks for what the job tells, and says what to do. */
class PrometheusTest {

    private static final Path DIRECTORY = Path.of("deploy/prometheus");

    private static final Pattern NAME = Pattern.compile("\\bflink_\\w+");
    private static final Pattern NAMES = Pattern.compile("__name__=~\"([^\"]+)\"");
    private static final Pattern OF_AN_OPERATOR = Pattern.compile("\\b(flink_\\w+)\\{(operator_name)=~\"([^\"]+)\"");

    @TempDir
    private Path directory;

    @Test
    void everyAlertSaysWhatItIsAndWhatToDo() {
        assertThat(alerts()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(name).matches("Entrawatch[A-Za-z]+");
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("warning", "critical");
            assertThat(alert.path("for").asText()).as(name).matches("\\d+m");
            for (String annotation : List.of("summary", "description", "runbook")) {
                assertThat(alert.at("/annotations/" + annotation).asText())
                        .as(name)
                        .isNotBlank();
            }
        });
        assertThat(alerts().stream().map(alert -> alert.path("alert").asText())).doesNotHaveDuplicates();
    }

    @Test
    void everyMetricThatIsAskedForIsOneOfARunningJob() throws Exception {
        List<String> samples = MeasuredJob.samplesOf(directory);
        Set<String> told =
                samples.stream().map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = new TreeSet<>();
        for (JsonNode rule : rules()) {
            String expression = rule.path("expr").asText();
            OF_AN_OPERATOR.matcher(expression).results().forEach(found -> {
                String sample = found.group(1) + "\\{.*\\b" + found.group(2) + "=\"" + found.group(3) + "\".*";
                if (samples.stream().noneMatch(line -> line.matches(sample))) {
                    unknown.add(found.group());
                }
            });
            NAMES.matcher(expression).results().map(found -> found.group(1)).forEach(pattern -> {
                if (told.stream().noneMatch(name -> name.matches(pattern))) {
                    unknown.add(pattern);
                }
            });
            NAME.matcher(NAMES.matcher(expression).replaceAll("")).results().forEach(found -> {
                if (!told.contains(found.group())) {
                    unknown.add(found.group());
                }
            });
        }
        assertThat(unknown).as("none of the %s metrics of the job", told.size()).isEmpty();
    }

    @Test
    void everyAlertIsExplainedOnThePage() throws IOException {
        String page = Files.readString(DIRECTORY.resolve("README.md"));
        assertThat(alerts().stream().map(alert -> "`" + alert.path("alert").asText() + "`"))
                .allSatisfy(name -> assertThat(page).contains(name));
    }

    @Test
    void prometheusTakesTheFilesAndFiresWhenItShould() throws IOException {
        for (Path file : List.of(
                DIRECTORY.resolve("prometheus.yaml"),
                DIRECTORY.resolve("rules.yaml"),
                Path.of("src/test/resources/prometheus/rules-test.yaml"))) {
            Files.copy(file, directory.resolve(file.getFileName()));
        }
        Program checked = Program.run(directory, "promtool", "check", "config", "prometheus.yaml");
        Skip.unless(!checked.isMissing(), "no promtool here: the rules were not shown to Prometheus");
        assertThat(checked.exit()).as(checked.output()).isZero();
        Program tested = Program.run(directory, "promtool", "test", "rules", "rules-test.yaml");
        assertThat(tested.exit()).as(tested.output()).isZero();
    }

    private static List<JsonNode> alerts() {
        return rules().stream().filter(rule -> !rule.has("record")).toList();
    }

    private static List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        Manifests.one(DIRECTORY.resolve("rules.yaml")).get("groups").forEach(group -> group.get("rules")
                .forEach(rules::add));
        return rules;
    }
}
