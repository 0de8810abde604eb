package io.entrawatch.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.entrawatch.rule.Level;

/** Alerts of invented people in the form that a scan leaves them. */
final class SampleAlerts {

    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SampleAlerts() {}

    static ObjectNode alert(int number, Level level, String detection, String user) {
        String time = NOON.plusSeconds(number).toString();
        ObjectNode alert = MAPPER.createObjectNode();
        alert.put("@timestamp", time);
        ObjectNode event = alert.putObject("event");
        event.put("id", "alert-" + number).put("risk_score", level.riskScore());
        event.put("reason", user + ": 5 events within 10 min");
        alert.putObject("rule").put("id", detection).put("name", "Title of " + detection);
        ObjectNode own = alert.putObject("entrawatch");
        own.put("level", level.label()).putArray("level_reasons");
        own.putArray("runbook").add("Ask " + user);
        own.putObject("group").put("user.name", user);
        ObjectNode evidence = own.putObject("evidence");
        evidence.put("observed", 5.0).put("threshold", 5.0).put("unit", "events");
        add(evidence.putArray("events"), "raw-" + number, time, user);
        return alert;
    }

    static ObjectNode travel(int number, double[] from, double[] to) {
        ObjectNode alert = alert(number, Level.HIGH, "impossible-travel", "anna@contoso.example");
        ObjectNode evidence = (ObjectNode) alert.at("/entrawatch/evidence");
        evidence.put("distance_km", 9_000.0);
        ArrayNode events = evidence.putArray("events");
        for (double[] place : new double[][] {from, to}) {
            ObjectNode event = add(events, "raw-" + place[0], NOON.toString(), "anna@contoso.example");
            event.put("place", "Place " + place[0]);
            event.putObject("location").put("lat", place[0]).put("lon", place[1]);
        }
        return alert;
    }

    private static ObjectNode add(ArrayNode events, String id, String time, String user) {
        return events.addObject()
                .put("id", id)
                .put("time", time)
                .put("activity", "Sign-in activity")
                .put("outcome", "Failure")
                .put("user", user)
                .put("address", "192.0.2.7")
                .put("correlation_id", "correlation-of-" + id);
    }

    static ObjectNode summary() {
        ObjectNode summary = MAPPER.createObjectNode();
        summary.put("events", 12_345).put("evaluated", 12_340).put("late", 2).put("dead_letters", 3);
        summary.put("first_event", "2026-03-02T09:01:02.003Z").put("last_event", "2026-03-16T18:19:20Z");
        summary.putObject("alerts_by_detection").put("mfa-fatigue", 1);
        summary.putObject("dead_letters_by_reason").put("not-json", 3);
        summary.putObject("detections_off").put("vip-abroad", "it needs the list vips");
        return summary;
    }

    static Path write(Path directory, Iterable<ObjectNode> alerts) throws IOException {
        Path file = directory.resolve("alerts.ndjson");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (ObjectNode alert : alerts) {
                writer.write(alert.toString());
                writer.newLine();
            }
        }
        return file;
    }

    /** The page of these alerts. */
    static Path page(Path directory, Iterable<ObjectNode> alerts) throws IOException {
        Path page = directory.resolve("report.html");
        ReportPage.write(write(directory, alerts), summary(), page);
        return page;
    }
}
