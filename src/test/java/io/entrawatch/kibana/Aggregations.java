package io.entrawatch.kibana;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The aggregations of Elasticsearch that Lens makes of its columns. */
final class Aggregations {

    private Aggregations() {}

    static ObjectNode of(JsonNode columns) {
        ObjectNode innermost = Json.object();
        List<ObjectNode> groups = new ArrayList<>();
        columns.fields().forEachRemaining(column -> {
            if (column.getValue().path("isBucketed").asBoolean()) {
                groups.add(Json.object(column.getKey(), group(column.getValue())));
            } else if (!column.getValue().path("operationType").asText().equals("count")) {
                innermost.set(column.getKey(), number(column.getValue()));
            }
        });
        ObjectNode all = innermost;
        Collections.reverse(groups);
        for (ObjectNode group : groups) {
            ((ObjectNode) group.elements().next()).set("aggs", all);
            all = group;
        }
        return all;
    }

    private static ObjectNode number(JsonNode column) {
        String name =
                switch (column.path("operationType").asText()) {
                    case "unique_count" -> "cardinality";
                    case "sum" -> "sum";
                    case "max" -> "max";
                    default -> throw new AssertionError("what is " + column + "?");
                };
        return Json.object(name, Json.object("field", column.path("sourceField")));
    }

    private static ObjectNode group(JsonNode column) {
        JsonNode params = column.path("params");
        return switch (column.path("operationType").asText()) {
            case "terms" -> Json.object("terms", terms(column.path("sourceField"), params));
            case "date_histogram" ->
                Json.object(
                        "date_histogram",
                        Json.object(
                                "field", column.path("sourceField"), "calendar_interval", "1d", "min_doc_count", 1));
            case "filters" -> {
                ObjectNode filters = Json.object();
                params.path("filters")
                        .forEach(filter -> filters.set(
                                filter.path("label").asText(),
                                Json.object("query_string", Json.object("query", filter.at("/input/query")))));
                yield Json.object("filters", Json.object("filters", filters));
            }
            default -> throw new AssertionError("what is " + column + "?");
        };
    }

    private static ObjectNode terms(JsonNode field, JsonNode params) {
        ObjectNode terms = Json.object("field", field, "size", params.path("size"));
        if (params.path("includeIsRegex").asBoolean()) {
            terms.set("include", params.at("/include/0"));
        }
        String order = params.at("/orderBy/columnId").asText();
        if (!order.equals("number-1")) {
            throw new AssertionError("ordered by " + order);
        }
        return terms;
    }
}
