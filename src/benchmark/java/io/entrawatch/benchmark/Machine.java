package io.entrawatch.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.flink.runtime.util.EnvironmentInformation;

/** Says on what the figures were measured. */
final class Machine {

    /** With more of a core than this at work before the benchmark its figures are not to be trusted. */
    private static final double QUIET = 0.1;

    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Of the first line of {@code /proc/stat}: since the start, in hundredths of a second; see proc(5). */
    private static final int IDLE = 4;

    private static final int WAITING = 5;
    private static final int LAST_OF_ALL = 8;

    private Machine() {}

    static List<String> describe() throws IOException, SQLException, InterruptedException {
        List<String> lines = new ArrayList<>();
        double busy = busyCores();
        lines.add(LocalDate.now(ZoneOffset.UTC) + ", " + value("/proc/cpuinfo", "model name") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, "
                + String.format(
                        Locale.ROOT,
                        "%.0f",
                        Long.parseLong(value("/proc/meminfo", "MemTotal").replace(" kB", "")) / 1024.0 / 1024.0)
                + " GB");
        lines.add(
                "JDK " + Runtime.version() + ", Flink " + EnvironmentInformation.getVersion() + ", DuckDB " + duckDb());
        lines.add(String.format(Locale.ROOT, "before the run %.2f cores were at work", busy));
        if (busy > QUIET) {
            lines.add("WARNING: the machine was not quiet; what is said by the wall is not to be trusted");
        }
        return lines;
    }

    private static String duckDb() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /** How many cores work while this process waits; the build that started it is no part of it, as of a load average. */
    private static double busyCores() throws IOException, InterruptedException {
        long before = busyTicks();
        Thread.sleep(LOOK.toMillis());
        return (busyTicks() - before) / 100.0 / LOOK.toSeconds();
    }

    private static long busyTicks() throws IOException {
        String[] ticks = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
        long busy = 0;
        for (int i = 1; i <= LAST_OF_ALL; i++) {
            busy += i == IDLE || i == WAITING ? 0 : Long.parseLong(ticks[i]);
        }
        return busy;
    }

    private static String value(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
