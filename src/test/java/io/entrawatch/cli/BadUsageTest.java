package io.entrawatch.cli;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is typed wrong is told in one line, in the words of who types it. */
class BadUsageTest {

    @TempDir
    private Path directory;

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

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "generate --out x --users -1 | --users: -1 (expected: 1 to 1000000)",
                "generate --out x --users 1000001 | --users: 1000001 (expected: 1 to 1000000)",
                "generate --out x --days 0 | --days: 0 (expected: 1 to 3660)",
                "generate --out x --days 10000 | --days: 10000 (expected: 1 to 3660)",
                "generate --out x --users 3 --tenants 4 | --tenants: 4 (expected: 1 to 3, as many as --users)",
                "generate --out x --start 2000-01-01 | --start: 2000-01-01 (expected: 2000-01-02 to 2099-12-16, with 15 days)",
                "generate --out x --start 2099-12-27 --days 5 | --start: 2099-12-27 (expected: 2000-01-02 to 2099-12-26",
                "scorecard --days 3661 | --days: 3661 (expected: 1 to 3660)"
            })
    void aNumberOutOfItsRangeIsTold(String line, String told) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(commands.err()).hasLineCount(1).contains(told);
    }

    @Test
    void allNumbersOutOfTheirRangesAreTold() {
        assertThat(run("generate --out x --users 0 --days 0")).isEqualTo(2);
        assertThat(commands.err()).hasLineCount(2).contains("--users: 0 (", "--days: 0 (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2000-01-02", "2099-12-30"})
    void whatBeginsOnTheFirstOrTheLastDayIsRead(String day) {
        Path logs = directory.resolve("logs");
        assertThat(run("generate --users 20 --days 1 --start " + day + " --out " + logs))
                .isZero();
        assertThat(run("scan " + logs.resolve("signins.ndjson") + " --out " + directory.resolve("out")))
                .isZero();
        assertThat(commands.out()).contains(" 0 dead letters");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "config | config: no such command (expected: demo, generate, rules, run, scan, scorecard)",
                "config --help | config: no such command (expected: demo, generate, rules, run, scan, scorecard)",
                "--help config | config: no such command (expected: demo, generate, rules, run, scan, scorecard)",
                "scna x | scna: no such command (expected: demo, generate, rules, run, scan, scorecard) (did you mean 'scan'?)",
                "rules lsit | lsit: no such command (expected: check, explain, fields, list, page)",
                "rules lsit | ) (did you mean 'list'?)",
                "rules lsit --help | ) (did you mean 'list'?)"
            })
    void aCommandThatThereIsNotIsTold(String line, String told) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(commands.err()).hasLineCount(1).contains(told);
        assertThat(commands.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"scan x --lateness 5m --tennant y | '--tennant'", "rules list more | 'more'"})
    void whatACommandDoesNotTakeIsToldWithHowItGoes(String line, String told) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(commands.err()).contains(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "rules --help", "scan --help", "rules list --help", "--version"})
    void helpIsGivenWhereItIsAskedFor(String line) {
        assertThat(run(line)).isZero();
        assertThat(commands.out()).isNotEmpty();
        assertThat(commands.err()).isEmpty();
    }

    private int run(String line) {
        return commands.run((Object[]) line.split(" "));
    }
}
