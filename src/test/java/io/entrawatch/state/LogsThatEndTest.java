package io.entrawatch.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.EntrawatchJob;
import io.entrawatch.Environments;
import io.entrawatch.settings.SettingsReader;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Pipeline;

import static org.assertj.core.api.Assertions.assertThat;

/** Flink's option for short checkpoints fails jobs that end; a job over logs that end goes without it. */
class LogsThatEndTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final int ACCOUNTS = 500;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void areReadToTheirEndWithTheShippedOptions(int parallelism) throws Exception {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            records.add(Logs.audit("c-" + i, MONDAY.plusSeconds(i), "Add user", "account-" + i, "success"));
            records.add(Logs.audit("d-" + i, MONDAY.plusSeconds(i + 60), "Delete user", "account-" + i, "success"));
        }
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Files.write(logs.resolve("audit.ndjson"), records);
        Path settings = Files.writeString(
                directory.resolve("entrawatch.yaml"),
                """
                sources:
                  - name: entra
                    files: { paths: [ %s ] }
                outputs:
                  files: { directory: %s }
                """
                        .formatted(logs, directory.resolve("out")));
        StreamExecutionEnvironment env = Environments.local(
                Map.of(
                        "restart-strategy.type", "none",
                        "execution.checkpointing.tolerable-failed-checkpoints", "0",
                        "execution.checkpointing.interval", "20 ms",
                        "execution.checkpointing.unaligned.enabled", "true",
                        "execution.checkpointing.unaligned.interruptible-timers.enabled", "true"),
                false);
        env.setParallelism(parallelism);
        EntrawatchJob.build(env, SettingsReader.read(settings));
        env.execute();
        assertThat(Pipeline.alertsIn(directory.resolve("out")).values().stream()
                        .filter(alert -> alert.at("/rule/id").asText().equals("short-lived-account")))
                .hasSize(ACCOUNTS);
    }
}
