package io.entrawatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Generates tenants, runs the detections over them, and prints how well they did as a page of Markdown. */
@Command(
        name = "scorecard",
        description =
                "Generates tenants with hidden attacks, runs the detections over them and prints recall, precision"
                        + " and time to detect as Markdown.",
        mixinStandardHelpOptions = true)
final class ScorecardCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seeds",
            split = ",",
            defaultValue = "1,2,3",
            paramLabel = "N",
            description = "One tenant for each (${DEFAULT-VALUE}).")
    private List<Long> seeds = List.of();

    @Option(
            names = "--users",
            defaultValue = "300",
            description =
                    "People of a tenant (${DEFAULT-VALUE}); with fewer than 200, random background activity may raise"
                            + " unlabeled alerts.")
    private int users;

    @Option(
            names = "--days",
            defaultValue = "15",
            description = "Days (${DEFAULT-VALUE}); with fewer, attacks overlap and may raise joint alerts.")
    private int days;

    @Option(
            names = "--explain",
            description = "Also tells on the error stream which attacks were missed and which alerts were wrong.")
    private boolean explain;

    @Override
    public Integer call() throws Exception {
        NumberRanges ranges = new NumberRanges();
        ranges.holds("--users", users, 1, GenerateCommand.MOST_USERS);
        ranges.holds("--days", days, 1, GenerateCommand.MOST_DAYS);
        ranges.refuseOthers();
        Path directory = Files.createTempDirectory("entrawatch-scorecard-");
        try {
            ScorecardRun run = new ScorecardRun(users, days, directory);
            for (long seed : seeds) {
                run.add(seed);
            }
            spec.commandLine().getOut().print(ScorecardPage.of(run, seeds));
            if (explain) {
                run.card()
                        .missed()
                        .forEach(missed -> spec.commandLine().getErr().println("missed " + missed));
                run.card().wrong().forEach(wrong -> spec.commandLine().getErr().println("wrong " + wrong));
            }
            spec.commandLine().getOut().flush();
        } finally {
            FileUtils.deleteDirectory(directory.toFile());
        }
        return 0;
    }
}
