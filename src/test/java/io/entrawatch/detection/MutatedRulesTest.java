package io.entrawatch.detection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import io.entrawatch.rule.RuleReader;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class MutatedRulesTest {

    private static final Map<String, String> SHIPPED = RuleFiles.shipped();
    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\n",
            "\t",
            ":",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "'",
            "\"",
            "&a ",
            "*a",
            "!!x ",
            "|",
            ">",
            "%",
            "---\n",
            "null",
            "~",
            "<<: ",
            "? ",
            "not ",
            "(",
            ")",
            " of ",
            "*",
            "\\",
            "\u0000",
            "\uFFFF",
            "\uD83D",
            "1e999999999",
            "|re",
            "|cidr",
            "|expand",
            "|exists",
            "99999999999999999999",
            "x".repeat(5_000));

    @Property(tries = 500, seed = "20261122")
    void aDamagedRuleFileIsAProblemAndNeverAnException(@ForAll Random random) {
        List<String> files = List.copyOf(SHIPPED.keySet());
        String file = files.get(random.nextInt(files.size()));
        String text = mutated(SHIPPED.get(file), random);
        Problems problems = new Problems();

        assertTimeout(Duration.ofSeconds(5), () -> new RuleReader(Organization.UNKNOWN, problems).read(file, text));

        assertThat(problems.all()).extracting(Problem::message).doesNotContain("");
        assertThat(problems.all())
                .allMatch(problem -> problem.at().file().equals(file)
                        && problem.at().line() > 0
                        && problem.at().column() > 0);
    }

    private static String mutated(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(20));
            text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
