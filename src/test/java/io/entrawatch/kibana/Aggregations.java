package io.entrawatch.kibana;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** The aggregations of Elasticsearch that Lens makes of its columns. */
final class Aggregations {

    private Aggregations() {}

    static Json of(JsonNode columns) {
        Json innermost = Json.empty();
        List<Map.Entry<String, Json>> groups = new ArrayList<>();
        columns.fields().forEachRemaining(column -> {
            if (column.getValue().path("isBucketed").asBoolean()) {
                groups.add(Map.entry(column.getKey(), group(column.getValue())));
            } else if (!column.getValue().path("operationType").asText().equals("count")) {
                innermost.and(column.getKey(), number(column.getValue()));
            }
        });
        Json all = innermost;
        Collections.reverse(groups);
        for (Map.Entry<String, Json> group : groups) {
            all = Json.of(group.getKey(), group.getValue().and("aggs", all));
        }
        return all;
    }

    private static Json number(JsonNode column) {
        if (column.path("operationType").asText().equals("last_value")) {
            // Kibana asks with top_metrics, which the server of the tests does not have.
            Json newest = Json.of(column.at("/params/sortField").asText(), "desc");
            return Json.of(
                    "top_hits",
                    Json.of("size", 1)
                            .and("sort", List.of(newest))
                            .and("docvalue_fields", List.of(column.path("sourceField"))));
        }
        String name =
                switch (column.path("operationType").asText()) {
                    case "unique_count" -> "cardinality";
                    case "sum" -> "sum";
                    case "max" -> "max";
                    default -> throw new AssertionError("what is " + column + "?");
                };
        return Json.of(name, Json.of("field", column.path("sourceField")));
    }

    private static Json group(JsonNode column) {
        JsonNode params = column.path("params");
        return switch (column.path("operationType").asText()) {
            case "terms" -> Json.of("terms", terms(column.path("sourceField"), params));
            case "date_histogram" ->
                Json.of(
                        "date_histogram",
                        Json.of("field", column.path("sourceField"))
                                .and("calendar_interval", "1d")
                                .and("min_doc_count", 1));
            case "filters" -> {
                Json filters = Json.empty();
                params.path("filters")
                        .forEach(filter -> filters.and(
                                filter.path("label").asText(),
                                Json.of("query_string", Json.of("query", filter.at("/input/query")))));
                yield Json.of("filters", Json.of("filters", filters));
            }
            default -> throw new AssertionError("what is " + column + "?");
        };
    }

    private static Json terms(JsonNode field, JsonNode params) {
        Json terms = Json.of("field", field).and("size", params.path("size"));
        if (params.path("includeIsRegex").asBoolean()) {
            terms.and("include", params.at("/include/0"));
        }
        String order = params.at("/orderBy/columnId").asText();
        if (!order.equals("number-1")) {
            throw new AssertionError("ordered by " + order);
        }
        return terms;
    }
}
