package io.entrawatch.generate;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Generated files take the place of earlier generated ones, and of no others. */
class GeneratedFilesTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"organization.yaml", "labels.ndjson", "signins.ndjson"})
    void filesOfOthersAreNotWrittenOver(String name) throws Exception {
        Path own = Files.writeString(directory.resolve(name), "lists: {}\n");
        assertThatThrownBy(() -> generator().write(directory))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(own.toString())
                .hasMessageContaining("was not generated");
        assertThat(own).hasContent("lists: {}\n");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(own);
        }
    }

    @Test
    void whatWasGeneratedOrBeganToBeIsWrittenOver() throws Exception {
        generator().write(directory);
        String organization = Files.readString(directory.resolve("organization.yaml"));
        Files.delete(directory.resolve("organization.yaml"));
        Files.writeString(directory.resolve("labels.ndjson"), "");
        generator().write(directory);
        assertThat(directory.resolve("organization.yaml")).hasContent(organization);
    }

    private static Generator generator() {
        return new Generator(10, 1, 1, 1, LocalDate.of(2026, 3, 2));
    }
}
