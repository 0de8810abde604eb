package io.entrawatch.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Compares alerts with the labels of generated logs: what was found, what was missed, and what should not have been. */
public final class Scorecard {

    /**
     * One detection's part.
     *
     * @param attacks how many there are
     * @param found how many of them were alerted
     * @param nearMisses how many there are
     * @param wrong alerts that no attack explains
     */
    public record Row(int attacks, int found, int nearMisses, int wrong) {

        /** The share of attacks that was found. */
        public double recall() {
            return attacks == 0 ? 1 : (double) found / attacks;
        }

        /** The share of alerts that is right. */
        public double precision() {
            return found + wrong == 0 ? 1 : (double) found / (found + wrong);
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    private Scorecard() {}

    /**
     * Compares.
     *
     * @param labels the file that {@link Generator} wrote
     * @param alerts documents as they are written to {@code alerts.ndjson}
     */
    public static Scorecard of(Path labels, List<JsonNode> alerts) throws IOException {
        List<JsonNode> script = new ArrayList<>();
        for (String line : Files.readAllLines(labels)) {
            script.add(MAPPER.readTree(line));
        }
        Scorecard card = new Scorecard();
        List<JsonNode> unexplained = new ArrayList<>(alerts);
        for (JsonNode label : script) {
            boolean attack = label.get("attack").asBoolean();
            boolean found = attack && unexplained.removeIf(alert -> explains(label, alert));
            card.add(label.get("detection").asText(), new Row(attack ? 1 : 0, found ? 1 : 0, attack ? 0 : 1, 0));
            if (attack && !found) {
                card.missed.add(label.toString());
            }
        }
        for (JsonNode alert : unexplained) {
            card.add(alert.at("/rule/id").asText(), new Row(0, 0, 0, 1));
            card.wrong.add(alert.at("/@timestamp").asText() + " "
                    + alert.at("/message").asText());
        }
        return card;
    }

    private static boolean explains(JsonNode label, JsonNode alert) {
        String at = alert.at("/@timestamp").asText();
        boolean inTime = label.has("at")
                ? at.equals(label.get("at").asText())
                : at.compareTo(label.get("from").asText()) >= 0
                        && at.compareTo(label.get("to").asText()) <= 0;
        return inTime
                && alert.at("/rule/id").asText().equals(label.get("detection").asText())
                && alert.at("/organization/id")
                        .asText()
                        .equals(label.get("tenant").asText())
                && (!label.has("subject") || isAbout(alert, label.get("subject").asText()));
    }

    private static boolean isAbout(JsonNode alert, String subject) {
        JsonNode group = alert.at("/entrawatch/group");
        return subject.equals(group.path("user.id").asText())
                || subject.equals(group.path("target.id").asText());
    }

    private void add(String detection, Row row) {
        rows.merge(
                detection,
                row,
                (a, b) -> new Row(
                        a.attacks + b.attacks, a.found + b.found, a.nearMisses + b.nearMisses, a.wrong + b.wrong));
    }

    /** By detection. */
    public Map<String, Row> rows() {
        return rows;
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
