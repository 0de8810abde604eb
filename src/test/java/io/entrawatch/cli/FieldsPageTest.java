package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FieldsPageTest {

    private static final Path PAGE = Path.of("src/docs/FIELDS.md");

    @Test
    void thePageOfFieldsIsWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("entrawatch.renew")) {
            Files.writeString(PAGE, FieldTable.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as("%s is renewed by: mvn test -Dtest=FieldsPageTest -Dentrawatch.renew=true", PAGE)
                .isEqualTo(FieldTable.markdown());
    }
}
