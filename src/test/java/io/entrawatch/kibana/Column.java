package io.entrawatch.kibana;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a Lens panel counts, or by what it groups.
 *
 * @param json as Lens keeps it, but for the column that orders its values
 */
record Column(boolean groups, ObjectNode json) {

    /** How Lens names the documents themselves. */
    static final String DOCUMENTS = "___records___";

    static Column count(String label) {
        return number("count", label, DOCUMENTS);
    }

    static Column different(String label, String field) {
        return number("unique_count", label, field);
    }

    static Column sum(String label, String field) {
        return number("sum", label, field);
    }

    static Column most(String label, String field) {
        return number("max", label, field);
    }

    private static Column number(String operation, String label, String field) {
        ObjectNode json = column(label, "number", operation, false, "ratio");
        json.put("sourceField", field).set("params", Json.object("emptyAsNull", true));
        return new Column(false, json);
    }

    /** The same of seven days before. */
    Column aWeekBefore(String label) {
        ObjectNode shifted = json.deepCopy();
        shifted.put("label", label).put("timeShift", "1w");
        return new Column(false, shifted);
    }

    /** The values that come most often, or that have most of the first number of the panel. */
    static Column top(int size, String label, String field) {
        ObjectNode json = column(label, field.endsWith(".ip") ? "ip" : "string", "terms", true, "ordinal");
        json.put("sourceField", field)
                .set(
                        "params",
                        Json.object(
                                "size",
                                size,
                                "orderDirection",
                                "desc",
                                "otherBucket",
                                false,
                                "missingBucket",
                                false,
                                "parentFormat",
                                Json.object("id", "terms")));
        return new Column(true, json);
    }

    /** Only values that match a regular expression of Lucene. */
    Column like(String expression) {
        ObjectNode narrowed = json.deepCopy();
        narrowed.withObject("/params")
                .put("includeIsRegex", true)
                .withArray("/include")
                .add(expression);
        return new Column(groups, narrowed);
    }

    /** Steps in time that fit the panel's width. */
    static Column time(DataView data) {
        return time(data, "auto");
    }

    static Column days(DataView data) {
        return time(data, "1d");
    }

    private static Column time(DataView data, String interval) {
        ObjectNode json = column(data.timeField(), "date", "date_histogram", true, "interval");
        json.put("sourceField", data.timeField())
                .set("params", Json.object("interval", interval, "includeEmptyRows", true, "dropPartials", false));
        return new Column(true, json);
    }

    /** What queries find, by label. */
    static Column kinds(Map<String, String> queries) {
        ObjectNode json = column("Kind", "string", "filters", true, "ordinal");
        json.set(
                "params",
                Json.object(
                        "filters",
                        queries.entrySet().stream()
                                .map(kind -> Json.object("label", kind.getKey(), "input", Json.query(kind.getValue())))
                                .toList()));
        return new Column(true, json);
    }

    private static ObjectNode column(String label, String type, String operation, boolean groups, String scale) {
        return Json.object(
                "label",
                label,
                "customLabel",
                true,
                "dataType",
                type,
                "operationType",
                operation,
                "isBucketed",
                groups,
                "scale",
                scale);
    }

    ObjectNode orderedBy(String number) {
        ObjectNode ordered = json.deepCopy();
        if (ordered.path("operationType").asText().equals("terms")) {
            ordered.withObject("/params").set("orderBy", Json.object("type", "column", "columnId", number));
        }
        return ordered;
    }
}
