package io.entrawatch.cli.live;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.rule.Level;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

class NewestAlertsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void aRunningJobShowsItsNewestAlertsAndCountsThemAll() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(Logs.audit("c" + i, NOON.plusSeconds(i), "Add user", "account" + i, "success"));
            lines.add(Logs.audit("d" + i, NOON.plusSeconds(60 + i), "Delete user", "account" + i, "success"));
        }
        Path logs = Files.write(directory.resolve("logs.ndjson"), lines);
        var source = new SourceSettings.Files("files", null, List.of(logs.toString()), null);
        try (NewestAlerts alerts = new NewestAlerts()) {
            new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                    .build(List.of(source), List.of(alerts))
                    .execute();
            assertThat(alerts.newest())
                    .hasSize(50)
                    .allMatch(alert -> alert.detection().equals("short-lived-account"))
                    .first()
                    .satisfies(alert -> assertThat(alert.time()).isEqualTo("2026-03-02T12:01:59Z"));
            assertThat(alerts.levels()[Level.HIGH.ordinal()]).isEqualTo(60);
        }
    }
}
