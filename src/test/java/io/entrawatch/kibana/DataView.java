package io.entrawatch.kibana;

import java.util.List;

/**
 * Indices that dashboards look at.
 *
 * @param formats how fields are shown that are not shown as they are
 */
record DataView(String id, String indices, String name, String timeField, Json formats) {

    private static final Json DURATION = Json.of("id", "duration")
            .and(
                    "params",
                    Json.of("inputFormat", "milliseconds")
                            .and("outputFormat", "humanizePrecise")
                            .and("outputPrecision", 1)
                            .and("useShortSuffix", true));

    static final DataView ALERTS =
            new DataView("entrawatch-alerts", "entrawatch-alerts-*", "Entrawatch alerts", "@timestamp", Json.empty());
    static final DataView HEALTH = new DataView(
            "entrawatch-health",
            "entrawatch-health-*",
            "Entrawatch health",
            "@timestamp",
            Json.of("entrawatch.health.lag_ms", DURATION));
    static final DataView DEAD_LETTERS = new DataView(
            "entrawatch-dead-letters",
            "entrawatch-dead-letters",
            "Entrawatch dead letters",
            "event.ingested",
            Json.empty());
    /** By the time of writing: when an event was late matters here, and not when it happened. */
    static final DataView LATE = new DataView(
            "entrawatch-late",
            "entrawatch-late",
            "Entrawatch late events",
            "event.ingested",
            Json.of("late_by_ms", DURATION));

    Reference as(String name) {
        return new Reference("index-pattern", id, name);
    }

    Json savedObject() {
        return SavedObject.of(
                "index-pattern",
                id,
                "8.0.0",
                List.of(),
                Json.of("title", indices)
                        .and("name", name)
                        .and("timeFieldName", timeField)
                        .and("allowNoIndex", true)
                        .and("fields", "[]")
                        .and("fieldAttrs", "{}")
                        .and("fieldFormatMap", formats.toString())
                        .and("runtimeFieldMap", "{}")
                        .and("sourceFilters", "[]"));
    }
}
