package io.entrawatch.kibana;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.entrawatch.kibana.ImportFile.Shown;

/**
 * What something of the file asks of Elasticsearch.
 *
 * @param fields that it groups by, counts or orders by
 * @param shown fields that it only shows
 */
record Question(String what, String indices, String query, Set<String> fields, Set<String> shown, Json groups) {

    private static final Pattern FIELD_OF_QUERY = Pattern.compile("(?<![\\w\"])([a-z@][\\w.]*):");

    /** All that the file asks. */
    static List<Question> all(ImportFile file) {
        List<Question> questions = new ArrayList<>();
        for (JsonNode search : file.ofType("search")) {
            questions.add(ofSearch(file, search));
        }
        for (JsonNode dashboard : file.ofType("dashboard")) {
            ImportFile.opened(dashboard, "/attributes/controlGroupInput/panelsJSON")
                    .forEach(control -> questions.add(ofControl(file, dashboard, control)));
        }
        for (Shown panel : file.panels()) {
            if (panel.is("lens")) {
                questions.add(ofLens(file, panel));
            } else if (panel.is("map")) {
                JsonNode layers = ImportFile.opened(panel.attributes(), "/layerListJSON");
                questions.add(ofMap(file, panel, layers.get(layers.size() - 1)));
            }
        }
        return questions;
    }

    private static Question ofSearch(ImportFile file, JsonNode search) {
        String source = "/attributes/kibanaSavedObjectMeta/searchSourceJSON";
        String query = ImportFile.opened(search, source).at("/query/query").asText();
        String view = ImportFile.reference(search, "kibanaSavedObjectMeta.searchSourceJSON.index");
        Set<String> shown = new LinkedHashSet<>();
        search.at("/attributes/columns").forEach(column -> shown.add(column.asText()));
        Set<String> sorted = Set.of(search.at("/attributes/sort/0/0").asText());
        return new Question(search.path("id").asText(), indices(file, view), query, sorted, shown, Json.empty());
    }

    private static Question ofControl(ImportFile file, JsonNode dashboard, JsonNode control) {
        String field = control.at("/explicitInput/fieldName").asText();
        String id = control.at("/explicitInput/id").asText();
        String view = ImportFile.reference(dashboard, "controlGroup_" + id + ":optionsListDataView");
        return new Question(
                dashboard.path("id").asText() + ", " + id,
                indices(file, view),
                "",
                Set.of(field),
                Set.of(),
                Json.of("options", Json.of("terms", Json.of("field", field))));
    }

    private static Question ofMap(ImportFile file, Shown panel, JsonNode layer) {
        JsonNode source = layer.path("sourceDescriptor");
        String field = source.path("geoField").asText();
        String view = panel.referenced(source.path("indexPatternRefName").asText());
        return new Question(
                panel.toString(),
                indices(file, view),
                layer.at("/query/query").asText(),
                Set.of(field),
                Set.of(),
                Json.of(
                        "places",
                        Json.of("geotile_grid", Json.of("field", field).and("precision", 6))));
    }

    private static Question ofLens(ImportFile file, Shown panel) {
        JsonNode state = panel.attributes().path("state");
        JsonNode columns = state.at("/datasourceStates/formBased/layers/layer/columns");
        Set<String> fields = new LinkedHashSet<>();
        columns.findValues("sourceField").forEach(field -> fields.add(field.asText()));
        fields.remove(Column.DOCUMENTS);
        return new Question(
                panel.toString(),
                indices(file, panel.referenced("indexpattern-datasource-layer-layer")),
                state.at("/query/query").asText(),
                fields,
                Set.of(),
                Aggregations.of(columns));
    }

    private static String indices(ImportFile file, String view) {
        return file.find("index-pattern", view).at("/attributes/title").asText();
    }

    /** The fields that its query names. */
    Set<String> queried() {
        Set<String> names = new LinkedHashSet<>();
        Matcher fields = FIELD_OF_QUERY.matcher(query);
        while (fields.find()) {
            names.add(fields.group(1));
        }
        return names;
    }

    Json search() {
        Json string = Json.of("query", query.isEmpty() ? "*" : query).and("analyze_wildcard", true);
        return Json.of("size", 0)
                .and("track_total_hits", true)
                .and("query", Json.of("query_string", string))
                .and("aggs", groups);
    }

    @Override
    public String toString() {
        return what;
    }
}
