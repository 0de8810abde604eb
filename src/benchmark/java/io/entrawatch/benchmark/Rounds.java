package io.entrawatch.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.entrawatch.benchmark.ProcessSampler.Sample;

/** Runs all variants in turn, several times, and compares what they found. */
final class Rounds {

    /** For every variant the same; what its own work needs is for the variant to open. */
    private static final List<String> JVM = List.of(
            "-Xms4g",
            "-Xmx4g",
            "-XX:+UseParallelGC",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "-Dlog4j2.configurationFile="
                    + Path.of("src/test/resources/log4j2-test.properties").toAbsolutePath());

    /** Of util-linux, which is wherever there is a Linux. */
    private static final List<String> ONE_CORE = List.of("taskset", "--cpu-list", "0");

    private final BenchmarkData data;
    private final Path home;
    private final PrintStream out;
    private final Map<Variant, List<Measurement>> measured = new LinkedHashMap<>();
    private final Map<Variant, Integer> found = new LinkedHashMap<>();
    private final Map<Variant.Compared, AlertSet> expected = new EnumMap<>(Variant.Compared.class);
    private final Map<Variant.Compared, String> expectedBy = new EnumMap<>(Variant.Compared.class);

    Rounds(BenchmarkData data, Path home, PrintStream out) {
        this.data = data;
        this.home = home;
        this.out = out;
    }

    void run(List<Variant> variants, int rounds) throws Exception {
        Path raw = Files.writeString(home.resolve("rounds.ndjson"), "");
        for (int round = 1; round <= rounds; round++) {
            for (Variant variant : variants) {
                Measurement measurement = run(variant);
                measured.computeIfAbsent(variant, first -> new ArrayList<>()).add(measurement);
                Files.writeString(raw, json(round, variant, measurement) + "\n", StandardOpenOption.APPEND);
                out.printf(
                        Locale.ROOT,
                        "round %d  %-32s p%d  %7.2f us/event (%5.2f compiling, %5.2f in the kernel)  %,9.0f events/s  %6.1f s  %,6d alerts%n",
                        round,
                        variant.name(),
                        variant.parallelism(),
                        measurement.micros(),
                        measurement.compilerMicros(),
                        measurement.kernelMicros(),
                        measurement.eventsPerSecond(),
                        measurement.coldSeconds(),
                        found.getOrDefault(variant, 0));
            }
        }
    }

    /** All measurements of each variant. */
    Map<Variant, List<Measurement>> measured() {
        return measured;
    }

    /** How many alerts of its detections each variant found. */
    Map<Variant, Integer> found() {
        return found;
    }

    private Measurement run(Variant variant) throws Exception {
        Path run = home.resolve("runs").resolve(variant.key());
        deleteAll(run);
        Path results = Files.createDirectories(run).resolve("out");
        List<String> command = new ArrayList<>(variant.isOnOneCore() ? ONE_CORE : List.of());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(variant.program().getName());
        command.addAll(variant.arguments().of(results));
        File log = run.resolve("log").toFile();
        Process process = new ProcessBuilder(command).redirectError(log).start();
        // It must not outlive a benchmark that somebody breaks off.
        Thread ending = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ending);
        Measurement measurement;
        try {
            measurement = watch(process, variant, results);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(ending);
        }
        compare(variant, results);
        deleteAll(run);
        return measurement;
    }

    private Measurement watch(Process process, Variant variant, Path results) throws Exception {
        ProcessSampler sampler = new ProcessSampler(process);
        Thread sampling = new Thread(sampler, "sampler");
        sampling.start();
        Sample ready = null;
        Sample done = null;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sampler.look(false);
                ready = line.equals(Signals.READY) ? sampler.last() : ready;
                done = line.equals(Signals.DONE) ? sampler.last() : done;
            }
        }
        int code = process.waitFor();
        sampling.join();
        if (code != 0 || ready == null || done == null) {
            throw new IllegalStateException(
                    variant.key() + " ended with " + code + "; its log is " + results.resolveSibling("log"));
        }
        return Measurement.of(variant.work(data, results), variant.passed(), ready, done, sampler);
    }

    private void compare(Variant variant, Path results) throws IOException {
        if (variant.compared() == Variant.Compared.NOTHING) {
            return;
        }
        AlertSet alerts = AlertSet.read(results);
        found.put(variant, alerts.alerts().size());
        AlertSet first = expected.putIfAbsent(variant.compared(), alerts);
        String by = expectedBy.putIfAbsent(variant.compared(), variant.key());
        if (first != null && by != null) {
            alerts.mustEqual(first, variant.key(), by);
        } else {
            out.println("alerts: " + alerts.counts());
        }
        if (alerts.alerts().isEmpty()) {
            throw new IllegalStateException(variant.key() + " found nothing, so that nothing was compared");
        }
    }

    private static String json(int round, Variant variant, Measurement measurement) {
        return String.format(
                Locale.ROOT,
                "{\"round\":%d,\"variant\":\"%s\",\"parallelism\":%d,\"cpu_us_per_event\":%.3f,"
                        + "\"compiler_us_per_event\":%.3f,\"kernel_us_per_event\":%.3f,\"events_per_second\":%.0f,"
                        + "\"cold_cpu_us_per_event\":%.3f,\"cold_seconds\":%.2f,\"peak_mb\":%.0f}",
                round,
                variant.name(),
                variant.parallelism(),
                measurement.micros(),
                measurement.compilerMicros(),
                measurement.kernelMicros(),
                measurement.eventsPerSecond(),
                measurement.coldMicros(),
                measurement.coldSeconds(),
                measurement.peakMegabytes());
    }

    /** Deletes a directory with all below it, if there is one. */
    static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
