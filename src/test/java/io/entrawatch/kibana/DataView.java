package io.entrawatch.kibana;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Indices that dashboards look at.
 *
 * @param formats how fields are shown that are not shown as they are
 */
record DataView(String id, String indices, String name, String timeField, ObjectNode formats) {

    private static final ObjectNode DURATION = Json.object(
            "id",
            "duration",
            "params",
            Json.object(
                    "inputFormat",
                    "milliseconds",
                    "outputFormat",
                    "humanizePrecise",
                    "outputPrecision",
                    1,
                    "useShortSuffix",
                    true));

    static final DataView ALERTS =
            new DataView("entrawatch-alerts", "entrawatch-alerts-*", "Entrawatch alerts", "@timestamp", Json.object());
    static final DataView HEALTH = new DataView(
            "entrawatch-health",
            "entrawatch-health-*",
            "Entrawatch health",
            "@timestamp",
            Json.object("entrawatch.health.lag_ms", DURATION));
    static final DataView DEAD_LETTERS = new DataView(
            "entrawatch-dead-letters",
            "entrawatch-dead-letters",
            "Entrawatch dead letters",
            "event.ingested",
            Json.object());
    /** By the time of writing: when an event was late matters here, and not when it happened. */
    static final DataView LATE = new DataView(
            "entrawatch-late",
            "entrawatch-late",
            "Entrawatch late events",
            "event.ingested",
            Json.object("late_by_ms", DURATION));

    Reference as(String name) {
        return new Reference("index-pattern", id, name);
    }

    ObjectNode savedObject() {
        return SavedObject.of(
                "index-pattern",
                id,
                "8.0.0",
                List.of(),
                Json.object(
                        "title",
                        indices,
                        "name",
                        name,
                        "timeFieldName",
                        timeField,
                        "allowNoIndex",
                        true,
                        "fields",
                        "[]",
                        "fieldAttrs",
                        "{}",
                        "fieldFormatMap",
                        formats.toString(),
                        "runtimeFieldMap",
                        "{}",
                        "sourceFilters",
                        "[]"));
    }
}
