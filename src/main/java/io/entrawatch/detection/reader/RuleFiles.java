package io.entrawatch.detection.reader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import io.entrawatch.yaml.FileReason;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;

/** Finds rule files and reads their text, by path in a fixed order. */
final class RuleFiles {

    private static final String SHIPPED = "detections/";

    /** The largest rule file that is read; real ones have a few kilobytes. */
    private static final long LARGEST = 1024 * 1024;

    private RuleFiles() {}

    /** The files that come with Entrawatch: in its jar, or among its classes while it is built. */
    static Map<String, String> shipped() {
        try {
            Path home = Path.of(RuleFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isDirectory(home) ? inDirectory(home) : inJar(home);
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped detections cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of the jar is no path", e);
        }
    }

    private static Map<String, String> inDirectory(Path classes) throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path detections = classes.resolve(SHIPPED);
        for (Path file : ruleFiles(detections)) {
            files.put(SHIPPED + detections.relativize(file), Files.readString(file));
        }
        return files;
    }

    private static Map<String, String> inJar(Path jar) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (JarFile entries = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) entries.stream()::iterator) {
                if (entry.getName().startsWith(SHIPPED) && isRuleFile(entry.getName())) {
                    byte[] bytes = entries.getInputStream(entry).readAllBytes();
                    files.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }

    /**
     * The rule files below a directory, or the one file. What cannot be read is a problem, and so is a directory without a
     * single one: whoever names it means another.
     */
    static Map<String, String> below(Path path, Problems problems) {
        Map<String, String> files = new TreeMap<>();
        if (!Files.exists(path)) {
            problems.add(new Position(path.toString(), 1, 1), "there is no such file or directory");
            return files;
        }
        try {
            List<Path> found = ruleFiles(path);
            if (found.isEmpty()) {
                problems.add(
                        new Position(path.toString(), 1, 1), "no rule file (expected: one or more *.yml or *.yaml)");
            }
            for (Path file : found) {
                read(file, files, problems);
            }
        } catch (UncheckedIOException e) {
            problems.add(
                    new Position(path.toString(), 1, 1),
                    "cannot be read: " + FileReason.named(Objects.requireNonNull(e.getCause())));
        } catch (IOException e) {
            problems.add(new Position(path.toString(), 1, 1), "cannot be read: " + FileReason.named(e));
        }
        return files;
    }

    private static void read(Path file, Map<String, String> files, Problems problems) throws IOException {
        Position start = new Position(file.toString(), 1, 1);
        if (Files.size(file) > LARGEST) {
            problems.add(start, "the file has " + Files.size(file) + " bytes (expected: at most " + LARGEST + ")");
            return;
        }
        try {
            files.put(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            problems.add(start, "the file is not UTF-8");
        }
    }

    private static List<Path> ruleFiles(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        // A link to a directory is what it leads to; what is found there goes by the name that was given.
        Path real = path.toRealPath();
        try (Stream<Path> files = Files.walk(real)) {
            return files.filter(file -> Files.isRegularFile(file) && isRuleFile(file.toString()))
                    .map(file -> path.resolve(real.relativize(file).toString()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isRuleFile(String name) {
        return name.endsWith(".yml") || name.endsWith(".yaml");
    }
}
