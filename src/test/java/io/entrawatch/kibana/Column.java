package io.entrawatch.kibana;

import java.util.List;
import java.util.Map;

/**
 * What a Lens panel counts, or by what it groups.
 *
 * @param shift how long before the time of the panel; empty for that time itself
 */
record Column(Operation operation, String label, String field, Json params, String shift) {

    /** How Lens names the documents themselves. */
    static final String DOCUMENTS = "___records___";

    /** What Lens can do with a field, in its own words. */
    enum Operation {
        COUNT("count", "number", "ratio"),
        DIFFERENT("unique_count", "number", "ratio"),
        SUM("sum", "number", "ratio"),
        MOST("max", "number", "ratio"),
        LAST("last_value", "number", "ratio"),
        TOP("terms", "string", "ordinal"),
        KINDS("filters", "string", "ordinal"),
        TIME("date_histogram", "date", "interval");

        private final String id;
        private final String type;
        private final String scale;

        Operation(String id, String type, String scale) {
            this.id = id;
            this.type = type;
            this.scale = scale;
        }
    }

    static Column count(String label) {
        return number(Operation.COUNT, label, DOCUMENTS);
    }

    static Column different(String label, String field) {
        return number(Operation.DIFFERENT, label, field);
    }

    static Column sum(String label, String field) {
        return number(Operation.SUM, label, field);
    }

    static Column most(String label, String field) {
        return number(Operation.MOST, label, field);
    }

    /** What the newest document has; of numbers. */
    static Column last(String label, String field) {
        Json params = Json.of("sortField", "@timestamp").and("showArrayValues", false);
        return new Column(Operation.LAST, label, field, params, "");
    }

    private static Column number(Operation operation, String label, String field) {
        return new Column(operation, label, field, Json.of("emptyAsNull", true), "");
    }

    /** The same of seven days before. */
    Column aWeekBefore(String name) {
        return new Column(operation, name, field, params, "1w");
    }

    /** The values that have most of the first number of the panel. */
    static Column top(int size, String label, String field) {
        Json params = Json.of("size", size)
                .and("orderDirection", "desc")
                .and("otherBucket", false)
                .and("missingBucket", false)
                .and("parentFormat", Json.of("id", "terms"));
        return new Column(Operation.TOP, label, field, params, "");
    }

    /** Only values that match a regular expression of Lucene. */
    Column like(String expression) {
        Json narrowed = params.copy().and("includeIsRegex", true).and("include", List.of(expression));
        return new Column(operation, label, field, narrowed, shift);
    }

    /** Steps in time that fit the panel's width. */
    static Column time(DataView data) {
        return time(data, "auto");
    }

    static Column days(DataView data) {
        return time(data, "1d");
    }

    private static Column time(DataView data, String interval) {
        Json params =
                Json.of("interval", interval).and("includeEmptyRows", true).and("dropPartials", false);
        return new Column(Operation.TIME, "Time", data.timeField(), params, "");
    }

    /** What queries find, by label. */
    static Column kinds(Map<String, String> queries) {
        List<Json> filters = queries.entrySet().stream()
                .map(kind -> Json.of("label", kind.getKey()).and("input", Json.query(kind.getValue())))
                .toList();
        return new Column(Operation.KINDS, "Kind", "", Json.of("filters", filters), "");
    }

    private boolean groups() {
        return !operation.scale.equals("ratio");
    }

    /** @param first the id of the first number of the panel */
    Json json(String first) {
        Json json = Json.of("label", label)
                .and("customLabel", true)
                .and("dataType", field.endsWith(".ip") && groups() ? "ip" : operation.type)
                .and("operationType", operation.id)
                .and("isBucketed", groups())
                .and("scale", operation.scale);
        if (!field.isEmpty()) {
            json.and("sourceField", field);
        }
        if (!shift.isEmpty()) {
            json.and("timeShift", shift);
        }
        Json order = Json.of("type", "column").and("columnId", first);
        return json.and("params", operation == Operation.TOP ? params.copy().and("orderBy", order) : params);
    }
}
