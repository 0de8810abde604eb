package io.entrawatch.generate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the logs of invented tenants, and what every attack and near miss in them has to come to. The same numbers give
 * the same files.
 */
public final class Generator {

    /** How far ahead of UTC a day can begin. */
    private static final int EARLIEST_ZONE_HOURS = 14;

    private static final String LABELS = "labels.ndjson";
    private static final String ORGANIZATION = "organization.yaml";

    private final int days;
    private final long seed;
    private final LocalDate start;
    private final List<Tenant> tenants = new ArrayList<>();
    private final List<FailurePlan> plans = new ArrayList<>();
    private final List<Extras> extras = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private List<LogLine> waiting = new ArrayList<>();

    /**
     * @param users of all tenants together
     * @param start the first day; a Monday makes weeks easy to read
     */
    public Generator(int users, int days, long seed, int tenantCount, LocalDate start) {
        if (users < tenantCount || tenantCount < 1 || days < 1) {
            throw new IllegalArgumentException("users: " + users + ", days: " + days + ", tenants: " + tenantCount
                    + " (expected: at least one of each, and no more tenants than users)");
        }
        this.days = days;
        this.seed = seed;
        this.start = start;
        for (int i = 0; i < tenantCount; i++) {
            Tenant tenant = new Tenant(seed, i, users / tenantCount + (i < users % tenantCount ? 1 : 0));
            tenants.add(tenant);
            Script script = new Script(tenant, start, days, new Chance(seed, 3, i));
            waiting.addAll(script.lines());
            labels.addAll(script.labels());
            Stage stage = new Stage(tenant, start, days, seed, i);
            waiting.addAll(stage.lines());
            labels.addAll(stage.labels());
            extras.add(stage.extras());
            plans.add(new FailurePlan(tenant, start, days, stage.failures(), new Chance(seed, 2, i)));
        }
    }

    /**
     * Writes {@code signins.ndjson}, {@code audit.ndjson}, {@code risk.ndjson}, {@code snapshots.ndjson}, {@code
     * azure.ndjson}, {@code labels.ndjson} and the {@code organization.yaml} that goes with them.
     *
     * @return how many records were written
     * @throws FileSystemException if one of the files is there and was not generated
     */
    public long write(Path directory) throws IOException {
        Files.createDirectories(directory);
        mustBeOwn(directory);
        Map<LogLine.File, OutputStream> files = new EnumMap<>(LogLine.File.class);
        long written = 0;
        try {
            for (LogLine.File file : LogLine.File.values()) {
                files.put(file, open(directory.resolve(file.fileName())));
            }
            for (int day = 0; day < days; day++) {
                work(day);
                // What can still come of the next day was exported later than this.
                written += flush(
                        start.plusDays(day + 1L)
                                .atTime(0, 0)
                                .toInstant(ZoneOffset.ofHours(EARLIEST_ZONE_HOURS))
                                .toEpochMilli(),
                        files);
            }
            written += flush(Long.MAX_VALUE, files);
        } finally {
            for (OutputStream file : files.values()) {
                file.close();
            }
        }
        // Not as the machine ends its lines: the same numbers give the same files everywhere.
        Files.writeString(
                directory.resolve(LABELS),
                labels.stream().map(label -> label.json() + "\n").collect(Collectors.joining()));
        Files.writeString(directory.resolve(ORGANIZATION), OrganizationFile.of(tenants, extras, start));
        return written;
    }

    /** Only what was generated may be written over: labels tell it, which are made first. */
    private static void mustBeOwn(Path directory) throws IOException {
        Path labels = directory.resolve(LABELS);
        if (Files.exists(labels) && (Files.size(labels) == 0 || beginsWith(labels, Label.BEGINNING))) {
            return;
        }
        List<Path> all = new ArrayList<>(files(directory));
        all.add(labels);
        all.add(directory.resolve(ORGANIZATION));
        for (Path file : all) {
            if (Files.exists(file)) {
                throw new FileSystemException(
                        file.toString(), null, "exists and was not generated (expected: another directory)");
            }
        }
        Files.createFile(labels);
    }

    /** The files of records that {@link #write} leaves in a directory. */
    public static List<Path> files(Path directory) {
        return Arrays.stream(LogLine.File.values())
                .map(file -> directory.resolve(file.fileName()))
                .toList();
    }

    /** Whether a file only tells about generated logs: the labels, or the organization beside them. */
    public static boolean tellsAboutLogs(Path file) throws IOException {
        Path labels = file.resolveSibling(LABELS);
        Path organization = file.resolveSibling(ORGANIZATION);
        return (file.equals(labels) || file.equals(organization))
                && beginsWith(labels, Label.BEGINNING)
                && beginsWith(organization, OrganizationFile.BEGINNING);
    }

    private static boolean beginsWith(Path file, String beginning) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] expected = beginning.getBytes(StandardCharsets.UTF_8);
            return Arrays.equals(in.readNBytes(expected.length), expected);
        }
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
    }

    private void work(int day) {
        for (int i = 0; i < tenants.size(); i++) {
            Chance chance = new Chance(seed, 4, i, day);
            TenantDay tenantDay = new TenantDay(tenants.get(i), start.plusDays(day), day, chance, waiting::add);
            tenantDay.work();
            List<Long> ordinary = plans.get(i).ordinary(day, chance);
            List<Long> guesses = plans.get(i).guesses(day, chance);
            Set<String> addresses = new TreeSet<>();
            ordinary.forEach(at -> addresses.add(tenantDay.mistype(at)));
            guesses.forEach(at -> addresses.add(tenantDay.guess(at)));
            labels.addAll(plans.get(i).labels(day, ordinary, guesses, addresses));
        }
    }

    private long flush(long beforeMillis, Map<LogLine.File, OutputStream> files) throws IOException {
        waiting.sort(Comparator.comparingLong(LogLine::exportedMillis));
        int done = 0;
        while (done < waiting.size() && waiting.get(done).exportedMillis() < beforeMillis) {
            LogLine line = waiting.get(done++);
            OutputStream file = files.get(line.file());
            if (file != null) {
                file.write(line.json().getBytes(StandardCharsets.UTF_8));
                file.write('\n');
            }
        }
        waiting = new ArrayList<>(waiting.subList(done, waiting.size()));
        return done;
    }
}
