package io.entrawatch.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is typed wrong is told in one line, in the words of who types it. */
class BadUsageTest {

    private final Commands commands = new Commands();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "generate --out x --start tomorrow | '--start': 'tomorrow' (expected: a day such as 2026-03-02)",
                "generate --out x --start 2026-02-30 | '--start': '2026-02-30' (expected: a day such as 2026-03-02)",
                "generate --out x --users ten | '--users': 'ten' (expected: a whole number up to 2147483647)",
                "generate --out x --users 9999999999 | '--users': '9999999999' (expected: a whole number up to",
                "demo --seed x | '--seed': 'x' (expected: a whole number up to 9223372036854775807)",
                "scorecard --seeds 1,,2 | '' (expected: a whole number up to 9223372036854775807)",
                "scan x --parallelism abc | '--parallelism': 'abc' (expected: a whole number up to 2147483647)",
                "scan x --lateness soon | '--lateness': soon (expected: a time span such as 30s, 5m, 24h or 7d)"
            })
    void aValueThatIsNoneIsTold(String line, String told) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(commands.err()).hasLineCount(1).contains(told).doesNotContain("java", "class");
    }

    private int run(String line) {
        return commands.run((Object[]) line.split(" "));
    }
}
