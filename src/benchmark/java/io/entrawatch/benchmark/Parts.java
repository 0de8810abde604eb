package io.entrawatch.benchmark;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.entrawatch.benchmark.micro.Micro;

/** What is measured beside the variants, each by its name or all after them. */
final class Parts {

    private static final String LATENCY = "latency";
    private static final String MICRO = "micro";
    private static final String GROWTH = "growth";
    private static final String IDLE = "idle";
    private static final String RESTORE = "restore";
    private static final double SHARE_OF_MAXIMUM = 0.5;

    private final BenchmarkData data;
    private final Path home;
    private final PrintStream out;

    Parts(BenchmarkData data, Path home, PrintStream out) {
        this.data = data;
        this.home = home;
        this.out = out;
    }

    /** Runs the parts whose names fit, the longer ones only by name; writes a page for each, and prints it. */
    void run(String only, Map<Variant, List<Measurement>> measured) throws Exception {
        if (LATENCY.matches(only)) {
            show(LATENCY, latency(measured));
        }
        if (only.equals(MICRO)) {
            show(MICRO, Micro.run(Long.getLong("entrawatch.benchmark.micro", 2_000)));
        }
        if (only.equals(GROWTH)) {
            long events = Long.getLong("entrawatch.benchmark.points", 500_000);
            show(GROWTH, new Growth(home.resolve(GROWTH), out, events).run(home));
        }
        if (IDLE.matches(only)) {
            long users = Long.getLong("entrawatch.benchmark.idle", 20_000);
            BenchmarkData signIns = BenchmarkData.of(home.resolve("data"), users * BenchmarkData.EVENTS_OF_A_USER);
            show(IDLE, new IdleState(signIns, home.resolve(IDLE)).run(users));
        }
        if (only.equals(RESTORE)) {
            show(RESTORE, restore(Integer.getInteger("entrawatch.benchmark.restore", 1_000_000)));
        }
    }

    /** People of whom each signed in once in a week, and not again in the next. */
    private String restore(int users) throws Exception {
        Path records = home.resolve("once");
        try {
            BenchmarkData once = new GrowthRecords(users, users, BenchmarkData.TENANTS, 0, 0).write(records);
            return new IdleState(once, home.resolve(RESTORE)).run(users);
        } finally {
            Rounds.deleteAll(records);
        }
    }

    private void show(String name, String page) throws Exception {
        Files.writeString(home.resolve(name + ".md"), page);
        out.println();
        out.print(page);
    }

    private String latency(Map<Variant, List<Measurement>> measured) throws Exception {
        long asked = Long.getLong("entrawatch.benchmark.rate", 0);
        Duration lasting = Duration.ofSeconds(Long.getLong("entrawatch.benchmark.seconds", 60));
        LatencyVariant latency = new LatencyVariant(data, home.resolve("latency"), out);
        double rate = asked > 0 ? asked : SHARE_OF_MAXIMUM * latency.most(maximumFromKafka(measured), lasting);
        return latency.run(rate, lasting);
    }

    /** As the variants found it, or else by one run of the variant that reads from Kafka. */
    private double maximumFromKafka(Map<Variant, List<Measurement>> measured) throws Exception {
        Map<Variant, List<Measurement>> found = measured;
        if (found.keySet().stream().noneMatch(Parts::isFromKafka)) {
            try (KafkaInput kafka = new KafkaInput(data, home.resolve("kafka"))) {
                Rounds run = new Rounds(data, home, out);
                run.run(
                        new Variants(data, kafka, home)
                                .all().stream().filter(Parts::isFromKafka).toList(),
                        1);
                found = run.measured();
            }
        }
        return found.entrySet().stream()
                .filter(entry -> isFromKafka(entry.getKey()))
                .mapToDouble(entry -> Spread.of(entry.getValue(), Measurement::eventsPerSecond)
                        .median())
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFromKafka(Variant variant) {
        return variant.name().equals(Variants.OURS_KAFKA);
    }
}
