package io.entrawatch.yaml;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Java's own message is often no more than the name of the file. */
class FileReasonTest {

    @TempDir
    private Path directory;

    @Test
    void whatIsMissingDoesNotExist() {
        Path missing = directory.resolve("missing");
        IOException failure = catchThrowableOfType(IOException.class, () -> Files.readString(missing));
        assertThat(FileReason.of(failure)).isEqualTo("does not exist");
        assertThat(FileReason.named(failure)).isEqualTo(missing + ": does not exist");
    }

    @Test
    void aFileInThePlaceOfADirectoryIsNone() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        IOException failure = catchThrowableOfType(IOException.class, () -> Files.createDirectories(file));
        assertThat(FileReason.named(failure)).isEqualTo(file + ": exists and is not a directory");
    }

    @Test
    void otherReasonsAreThoseOfTheSystem() {
        assertThat(FileReason.named(new AccessDeniedException("f"))).isEqualTo("f: permission denied");
        assertThat(FileReason.named(new FileSystemException("f", null, "File name too long")))
                .isEqualTo("f: File name too long");
        assertThat(FileReason.named(new IOException("Is a directory"))).isEqualTo("Is a directory");
        assertThat(FileReason.of(new FileSystemException("f"))).isEqualTo("f");
    }
}
