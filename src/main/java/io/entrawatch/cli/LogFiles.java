package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.entrawatch.generate.Generator;
import io.entrawatch.report.ReportPage;

/**
 * The files that a scan reads, each once: those that are named, and those in directories but for hidden ones, for what
 * this scan or another writes, and for what tells about generated logs.
 */
final class LogFiles {

    private final Path results;
    private final @Nullable Path page;

    private final Consumer<String> told;

    /** As they are called, by what they really are. */
    private final Map<Path, Path> files = new LinkedHashMap<>();

    private LogFiles(Path results, @Nullable Path page, Consumer<String> told) {
        this.results = results;
        this.page = page;
        this.told = told;
    }

    /**
     * @param out an existing directory, where the results will be
     * @param page where a page of them will be; null for none
     * @param told takes what is left out although it is neither hidden nor a result
     */
    static List<Path> of(List<Path> paths, Path out, @Nullable Path page, Consumer<String> told) throws IOException {
        mustBeKept(paths);
        Path real = page != null && Files.exists(page) ? page.toRealPath() : null;
        LogFiles logs = new LogFiles(out.toRealPath(), real, told);
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                logs.addBelow(path);
            } else {
                logs.addNamed(path);
            }
        }
        mustBeReadable(logs.files.values());
        if (logs.files.isEmpty()) {
            throw new UsageException(paths.get(0) + ": no files (expected: at least one)");
        }
        return List.copyOf(logs.files.values());
    }

    /** A pipe is gone once it is read, and a scan looks through its files before it reads them. */
    private static void mustBeKept(List<Path> paths) {
        List<String> wrong = paths.stream()
                .filter(path -> !Files.isDirectory(path) && !Files.isRegularFile(path))
                .map(path -> path + " (expected: a regular file or a directory)")
                .toList();
        if (!wrong.isEmpty()) {
            throw new UsageException(String.join(System.lineSeparator(), wrong));
        }
    }

    private void addNamed(Path file) throws IOException {
        if (ScanResult.isOf(results, file.toRealPath())) {
            throw new UsageException(file + ": the scan would write its own results there (expected: another --out)");
        }
        files.putIfAbsent(file.toRealPath(), file);
    }

    private void addBelow(Path path) throws IOException {
        boolean among = path.toRealPath().startsWith(results);
        List<Path> found = new ArrayList<>();
        find(Files.isSymbolicLink(path) ? path.toRealPath() : path, new HashSet<>(), found);
        Collections.sort(found);
        for (Path file : found) {
            Path real = file.toRealPath();
            boolean isResult = among ? ScanResult.isOf(results, real) : real.startsWith(results);
            if (!isResult && !ScanResult.isOfSome(real) && !isPage(real) && !Generator.tellsAboutLogs(real)) {
                files.putIfAbsent(real, file);
            }
        }
    }

    /** Follows links, as those who make them expect; those that lead back end, as each directory is looked into once. */
    private void find(Path directory, Set<Path> seen, List<Path> found) throws IOException {
        if (!seen.add(directory.toRealPath())) {
            return;
        }
        List<Path> inside;
        try (Stream<Path> list = Files.list(directory)) {
            inside = list.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        for (Path path : inside) {
            if (Files.isDirectory(path)) {
                find(path, seen, found);
            } else if (Files.isRegularFile(path)) {
                found.add(path);
            } else {
                told.accept(path + " is left out (expected: a regular file or a directory, or a link to one)");
            }
        }
    }

    private boolean isPage(Path file) throws IOException {
        return file.equals(page) || (Files.isReadable(file) && ReportPage.isPage(file));
    }

    /** Flink knows files by their names as text, in which some are lost: with a backslash, or in the letters of another locale. */
    private static void mustBeReadable(Collection<Path> files) {
        List<String> wrong = new ArrayList<>();
        for (Path file : files) {
            String text = new org.apache.flink.core.fs.Path(file.toUri()).toString();
            String name = new org.apache.flink.core.fs.Path(text).getPath();
            if (!Files.isReadable(file)) {
                wrong.add(file + " (expected: a file that can be read)");
            } else if (!name.equals(file.toAbsolutePath().normalize().toString())) {
                wrong.add(file + " (expected: a name without backslashes, in letters that the locale has)");
            }
        }
        if (!wrong.isEmpty()) {
            throw new UsageException(String.join(System.lineSeparator(), wrong));
        }
    }
}
