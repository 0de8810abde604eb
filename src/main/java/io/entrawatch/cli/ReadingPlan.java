package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.entrawatch.ingest.FileTimes;

/**
 * How files that end are read so that little of them waits: one after the other where they follow each other in time,
 * all at once where they tell of the same time. Whichever it is, no event comes later than its part says.
 *
 * @param parts each is read in its own order
 * @param size of all files in bytes, when they are not compressed
 * @param waiting how much of that waits for its turn at most, roughly
 */
record ReadingPlan(List<Part> parts, double size, double waiting) {

    /** So many files can be read at once. */
    private static final int MOST_AT_ONCE = 8;

    /** Compressed logs are usually so much smaller. */
    private static final double COMPRESSION = 10;

    private static final int STEPS = 200;

    /** @param disorder by how many milliseconds an event is older, at most, than one that was read before it */
    record Part(List<Path> files, long disorder) {}

    /** Of at least one file. */
    static ReadingPlan of(List<FileTimes> files) throws IOException {
        List<FileTimes> sorted = files.stream()
                .sorted(Comparator.comparingLong(FileTimes::earliest).thenComparing(FileTimes::path))
                .toList();
        ReadingPlan oneByOne = oneByOne(sorted);
        if (files.size() == 1 || files.size() > MOST_AT_ONCE) {
            return oneByOne;
        }
        ReadingPlan atOnce = atOnce(sorted);
        return atOnce.waiting < oneByOne.waiting ? atOnce : oneByOne;
    }

    /** However they are ordered: what comes too late is late. Few are read at once, many in the order of their paths. */
    static ReadingPlan asTheyCome(List<Path> files) throws IOException {
        List<FileTimes> inOrder = files.stream()
                .sorted()
                .map(file -> new FileTimes(file, 0, 0, 0))
                .toList();
        return files.size() > MOST_AT_ONCE ? oneByOne(inOrder) : atOnce(inOrder);
    }

    private static ReadingPlan oneByOne(List<FileTimes> files) throws IOException {
        long disorder = 0;
        long latest = Long.MIN_VALUE;
        double size = 0;
        List<Path> paths = new ArrayList<>();
        for (FileTimes file : files) {
            if (latest != Long.MIN_VALUE && !file.isEmpty()) {
                disorder = Math.max(disorder, latest - file.earliest());
            }
            disorder = Math.max(disorder, file.disorder());
            latest = Math.max(latest, file.latest());
            size += size(file.path());
            paths.add(file.path());
        }
        long earliest = files.get(0).earliest();
        double share = disorder == 0 ? 0 : Math.min(1, disorder / (double) (latest - earliest));
        return new ReadingPlan(List.of(new Part(paths, disorder)), size, size * share);
    }

    private static ReadingPlan atOnce(List<FileTimes> files) throws IOException {
        List<Part> parts = new ArrayList<>();
        double[] sizes = new double[files.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = size(files.get(i).path());
            parts.add(new Part(List.of(files.get(i).path()), files.get(i).disorder()));
        }
        return new ReadingPlan(parts, Arrays.stream(sizes).sum(), mostWaiting(files, sizes));
    }

    /** As many bytes of each are read in the same time: what is ahead of the one that is furthest behind waits for it. */
    private static double mostWaiting(List<FileTimes> files, double[] sizes) {
        double largest = Arrays.stream(sizes).max().orElse(0);
        double most = 0;
        for (int step = 1; step <= STEPS; step++) {
            double read = largest * step / STEPS;
            double behind = Double.MAX_VALUE;
            for (int i = 0; i < sizes.length; i++) {
                FileTimes file = files.get(i);
                if (read < sizes[i] && !file.isEmpty()) {
                    double at = file.earliest() + (file.latest() - file.earliest()) * read / sizes[i];
                    behind = Math.min(behind, at - file.disorder());
                }
            }
            double waiting = 0;
            for (int i = 0; i < sizes.length; i++) {
                FileTimes file = files.get(i);
                double span = Math.max(1.0, (double) file.latest() - file.earliest());
                double decided = Math.min(1, Math.max(0, (behind - file.earliest()) / span));
                double done = Math.min(1, read / sizes[i]);
                waiting += file.isEmpty() ? 0 : Math.max(0, done - decided) * sizes[i];
            }
            most = Math.max(most, waiting);
        }
        return most;
    }

    private static double size(Path file) throws IOException {
        return Files.size(file) * (file.toString().endsWith(".gz") ? COMPRESSION : 1);
    }
}
