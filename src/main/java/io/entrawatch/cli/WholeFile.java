package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all: written beside their place, and moved to it at the end. */
final class WholeFile {

    /** Writes what the file shall hold. */
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    private WholeFile() {}

    static void write(Path file, Content content) throws IOException {
        Path beside = beside(file);
        try {
            content.writeTo(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Tries it, as far as that changes nothing: what cannot be written is better known before the work than after. */
    static void mustBeWritable(Path file) throws IOException {
        Path beside = beside(file);
        Files.newOutputStream(beside).close();
        Files.delete(beside);
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString());
        }
    }

    /** Hidden, so that one that was left is no log. */
    private static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".tmp");
    }
}
