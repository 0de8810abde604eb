package io.entrawatch.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.entrawatch.rule.Level;

/** What the page says about all alerts together, and the few that it shows; as large for many alerts as for few. */
final class AlertTally {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_JOURNEYS = 60;

    /** A detection and what it found; the level is the highest of its alerts. */
    record OfDetection(String name, String title, Level level, int alerts) {
        OfDetection and(OfDetection other) {
            Level higher = level.compareTo(other.level) > 0 ? level : other.level;
            return new OfDetection(name, title, higher, alerts + other.alerts);
        }
    }

    private final MostSevere<JsonNode> entries;
    private final MostSevere<Journey> journeys = new MostSevere<>(MOST_JOURNEYS);
    private final Map<Level, Integer> levels = new EnumMap<>(Level.class);
    private final Map<String, OfDetection> detections = new HashMap<>();
    private final Timeline timeline = new Timeline();
    private int alerts;

    private AlertTally(int mostShown) {
        entries = new MostSevere<>(mostShown);
    }

    /** Reads {@code alerts.ndjson} line by line. */
    static AlertTally of(Path ndjson, int mostShown) throws IOException {
        AlertTally tally = new AlertTally(mostShown);
        try (BufferedReader lines = Files.newBufferedReader(ndjson)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tally.add(MAPPER.readTree(line));
            }
        }
        return tally;
    }

    private void add(JsonNode alert) {
        alerts++;
        Level level =
                Objects.requireNonNull(Level.of(alert.at("/entrawatch/level").asText()), "every alert has a level");
        levels.merge(level, 1, Integer::sum);
        String name = alert.at("/rule/id").asText();
        OfDetection found = new OfDetection(name, alert.at("/rule/name").asText(), level, 1);
        detections.merge(name, found, OfDetection::and);
        timeline.add(Instant.parse(alert.path("@timestamp").asText()).toEpochMilli(), level);
        entries.add(alert, alert);
        Journey journey = Journey.of(alert);
        if (journey != null) {
            journeys.add(alert, journey);
        }
    }

    int alerts() {
        return alerts;
    }

    int of(Level level) {
        return levels.getOrDefault(level, 0);
    }

    Timeline timeline() {
        return timeline;
    }

    /** The most severe detections first, of equally severe ones the most frequent. */
    List<OfDetection> detections() {
        List<OfDetection> all = new ArrayList<>(detections.values());
        all.sort(Comparator.comparing(OfDetection::level)
                .thenComparing(OfDetection::alerts)
                .reversed()
                .thenComparing(OfDetection::name));
        return all;
    }

    List<Journey> journeys() {
        return journeys.list(journey -> journey);
    }

    List<AlertEntry> entries() {
        return entries.list(AlertEntry::of);
    }
}
