package io.entrawatch.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

import io.entrawatch.generate.Generator;

/** The command {@code generate}. */
final class GenerateVariant {

    private static final String COUNT = "count";

    private GenerateVariant() {}

    /** @param args where the files go, and how many people are in them */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0]));
        Generator generator = new Generator(
                Integer.parseInt(args[1]), BenchmarkData.DAYS, 1, BenchmarkData.TENANTS, LocalDate.of(2026, 3, 2));
        Signals.ready();
        long written = generator.write(directory);
        Files.writeString(directory.resolve(COUNT), Long.toString(written));
        Signals.done();
    }

    /** What a run left. */
    static Variant.Work done(Path directory) throws IOException {
        long bytes = 0;
        for (Path file : Generator.files(directory)) {
            bytes += Files.size(file);
        }
        return new Variant.Work(Long.parseLong(Files.readString(directory.resolve(COUNT))), bytes);
    }
}
