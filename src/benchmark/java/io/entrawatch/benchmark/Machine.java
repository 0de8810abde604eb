package io.entrawatch.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.flink.runtime.util.EnvironmentInformation;

/** Says on what the figures were measured. */
final class Machine {

    /** With more than this under way beside the benchmark its figures are not to be trusted. */
    private static final double QUIET = 0.5;

    private Machine() {}

    static List<String> describe() throws IOException, SQLException {
        List<String> lines = new ArrayList<>();
        double load = load();
        lines.add(LocalDate.now(ZoneOffset.UTC) + ", " + value("/proc/cpuinfo", "model name") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, "
                + String.format(
                        Locale.ROOT,
                        "%.0f",
                        Long.parseLong(value("/proc/meminfo", "MemTotal").replace(" kB", "")) / 1024.0 / 1024.0)
                + " GB");
        lines.add(
                "JDK " + Runtime.version() + ", Flink " + EnvironmentInformation.getVersion() + ", DuckDB " + duckDb());
        lines.add(String.format(Locale.ROOT, "load before the run: %.2f", load));
        if (load > QUIET) {
            lines.add("WARNING: the machine was not quiet; what is said by the wall is not to be trusted");
        }
        return lines;
    }

    private static String duckDb() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static String value(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
