package io.entrawatch.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

import io.entrawatch.generate.Generator;

/**
 * The records that every variant reads: the sign-ins and audit records of generated tenants, in the order in which they
 * were exported. Made once for each size, and kept.
 *
 * @param one all records in one file
 * @param two the same, half of the tenants in each file
 */
record BenchmarkData(Path directory, long events, long bytes, Path one, List<Path> two, Path organization) {

    static final int DAYS = 15;
    static final int TENANTS = 20;

    /** What a person leaves in the logs in {@link #DAYS} days. */
    static final int EVENTS_OF_A_USER = 50;

    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final long SEED = 1;

    /** Beyond the five minutes that the jobs wait for late records some variants would leave them out, and some not. */
    private static final long LATEST_MILLIS = 270_000;

    private static final List<String> TIMES = List.of("\"createdDateTime\":\"", "\"activityDateTime\":\"");

    static BenchmarkData of(Path parent, long events) throws IOException {
        Path directory = parent.resolve(Long.toString(events));
        Path complete = directory.resolve("complete.properties");
        BenchmarkData data = at(directory, 0, 0);
        if (!Files.exists(complete)) {
            Generator generator =
                    new Generator(Math.toIntExact(events / EVENTS_OF_A_USER), DAYS, SEED, TENANTS, MONDAY);
            generator.write(directory);
            long written = data.merge();
            for (Path file : Generator.files(directory)) {
                Files.delete(file);
            }
            Properties counts = new Properties();
            counts.setProperty("events", Long.toString(written));
            try (BufferedWriter writer = Files.newBufferedWriter(complete)) {
                counts.store(writer, null);
            }
        }
        Properties counts = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(complete)) {
            counts.load(reader);
        }
        return at(directory, Long.parseLong(counts.getProperty("events")), Files.size(data.one));
    }

    private static BenchmarkData at(Path directory, long events, long bytes) {
        return new BenchmarkData(
                directory,
                events,
                bytes,
                directory.resolve("one/events.ndjson"),
                List.of(directory.resolve("two/events-0.ndjson"), directory.resolve("two/events-1.ndjson")),
                directory.resolve("organization.yaml"));
    }

    /** All files of a run at a parallelism. */
    List<Path> files(int parallelism) {
        return parallelism == 1 ? List.of(one) : two;
    }

    private long merge() throws IOException {
        Files.createDirectories(one.getParent());
        Files.createDirectories(two.get(0).getParent());
        try (BufferedReader signIns = Files.newBufferedReader(directory.resolve("signins.ndjson"));
                BufferedReader audit = Files.newBufferedReader(directory.resolve("audit.ndjson"));
                Merged merged = new Merged(
                        Files.newBufferedWriter(one),
                        List.of(Files.newBufferedWriter(two.get(0)), Files.newBufferedWriter(two.get(1))))) {
            String signIn = signIns.readLine();
            String change = audit.readLine();
            while (signIn != null || change != null) {
                if (change == null || (signIn != null && millis(signIn) <= millis(change))) {
                    merged.add(signIn);
                    signIn = signIns.readLine();
                } else {
                    merged.add(change);
                    change = audit.readLine();
                }
            }
            return merged.written;
        }
    }

    /** When a record's event happened. */
    private static long millis(String record) {
        for (String name : TIMES) {
            int start = record.indexOf(name);
            if (start >= 0) {
                int from = start + name.length();
                return Instant.parse(record.substring(from, record.indexOf('"', from)))
                        .toEpochMilli();
            }
        }
        throw new IllegalStateException("a record without a time: " + record);
    }

    private static final class Merged implements AutoCloseable {

        private static final String TENANT = "\"tenantId\":\"";

        private final BufferedWriter one;
        private final List<BufferedWriter> two;
        private final Map<String, Integer> halves = new HashMap<>();
        private long latest;
        private long written;

        Merged(BufferedWriter one, List<BufferedWriter> two) {
            this.one = one;
            this.two = two;
        }

        void add(@Nullable String record) throws IOException {
            long at = record == null ? Long.MIN_VALUE : millis(record);
            if (record == null || at < latest - LATEST_MILLIS) {
                return;
            }
            latest = Math.max(latest, at);
            int start = record.indexOf(TENANT) + TENANT.length();
            String tenant = record.substring(start, record.indexOf('"', start));
            int half = halves.computeIfAbsent(tenant, first -> halves.size() % 2);
            write(one, record);
            write(two.get(half), record);
            written++;
        }

        private static void write(BufferedWriter writer, String record) throws IOException {
            writer.write(record);
            writer.write('\n');
        }

        @Override
        public void close() throws IOException {
            one.close();
            for (BufferedWriter writer : two) {
                writer.close();
            }
        }
    }
}
