package io.entrawatch.state;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state that a release left behind, beside the records that it had read, the alerts that it had written of them, and
 * records that come after.
 */
record KeptSavepoint(Path directory) {

    List<String> before() throws IOException {
        return Files.readAllLines(directory.resolve("before.ndjson"));
    }

    List<String> after() throws IOException {
        return Files.readAllLines(directory.resolve("after.ndjson"));
    }

    /** The ids of the alerts that were written before. */
    List<String> written() throws IOException {
        return Files.readAllLines(directory.resolve("written.txt"));
    }

    /** Unpacks the state to wherever it is to be restored from. */
    void unpackTo(Path target) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("savepoint.zip"))) {
            copy(zip.getPath("/"), target);
        }
    }

    static void write(Path directory, Path savepoint, List<String> before, List<String> after, List<String> written)
            throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("before.ndjson"), before);
        Files.write(directory.resolve("after.ndjson"), after);
        Files.write(directory.resolve("written.txt"), written);
        Path file = directory.resolve("savepoint.zip");
        Files.deleteIfExists(file);
        try (FileSystem zip = FileSystems.newFileSystem(file, java.util.Map.of("create", "true"))) {
            copy(savepoint, zip.getPath("/"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.toAbsolutePath().getParent());
                Files.copy(file, target);
            }
        }
    }
}
