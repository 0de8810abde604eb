package io.entrawatch.cli.live;

import java.io.IOException;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.entrawatch.rule.Level;

/** What one line says about an alert. */
record SeenAlert(String time, Level level, String detection, String what) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static SeenAlert of(byte[] document) throws IOException {
        JsonNode alert = MAPPER.readTree(document);
        return new SeenAlert(
                alert.path("@timestamp").asText(),
                Objects.requireNonNull(Level.of(alert.at("/entrawatch/level").asText()), "every alert has a level"),
                alert.at("/rule/id").asText(),
                alert.at("/event/reason").asText());
    }
}
