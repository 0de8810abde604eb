package io.entrawatch.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Puts the alerts of all subtasks in the order of time, each once. There may be more of them than memory holds: it keeps
 * of each when it was, its id, and where it stands in a file.
 */
final class AlertOrder {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Comparator<Line> ORDER = Comparator.comparing(Line::at).thenComparing(Line::id);

    private record Line(Instant at, String id, long offset, int length) {}

    private final Path unordered;
    private final Map<String, Line> lines = new HashMap<>();
    private final Map<String, Long> byDetection = new TreeMap<>();
    private long end;

    private AlertOrder(Path unordered) {
        this.unordered = unordered;
    }

    /** @param unordered a file to be written for the time being */
    static AlertOrder of(List<Path> parts, Path unordered) throws IOException {
        AlertOrder order = new AlertOrder(unordered);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(unordered))) {
            for (Path part : parts) {
                try (BufferedReader alerts = Files.newBufferedReader(part)) {
                    for (String alert = alerts.readLine(); alert != null; alert = alerts.readLine()) {
                        order.add(MAPPER.readTree(alert), file);
                    }
                }
            }
        }
        return order;
    }

    /** Each once: a copy of an event that comes late, after more than a day, makes its alert once more. */
    private void add(JsonNode alert, OutputStream file) throws IOException {
        String id = alert.at("/event/id").asText();
        if (lines.containsKey(id)) {
            return;
        }
        byte[] line = (alert + "\n").getBytes(StandardCharsets.UTF_8);
        file.write(line);
        lines.put(id, new Line(Instant.parse(alert.get("@timestamp").asText()), id, end, line.length));
        end += line.length;
        byDetection.merge(alert.at("/rule/id").asText(), 1L, Long::sum);
    }

    int size() {
        return lines.size();
    }

    /** How many alerts each detection has that has any. */
    Map<String, Long> byDetection() {
        return byDetection;
    }

    void writeTo(Path file) throws IOException {
        List<Line> ordered = lines.values().stream().sorted(ORDER).toList();
        try (RandomAccessFile from = new RandomAccessFile(unordered.toFile(), "r");
                OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Line line : ordered) {
                byte[] bytes = new byte[line.length()];
                from.seek(line.offset());
                from.readFully(bytes);
                to.write(bytes);
            }
        }
    }
}
