package io.entrawatch.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** An alert as the template writes it, all of it text. */
record AlertEntry(
        String id,
        String time,
        String shortTime,
        long millis,
        String level,
        int severity,
        String detection,
        String title,
        String description,
        String reference,
        String reason,
        List<Named> facts,
        List<String> runbook,
        List<Event> events) {

    private static final Set<String> SHOWN_APART = Set.of("observed", "threshold", "unit", "events");

    /** A name and its value. */
    record Named(String name, String value) {}

    /** One of the events that the alert is made of. */
    record Event(
            String time,
            String activity,
            String outcome,
            String user,
            String target,
            String address,
            String place,
            String app,
            List<Named> ids) {}

    static AlertEntry of(JsonNode alert) {
        String reference = text(alert, "/rule/reference");
        return new AlertEntry(
                text(alert, "/event/id"),
                text(alert, "/@timestamp"),
                shortTime(text(alert, "/@timestamp")),
                Instant.parse(text(alert, "/@timestamp")).toEpochMilli(),
                text(alert, "/entrawatch/level"),
                alert.at("/event/risk_score").asInt(),
                text(alert, "/rule/id"),
                text(alert, "/rule/name"),
                text(alert, "/rule/description").strip(),
                reference.startsWith("https://") ? reference : "",
                text(alert, "/event/reason"),
                facts(alert),
                texts(alert.at("/entrawatch/runbook")),
                events(alert.at("/entrawatch/evidence/events")));
    }

    private static List<Named> facts(JsonNode alert) {
        List<Named> facts = new ArrayList<>();
        JsonNode evidence = alert.at("/entrawatch/evidence");
        String unit = evidence.path("unit").asText();
        add(facts, "level", text(alert, "/entrawatch/level"), texts(alert.at("/entrawatch/level_reasons")));
        facts.add(new Named("observed", number(evidence.path("observed"), unit)));
        facts.add(new Named("threshold", number(evidence.path("threshold"), unit)));
        for (Iterator<Map.Entry<String, JsonNode>> all = evidence.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> fact = all.next();
            if (!SHOWN_APART.contains(fact.getKey())) {
                facts.add(new Named(fact.getKey().replace('_', ' '), number(fact.getValue())));
            }
        }
        alert.at("/entrawatch/group")
                .fields()
                .forEachRemaining(group -> facts.add(
                        new Named("by " + group.getKey(), group.getValue().asText())));
        List<String> items = texts(alert.at("/entrawatch/guide"));
        if (!items.isEmpty()) {
            facts.add(new Named("guide", String.join(", ", items)));
        }
        addTechniques(facts, alert.path("threat"));
        facts.add(new Named("alert id", text(alert, "/event/id")));
        return facts;
    }

    private static void add(List<Named> facts, String name, String value, List<String> reasons) {
        facts.add(new Named(name, reasons.isEmpty() ? value : value + " – " + String.join("; ", reasons)));
    }

    private static void addTechniques(List<Named> facts, JsonNode threat) {
        List<String> techniques = new ArrayList<>();
        for (String path : List.of("/technique", "/technique/subtechnique")) {
            List<String> ids = texts(threat.at(path + "/id"));
            List<String> names = texts(threat.at(path + "/name"));
            for (int i = 0; i < ids.size(); i++) {
                techniques.add(ids.get(i) + (i < names.size() ? " " + names.get(i) : ""));
            }
        }
        if (!techniques.isEmpty()) {
            facts.add(new Named("ATT&CK", String.join(", ", techniques)));
        }
    }

    private static List<Event> events(JsonNode events) {
        List<Event> all = new ArrayList<>();
        for (JsonNode event : events) {
            List<Named> ids = new ArrayList<>();
            for (String name : List.of("id", "correlation_id", "user_id", "target_id", "user_agent")) {
                if (event.has(name)) {
                    ids.add(new Named(name.replace('_', ' '), event.get(name).asText()));
                }
            }
            all.add(new Event(
                    shortTime(text(event, "/time")),
                    text(event, "/activity"),
                    text(event, "/outcome"),
                    text(event, "/user"),
                    text(event, "/target"),
                    text(event, "/address"),
                    text(event, "/place"),
                    text(event, "/app"),
                    ids));
        }
        return all;
    }

    /** Seconds are enough to read; the whole time is beside it. */
    private static String shortTime(String time) {
        try {
            return Instant.parse(time).toString().substring(0, 19).replace('T', ' ');
        } catch (DateTimeException e) {
            return time;
        }
    }

    private static String number(JsonNode value) {
        boolean whole = value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
        return whole ? String.format(Locale.ROOT, "%,d", value.asLong()) : value.asText();
    }

    private static String number(JsonNode value, String unit) {
        boolean one = value.asDouble() == 1 && unit.endsWith("s");
        return number(value) + " " + (one ? unit.substring(0, unit.length() - 1) : unit);
    }

    private static String text(JsonNode node, String path) {
        return node.at(path).asText("");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
