package io.entrawatch.generate;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** A line of the labels, and which alerts it speaks of. */
final class Labelled {

    private final JsonNode label;
    private final Set<String> also = new HashSet<>();
    private final Set<String> about = new HashSet<>();

    Labelled(JsonNode label) {
        this.label = label;
        label.path("also").forEach(name -> also.add(name.asText()));
        label.path("about").forEach(name -> about.add(name.asText()));
        if (label.has("subject")) {
            about.add(label.get("subject").asText());
        }
    }

    String detection() {
        return label.get("detection").asText();
    }

    String tenant() {
        return label.get("tenant").asText();
    }

    boolean isAttack() {
        return label.get("attack").asBoolean();
    }

    Instant from() {
        return Instant.parse(label.get("from").asText());
    }

    /** When the last event happened. */
    Instant last() {
        return Instant.parse(label.get(label.has("last") ? "last" : "to").asText());
    }

    /** Whether this is the attack that the alert tells of, and all of it that there has to be. */
    boolean explains(JsonNode alert) {
        String at = alert.at("/@timestamp").asText();
        return detection().equals(alert.at("/rule/id").asText())
                && (!label.has("at") || at.equals(label.get("at").asText()))
                && !Instant.parse(at).isBefore(notBefore())
                && (label.has("group") ? isMeanwhile(alert) && isOfGroup(alert) : concerns(alert));
    }

    private Instant notBefore() {
        return label.has("not-before") ? Instant.parse(label.get("not-before").asText()) : last();
    }

    /** Whether the alert is another detection's, and right. */
    boolean allows(JsonNode alert) {
        return also.contains(alert.at("/rule/id").asText()) && concerns(alert);
    }

    /** Whether the alert's events are some of these. */
    boolean concerns(JsonNode alert) {
        return isMeanwhile(alert) && (about.isEmpty() || isNamed(alert));
    }

    private boolean isMeanwhile(JsonNode alert) {
        Instant at = Instant.parse(alert.at("/@timestamp").asText());
        return tenant().equals(alert.at("/organization/id").asText())
                && !at.isBefore(from())
                && !at.isAfter(Instant.parse(label.get("to").asText()));
    }

    private boolean isOfGroup(JsonNode alert) {
        for (JsonNode value : alert.at("/entrawatch/group")) {
            if (value.asText().equals(label.get("group").asText())) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(JsonNode alert) {
        return names(alert.at("/entrawatch/evidence")) || names(alert.at("/entrawatch/group"));
    }

    /** Whether any text of it is one of what this is about. */
    private boolean names(JsonNode node) {
        if (node.isTextual()) {
            return about.contains(node.asText());
        }
        for (JsonNode part : node) {
            if (names(part)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return detection() + ": " + label.get("what").asText() + " "
                + label.get("from").asText() + " about "
                + about.stream().sorted().limit(4).toList();
    }
}
