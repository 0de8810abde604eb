package io.entrawatch.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.Logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A job that is stopped, and started from its savepoint with other detections. */
@Tag("full")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ChangedDetectionsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private static Path home;

    private static Chain chain;

    private final List<String> records = new ArrayList<>();

    @BeforeAll
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    static void start() throws Exception {
        chain = Chain.get();
    }

    /** A test that failed leaves its job behind, whose slots the next one needs. */
    @AfterEach
    void cancelWhatStillRuns() throws Exception {
        chain.flink().rest().cancelAll();
    }

    @Test
    void oneIsAddedOneIsTakenAwayOneIsTunedAndTheOthersRemember() throws Exception {
        Path before = Files.createDirectory(home.resolve("before"));
        Files.writeString(before.resolve("burst.yml"), burst(5));
        Files.writeString(before.resolve("gate.yml"), sequence("gate-passed", "Open gate", "Close gate"));
        failures("anna", 0, 2);
        failures("bert", 0, 5);
        change("Open gate", "gate-1", 5);
        change("Close gate", "gate-1", 6);
        change("Open gate", "gate-2", 7);
        change("Add user", "shortly", 8);
        ticks(20);
        int first = records.size();
        FedJob fed = FedJob.prepare(chain, "changed", records).submit(settings(before), 2);
        fed.feed(first);
        awaitAlerts("failures-in-a-burst bert", "gate-passed gate-1");
        String savepoint = fed.job().stop(home.resolve("savepoints"));

        // Switching off loses nothing of the others, and needs no flag.
        Files.writeString(before.resolve("off.yml"), off("gate-passed") + "---\n" + off("alert-budget-exceeded"));
        fed.resume(settings(before), 2, savepoint, false);
        savepoint = fed.job().stop(home.resolve("savepoints"));

        String last = savepoint;
        Path after = Files.createDirectory(home.resolve("after"));
        Files.writeString(after.resolve("burst.yml"), burst(3));
        Files.writeString(after.resolve("lamp.yml"), sequence("lamp-lit", "Lamp on", "Lamp off"));
        failures("anna", 21, 1);
        change("Close gate", "gate-2", 22);
        change("Lamp on", "lamp-1", 23);
        change("Lamp off", "lamp-1", 24);
        change("Delete user", "shortly", 25);
        ticks(60 * 24 * 60);
        assertThatThrownBy(() -> fed.resume(settings(after), 2, last, false))
                .hasStackTraceContaining("allowNonRestoredState");
        fed.resume(settings(after), 2, last, true).feed(records.size());
        awaitAlerts(
                "failures-in-a-burst anna",
                "failures-in-a-burst bert",
                "gate-passed gate-1",
                "lamp-lit lamp-1",
                "short-lived-account shortly");
        fed.job().cancel();
    }

    private static Path settings(Path detections) throws Exception {
        return chain.settings("changed", Path.of("conf/organization.yaml").toAbsolutePath())
                .detections(detections)
                .write();
    }

    /** Waits for the last of them, and sees that there is no other of these detections. */
    private static void awaitAlerts(String... expected) throws Exception {
        Await.until(List.of(expected).toString(), () -> alerts().size() >= expected.length);
        assertThat(alerts()).containsExactlyInAnyOrder(expected);
    }

    private static Set<String> alerts() throws Exception {
        Set<String> alerts = new TreeSet<>();
        for (JsonNode alert : chain.elasticsearch().documents("changed-alerts-*")) {
            String detection = alert.at("/rule/id").asText();
            if (Set.of("failures-in-a-burst", "gate-passed", "lamp-lit", "short-lived-account")
                    .contains(detection)) {
                alerts.add(detection + " " + subject(alert));
            }
        }
        return alerts;
    }

    private static String subject(JsonNode alert) {
        JsonNode event = alert.at("/entrawatch/evidence/events/0");
        String name = event.path("target").asText(event.path("user").asText());
        return name.replace("@contoso.example", "");
    }

    private void failures(String user, int minute, int count) {
        for (int i = 0; i < count; i++) {
            String id = user + "-" + minute + "-" + i;
            records.add(Logs.signIn(id, NOON.plusSeconds(60L * minute + i), user, Logs.LONDON, 50126));
        }
    }

    private void change(String activity, String target, int minute) {
        String id = target + "-" + minute;
        records.add(Logs.audit(id, NOON.plusSeconds(60L * minute), activity, target, "success"));
    }

    /** Events of nobody in every partition, so that time goes on. */
    private void ticks(int minute) {
        for (int i = 0; i < 8 * FedJob.PARTITIONS; i++) {
            String id = "tick-" + minute + "-" + i;
            records.add(Logs.audit(id, NOON.plusSeconds(60L * minute + i), "Read nothing", "nobody", "success"));
        }
    }

    private static String off(String name) {
        return "name: " + name + "\nenabled: false\n";
    }

    private static String burst(int failures) {
        return """
                title: Failures in a burst
                name: failures-in-a-burst
                level: low
                correlation:
                  type: event_count
                  rules: [ failure-of-a-burst ]
                  group-by: [ userPrincipalName ]
                  timespan: 1h
                  condition: { gte: %d }
                ---
                title: Failure of a burst
                name: failure-of-a-burst
                logsource: { product: azure, service: signinlogs }
                detection:
                  selection: { ResultType: 50126, AppDisplayName: Office }
                  condition: selection
                """
                .formatted(failures);
    }

    private static String sequence(String name, String first, String then) {
        return """
                title: %1$s
                name: %1$s
                level: low
                correlation:
                  type: temporal_ordered
                  rules: [ %1$s-first, %1$s-then ]
                  group-by: [ target.id ]
                  timespan: 1h
                ---
                title: First of %1$s
                name: %1$s-first
                logsource: { product: azure, service: auditlogs }
                detection: { selection: { OperationName: %2$s }, condition: selection }
                ---
                title: Then of %1$s
                name: %1$s-then
                logsource: { product: azure, service: auditlogs }
                detection: { selection: { OperationName: %3$s }, condition: selection }
                """
                .formatted(name, first, then);
    }
}
