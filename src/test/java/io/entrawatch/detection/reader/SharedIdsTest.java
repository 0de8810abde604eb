package io.entrawatch.detection.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

class SharedIdsTest {

    private static final String ID = "00000000-0000-4000-8000-0000000000a1";

    private static final String RULE =
            """
            title: A rule
            name: %s
            id: 00000000-0000-4000-8000-0000000000a1
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { app: x }
              condition: selection
            ---
            """;

    private static final String CORRELATION =
            """
            title: A trial
            name: trial
            correlation:
              type: event_count
              rules: [ %s ]
              timespan: 1h
              condition: { gte: 2 }
            """;

    private static final String FILTER =
            """
            title: Not from the office
            logsource: { product: azure, service: signinlogs }
            filter:
              rules: [ %s ]
              office: { ipAddress|cidr: 192.0.2.0/24 }
              condition: not office
            """;

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    @ParameterizedTest
    @ValueSource(strings = {CORRELATION, FILTER})
    void anIdOfTwoRulesNamesNone(String referring) throws IOException {
        for (String id : List.of(ID, ID.toUpperCase(Locale.ROOT))) {
            Problems told = read(RULE.formatted("one") + RULE.formatted("two") + referring.formatted(id));
            String file = directory.resolve("rules.yml").toString();

            assertThat(told.all())
                    .extracting(Problem::message)
                    .containsExactly(id + ": the id of one at " + file + ":1:1 and of two at " + file
                            + ":9:1 (expected: an id of one rule)");
        }
    }

    @Test
    void whatCountsLessIsNoExceptionAndNamesAre() throws IOException {
        String two = RULE.formatted("one") + RULE.formatted("two");

        assertThat(read(two + CORRELATION.formatted("one")).all()).isEmpty();
        assertThat(read(two + CORRELATION.formatted("one") + "  outnumbering: [ " + ID + " ]\n")
                        .all())
                .hasSize(1);
    }

    @Test
    void aRuleInThePlaceOfOneOfItsNameMayHaveItsId() throws IOException {
        Files.createDirectories(directory.resolve("other"));
        Path other = Files.writeString(directory.resolve("other/rules.yml"), RULE.formatted("one"));
        Path file =
                Files.writeString(directory.resolve("rules.yml"), RULE.formatted("one") + CORRELATION.formatted(ID));

        CatalogueReader.read(List.of(other, file), Organization.UNKNOWN, problems);
        assertThat(problems.all()).isEmpty();
    }

    private Problems read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yml"), text);
        Problems told = new Problems();
        CatalogueReader.read(List.of(file), Organization.UNKNOWN, told);
        return told;
    }
}
