package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.entrawatch.generate.Generator;

/** Writes the logs of an invented tenant. */
@Command(
        name = "generate",
        description = "Writes the logs of an invented tenant with labelled attacks: signins.ndjson, audit.ndjson,"
                + " risk.ndjson, snapshots.ndjson, azure.ndjson, labels.ndjson and organization.yaml.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

    /** A day of so many people is held in memory. */
    static final int MOST_USERS = 1_000_000;

    static final int MOST_DAYS = 3_660;

    /** No time is read that is not of the years 2000 to 2099 of UTC, from which the clocks of people differ. */
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 2);

    private static final LocalDate LATEST = LocalDate.of(2099, 12, 30);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--users",
            defaultValue = "200",
            description =
                    "People (${DEFAULT-VALUE}); with fewer than 200 in a tenant, random background activity may raise"
                            + " unlabeled alerts.")
    private int users;

    @Option(
            names = "--days",
            defaultValue = "15",
            description =
                    "Days (${DEFAULT-VALUE}); some attacks take fifteen, and with fewer, attacks overlap and may raise"
                            + " joint alerts.")
    private int days;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "The same seed gives the same files (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--tenants",
            defaultValue = "1",
            description = "Number of tenants (${DEFAULT-VALUE}); --users are divided among them.")
    private int tenants;

    @Option(names = "--start", defaultValue = "2026-03-02", description = "The first day (${DEFAULT-VALUE}).")
    private LocalDate start;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the files go.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        checkRanges();
        long written;
        try {
            written = new Generator(users, days, seed, tenants, start).write(out);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new FailedCommandException(out + ": " + e.getMessage() + "; what is there is not whole", e);
        }
        spec.commandLine().getOut().printf(Locale.ROOT, "%,d records in %s%n", written, out);
        return 0;
    }

    private void checkRanges() {
        NumberRanges ranges = new NumberRanges();
        if (ranges.holds("--users", users, 1, MOST_USERS)) {
            ranges.mustHold(
                    tenants >= 1 && tenants <= users,
                    "--tenants: " + tenants + " (expected: 1 to " + users + ", as many as --users)");
        }
        if (ranges.holds("--days", days, 1, MOST_DAYS)) {
            LocalDate last = LATEST.minusDays(days - 1L);
            ranges.mustHold(
                    !start.isBefore(EARLIEST) && !start.isAfter(last),
                    "--start: " + start + " (expected: " + EARLIEST + " to " + last + ", with " + days + " days)");
        }
        ranges.refuseOthers();
    }
}
