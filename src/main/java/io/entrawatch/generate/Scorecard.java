package io.entrawatch.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Compares alerts with the labels of generated logs: what was found, what was missed, and what should not have been. */
public final class Scorecard {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Set<String> loaded;
    private final Map<String, ScorecardRow> rows = new TreeMap<>();
    private final Set<String> skipped = new TreeSet<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** @param loaded the names of the detections that ran; labels of others are left out */
    public Scorecard(Set<String> loaded) {
        this.loaded = new HashSet<>(loaded);
        loaded.forEach(name -> rows.put(name, new ScorecardRow()));
    }

    /**
     * Compares, and adds the result up with what was compared before.
     *
     * @param labels the file that {@link Generator} wrote
     * @param alerts documents as they are written to {@code alerts.ndjson}
     */
    public void add(Path labels, List<JsonNode> alerts) throws IOException {
        List<Labelled> script = new ArrayList<>();
        for (String line : Files.readAllLines(labels)) {
            Labelled label = new Labelled(MAPPER.readTree(line));
            script.add(label);
            if (!loaded.contains(label.detection())) {
                skipped.add(label.detection());
            }
        }
        Map<String, List<JsonNode>> byTenant = new TreeMap<>();
        for (JsonNode alert : alerts) {
            byTenant.computeIfAbsent(alert.at("/organization/id").asText(), unused -> new ArrayList<>())
                    .add(alert);
        }
        Set<JsonNode> right = new HashSet<>();
        for (Labelled label : script) {
            List<JsonNode> candidates = byTenant.getOrDefault(label.tenant(), List.of());
            if (label.isAttack() && loaded.contains(label.detection())) {
                judge(label, candidates, right);
            } else {
                if (loaded.contains(label.detection())) {
                    row(label.detection()).nearMisses++;
                }
                candidates.stream().filter(label::allows).forEach(right::add);
            }
        }
        for (JsonNode alert : alerts) {
            judge(alert, right.contains(alert), script);
        }
    }

    private void judge(Labelled label, List<JsonNode> candidates, Set<JsonNode> right) {
        ScorecardRow row = row(label.detection());
        row.attacks++;
        Instant first = null;
        for (JsonNode alert : candidates) {
            if (first == null && label.explains(alert)) {
                right.add(alert);
                first = time(alert);
            } else if (label.allows(alert)) {
                right.add(alert);
            }
        }
        if (first == null) {
            missed.add(label.toString());
            return;
        }
        row.found++;
        row.afterFirst.add(Duration.between(label.from(), first));
        Duration afterLast = Duration.between(label.last(), first);
        row.afterLast.add(afterLast.isNegative() ? Duration.ZERO : afterLast);
    }

    private void judge(JsonNode alert, boolean right, List<Labelled> script) {
        ScorecardRow row = row(alert.at("/rule/id").asText());
        if (right) {
            row.right++;
            return;
        }
        row.wrong++;
        String about = script.stream()
                .filter(label -> label.concerns(alert))
                .findFirst()
                .map(label -> (label.isAttack() ? "attack" : "near miss") + " of " + label.detection())
                .orElse("background");
        wrong.add(alert.at("/rule/id").asText() + " on " + about + ": "
                + alert.at("/@timestamp").asText() + " "
                + alert.at("/event/reason").asText());
    }

    private ScorecardRow row(String detection) {
        return rows.computeIfAbsent(detection, unused -> new ScorecardRow());
    }

    private static Instant time(JsonNode alert) {
        return Instant.parse(alert.at("/@timestamp").asText());
    }

    /** By detection. */
    public Map<String, ScorecardRow> rows() {
        return rows;
    }

    /** The labelled detections that did not run. */
    public Set<String> skipped() {
        return skipped;
    }

    /** The labels of attacks that no alert tells of. */
    public List<String> missed() {
        return missed;
    }

    /** The alerts that no attack explains. */
    public List<String> wrong() {
        return wrong;
    }

    public boolean isPerfect() {
        return missed.isEmpty() && wrong.isEmpty();
    }
}
