package io.entrawatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.ingest.PlaceDatabase;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SettingsReader;
import io.entrawatch.sink.Document;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EntrawatchJobTest {

    private static final String FILTER = "state.backend.rocksdb.use-bloom-filter";

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private Path directory;

    private static final String FAILED =
            """
            title: Failed
            name: failed
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { Status: Failure }
              condition: selection
            """;

    @Test
    void recordsAreReadAsTheSettingsSay() throws Exception {
        new PlaceDatabase(6)
                .put("203.0.113.0/24", PlaceDatabase.city("Paris", "FR", 48.85, 2.35, 20))
                .write(directory.resolve("places.mmdb"));
        Files.writeString(directory.resolve("failed.yml"), FAILED);
        String record = Logs.signIn("a", NOON, "anna", Logs.NOWHERE, 50126)
                .replace("\"tenantId\":\"" + Logs.TENANT + "\",", "");
        Files.write(
                directory.resolve("logs.ndjson"),
                List.of(record, record.replace("\"Office\"", "\"" + "x".repeat(2048) + "\"")));
        JobSettings settings = read(
                """
                sources:
                  - name: entra
                    tenant: the-tenant
                    files: { paths: [ logs.ndjson ] }
                detections: [ failed.yml ]
                geoip: places.mmdb
                largest-record: 2048
                outputs:
                  files: { directory: out }
                """);
        var env = Environments.local(Map.of("restart-strategy.type", "none", "heartbeat.interval", "500"), false);
        EntrawatchJob.build(env, settings);
        env.execute();
        Path out = directory.resolve("out");
        assertThat(Pipeline.alertsIn(out).values())
                .filteredOn(alert -> alert.at("/rule/id").asText().equals("failed"))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.at("/organization/id").asText()).isEqualTo("the-tenant");
                    assertThat(alert.at("/source/geo/city_name").asText()).isEqualTo("Paris");
                });
        assertThat(Pipeline.documentsIn(out, Document.Target.DEAD_LETTERS))
                .singleElement()
                .satisfies(letter -> assertThat(letter.get("reason").asText()).isEqualTo("too-large"));
    }

    @Test
    void whatIsNoDatabaseOfPlacesIsRefused() throws Exception {
        JobSettings settings = read(
                """
                sources:
                  - name: entra
                    files: { paths: [ logs ] }
                geoip: places.mmdb
                outputs:
                  files: { directory: out }
                """);
        Path database = directory.resolve("places.mmdb");
        for (boolean broken : new boolean[] {false, true}) {
            if (broken) {
                Files.writeString(database, "none");
            }
            assertThatThrownBy(() -> EntrawatchJob.build(Environments.from(Map.of()), settings))
                    .hasMessageStartingWith(
                            "geoip: " + database + " cannot be read (expected: a database in MaxMind's format): ");
        }
    }

    private JobSettings read(String text) throws IOException {
        return SettingsReader.read(Files.writeString(directory.resolve("entrawatch.yaml"), text));
    }

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
