package io.entrawatch.benchmark;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.entrawatch.benchmark.Variant.Compared;

/** How the cost of an event grows with what there is of rules, people, tenants, skew and bytes; one process a point. */
final class Growth {

    private static final int USERS = 20_000;
    private static final int TENANTS = 20;
    private static final int BYTES = 3_200;
    private static final int KILOBYTE = 1024;

    /** The largest records are fewer, so that a file stays below two gigabytes. */
    private static final long MOST_BYTES = 2_000_000_000;

    private final Path home;
    private final PrintStream out;
    private final long events;

    /** @param events at each point */
    Growth(Path home, PrintStream out, long events) {
        this.home = home;
        this.out = out;
        this.events = events;
    }

    /** A point: what is varied, and the work. */
    private record At(int value, int rules, int parallelism, GrowthRecords records) {}

    /** Measures all dimensions, draws a plot of each, and tells in Markdown. */
    String run(Path plots) throws Exception {
        StringBuilder page = new StringBuilder();
        page.append(dimension(plots, "rules", "rules beside the shipped ones", points(10, 100, 1_000, 5_000)));
        page.append(dimension(plots, "users", "users", points(1_000, 10_000, 100_000, 1_000_000, 3_000_000)));
        page.append(dimension(plots, "tenants", "tenants", points(1, 20, 500, 5_000)));
        page.append(dimension(plots, "skew", "% of the events are one tenant's (parallelism 2)", points(10, 50, 90)));
        page.append(dimension(plots, "size", "KB of a record", points(1, 3, 8, 64)));
        return page.toString();
    }

    private static List<Integer> points(Integer... points) {
        return List.of(points);
    }

    private At at(String dimension, int value) {
        return switch (dimension) {
            case "rules" -> new At(value, value, 1, records(USERS, TENANTS, 0, BYTES));
            case "users" -> new At(value, 0, 1, records(value, TENANTS, 0, BYTES));
            case "tenants" -> new At(value, 0, 1, records(USERS, value, 0, BYTES));
            case "skew" -> new At(value, 0, 2, records(USERS, TENANTS, value, BYTES));
            case "size" -> new At(value, 0, 1, records(USERS, TENANTS, 0, value * KILOBYTE));
            default -> throw new IllegalArgumentException(dimension);
        };
    }

    private GrowthRecords records(int users, int tenants, int largest, int bytes) {
        return new GrowthRecords(Math.min(events, MOST_BYTES / bytes), users, tenants, largest, bytes);
    }

    private String dimension(Path plots, String name, String across, List<Integer> values) throws Exception {
        List<Plot.Point> costs = new ArrayList<>();
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT, "%n| %s | CPU µs/event | events/s | peak MB | events |%n|---|---|---|---|---|%n", across));
        for (int value : values) {
            At at = at(name, value);
            Measurement measured = measure(name, at);
            costs.add(new Plot.Point(value, String.format(Locale.ROOT, "%,d", value), measured.micros()));
            page.append(String.format(
                    Locale.ROOT,
                    "| %,d | %.1f | %,.0f | %,.0f | %,d |%n",
                    value,
                    measured.micros(),
                    measured.eventsPerSecond(),
                    measured.peakMegabytes(),
                    at.records().events()));
        }
        Plot plot = new Plot("Cost of an event by " + name, across, "CPU µs/event", costs);
        Files.writeString(plots.resolve("growth-" + name + ".svg"), plot.svg());
        return page.toString();
    }

    private Measurement measure(String name, At at) throws Exception {
        Path directory = home.resolve(at.records().name());
        Files.createDirectories(directory);
        try {
            BenchmarkData data = at.records().write(directory);
            Jobs jobs = new Jobs(data, directory);
            Variant variant = new Variant(
                    name + " " + at.value(),
                    at.parallelism(),
                    JobVariant.class,
                    Compared.ALL_DETECTIONS,
                    results -> List.of(jobs.all(at.parallelism(), at.rules(), results, Map.of())
                            .toString()));
            Rounds run = new Rounds(data, directory, out);
            run.run(List.of(variant), 1);
            return run.measured().get(variant).get(0);
        } finally {
            Rounds.deleteAll(directory);
        }
    }
}
