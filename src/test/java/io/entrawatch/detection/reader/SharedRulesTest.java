package io.entrawatch.detection.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.TenantProfile;
import io.entrawatch.rule.RuleReader;
import io.entrawatch.testkit.Skip;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that others share load as they are, from the directory that {@code -Dentrawatch.sigma=DIR} names. */
class SharedRulesTest {

    private static final String DIRECTORY = System.getProperty("entrawatch.sigma", System.getenv("ENTRAWATCH_SIGMA"));
    private static final Pattern PLACEHOLDER = Pattern.compile("%(\\w+)%");

    @Test
    void everyRuleLoadsAndOnlyAggregationsAreRefusedByName() throws IOException {
        Skip.unless(
                DIRECTORY != null, "no shared rules: set -Dentrawatch.sigma or ENTRAWATCH_SIGMA to their directory");
        Map<String, String> files = files(Path.of(DIRECTORY));
        Organization organization = lists(files.values());
        Map<String, List<String>> refused = new TreeMap<>();
        int read = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!file.getValue().contains("product: azure")) {
                continue;
            }
            read++;
            Problems problems = new Problems();
            new RuleReader(organization, problems).read(file.getKey(), file.getValue());
            List<String> messages =
                    problems.all().stream().map(Problem::message).toList();
            boolean aggregation = file.getValue().contains("| count(");
            if (!messages.isEmpty() || aggregation) {
                refused.put(file.getKey(), messages);
            }
        }

        assertThat(read).isPositive();
        assertThat(refused.values())
                .allSatisfy(messages ->
                        assertThat(messages).singleElement().asString().contains("is Sigma's older form of counting"));
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path :
                    below.filter(file -> file.toString().endsWith(".yml")).toList()) {
                files.put(path.toString(), Files.readString(path));
            }
        }
        return files;
    }

    private static Organization lists(Iterable<String> texts) {
        Map<String, List<String>> lists = new HashMap<>();
        for (String text : texts) {
            Matcher names = PLACEHOLDER.matcher(text);
            while (names.find()) {
                lists.put(names.group(1), new ArrayList<>(List.of("one", "two")));
            }
        }
        TenantProfile unknown = Organization.UNKNOWN.others();
        return new Organization(
                Map.of(),
                new TenantProfile(
                        unknown.zone(),
                        Set.of(),
                        Set.of(),
                        unknown.egress(),
                        Set.of(),
                        Map.copyOf(lists),
                        unknown.expected()));
    }
}
