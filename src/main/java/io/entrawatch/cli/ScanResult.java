package io.entrawatch.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.api.common.JobExecutionResult;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.sink.Document;

/** What a scan found: the files it left, and their summary. */
public final class ScanResult {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<JsonNode> alerts;
    private final ObjectNode summary;

    private ScanResult(List<JsonNode> alerts, ObjectNode summary) {
        this.alerts = alerts;
        this.summary = summary;
    }

    /** Joins the parts that the subtasks wrote, alerts in the order of time, and adds the counts up. */
    static ScanResult collect(JobExecutionResult job, Path parts, Path out, Catalogue catalogue) throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (Path part : partsOf(parts, Document.Target.ALERTS)) {
            try (Stream<String> lines = Files.lines(part)) {
                for (String line : (Iterable<String>) lines::iterator) {
                    alerts.add(MAPPER.readTree(line));
                }
            }
        }
        alerts.sort(
                Comparator.comparing((JsonNode alert) -> alert.get("@timestamp").asText())
                        .thenComparing(alert -> alert.at("/event/id").asText()));
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(out.resolve("alerts.ndjson")))) {
            for (JsonNode alert : alerts) {
                file.write(alert.toString().getBytes(StandardCharsets.UTF_8));
                file.write('\n');
            }
        }
        join(parts, Document.Target.DEAD_LETTERS, out.resolve("dead-letters.ndjson"));
        join(parts, Document.Target.LATE, out.resolve("late.ndjson"));
        ObjectNode summary = summarize(job.getAllAccumulatorResults(), alerts.size(), catalogue);
        MAPPER.writerWithDefaultPrettyPrinter()
                .writeValue(out.resolve("summary.json").toFile(), summary);
        return new ScanResult(alerts, summary);
    }

    private static void join(Path parts, Document.Target target, Path into) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(into))) {
            for (Path part : partsOf(parts, target)) {
                Files.copy(part, file);
            }
        }
    }

    private static List<Path> partsOf(Path parts, Document.Target target) throws IOException {
        Path directory = parts.resolve(target.label());
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .sorted()
                    .toList();
        }
    }

    private static ObjectNode summarize(Map<String, Object> counts, int alerts, Catalogue catalogue) {
        ObjectNode summary = MAPPER.createObjectNode();
        summary.put("events", ofAllSources(counts, "events"));
        summary.put("evaluated", ofAllSources(counts, "evaluated"));
        summary.put("duplicates", count(counts, "duplicates"));
        summary.put("dead_letters", ofAllSources(counts, "dead_letters"));
        summary.put("late", ofAllSources(counts, "late"));
        summary.put("alerts", alerts);
        ObjectNode byDetection = summary.putObject("alerts_by_detection");
        catalogue
                .enabled()
                .forEach(detection -> byDetection.put(detection.name(), count(counts, "alerts/" + detection.name())));
        summary.put("repeats_held_back", count(counts, "suppressed"));
        putAll(summary.putObject("events_by_category"), counts, "category/");
        putAll(summary.putObject("dead_letters_by_reason"), counts, "dead_letters/");
        ObjectNode off = summary.putObject("detections_off");
        for (Catalogue.Entry entry : catalogue.entries()) {
            if (!entry.enabled()) {
                off.put(entry.detection().name(), entry.offBecause());
            }
        }
        return summary;
    }

    private static void putAll(ObjectNode into, Map<String, Object> counts, String prefix) {
        new TreeMap<>(counts).forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                into.put(name.substring(prefix.length()), (Long) value);
            }
        });
    }

    /** The sum of a count over the sources of a job. */
    static long ofAllSources(Map<String, Object> counts, String name) {
        long sum = 0;
        for (Map.Entry<String, Object> count : counts.entrySet()) {
            if (count.getKey().matches("source/[^/]+/" + name) && count.getValue() instanceof Long number) {
                sum += number;
            }
        }
        return sum;
    }

    private static long count(Map<String, Object> counts, String name) {
        return counts.get(name) instanceof Long number ? number : 0;
    }

    /** The alerts as their documents, in the order of time. */
    public List<JsonNode> documents() {
        return alerts;
    }

    /** What {@code summary.json} holds. */
    public ObjectNode summary() {
        return summary;
    }

    int alerts() {
        return alerts.size();
    }

    TextTable alertTable(int most) {
        TextTable table = new TextTable("time", "level", "detection", "what");
        for (JsonNode alert : alerts.subList(0, Math.min(most, alerts.size()))) {
            table.row(
                    alert.get("@timestamp").asText(),
                    alert.at("/entrawatch/level").asText(),
                    alert.at("/rule/id").asText(),
                    alert.at("/event/reason").asText());
        }
        return table;
    }

    String summaryLine() {
        return String.format(
                Locale.ROOT,
                "%,d events: %,d evaluated, %,d dead letters, %,d late; %,d duplicates; %,d alerts",
                summary.get("events").asLong(),
                summary.get("evaluated").asLong(),
                summary.get("dead_letters").asLong(),
                summary.get("late").asLong(),
                summary.get("duplicates").asLong(),
                summary.get("alerts").asLong());
    }
}
