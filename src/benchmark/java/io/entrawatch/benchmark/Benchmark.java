package io.entrawatch.benchmark;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The one command: makes the data, runs all variants in turn, and says which targets are met. */
public final class Benchmark {

    private static final long EVENTS = 1_000_000;
    private static final int ROUNDS = 3;

    private Benchmark() {}

    /** @param args where everything goes */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        long events = Long.getLong("entrawatch.benchmark.events", EVENTS);
        int rounds = Integer.getInteger("entrawatch.benchmark.rounds", ROUNDS);
        String only = System.getProperty("entrawatch.benchmark.only", "");
        Path home = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
        List<String> machine = Machine.describe();
        machine.forEach(out::println);
        BenchmarkData data = BenchmarkData.of(home.resolve("data"), events);
        Rounds run = new Rounds(data, home, out);
        try (KafkaInput kafka = new KafkaInput(data, home.resolve("kafka"))) {
            List<Variant> variants = new Variants(data, kafka, home)
                    .all().stream()
                            .filter(variant -> variant.key().matches(only.isEmpty() ? ".*" : only))
                            .toList();
            run.run(variants, rounds);
        }
        String page = ResultPage.of(machine, data, rounds, run);
        Files.writeString(home.resolve("report.md"), page);
        out.println();
        out.print(page);
        new Parts(data, home, out).run(only.isEmpty() ? ".*" : only, run.measured());
    }
}
