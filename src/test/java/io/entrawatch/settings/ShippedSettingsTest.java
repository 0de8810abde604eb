package io.entrawatch.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every settings file that is shipped is one that the job takes. */
class ShippedSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conf/entrawatch.yaml",
                "docker/conf/entrawatch.yaml",
                "deploy/kubernetes/base/config/entrawatch.yaml"
            })
    void isTaken(String file) throws IOException {
        // The files with secrets are in the containers only.
        String text = Files.readString(Path.of(file)).replaceAll("\\$\\{file:[^}]+}", "\\${env:SECRET}");
        JobSettings settings = SettingsReader.read(Path.of(file), text, name -> "secret-of-" + name);
        assertThat(settings.sources()).isNotEmpty();
        assertThat(settings.organization()).endsWith("organization.yaml");
    }
}
