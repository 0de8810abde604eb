package io.entrawatch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SettingsReader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EntrawatchJobTest {

    private static final String FILTER = "state.backend.rocksdb.use-bloom-filter";

    @TempDir
    private Path directory;

    /** Flink would lose state without a word when the parallelism is lowered. */
    @Test
    void filtersThatWouldHideStateAreRefused() throws Exception {
        JobSettings settings = SettingsReader.read(Files.writeString(
                directory.resolve("entrawatch.yaml"),
                """
                sources:
                  - name: entra
                    files: { paths: [ %s ] }
                outputs:
                  files: { directory: %s }
                """
                        .formatted(Files.createDirectory(directory.resolve("logs")), directory.resolve("out"))));
        assertThatThrownBy(() -> EntrawatchJob.build(Environments.from(Map.of(FILTER, "true")), settings))
                .hasMessage(FILTER + ": true (expected: false; state would be lost when the parallelism is lowered)");
        var env = Environments.from(
                Map.of(FILTER, "true", "state.backend.rocksdb.options-factory", "another.OptionsFactory"));
        EntrawatchJob.build(env, settings);
        assertThat(env.getStreamGraph(false).getStreamNodes()).isNotEmpty();
    }
}
