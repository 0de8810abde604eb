package io.entrawatch.kibana;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A list of documents, newest first. */
record SavedSearch(String id, String title, DataView data, String query, List<String> columns) {

    private static final String INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index";

    ObjectNode savedObject() {
        String source = Json.text("query", Json.query(query), "filter", List.of(), "indexRefName", INDEX);
        return SavedObject.of(
                "search",
                id,
                "8.0.0",
                List.of(data.as(INDEX)),
                Json.object(
                        "title",
                        title,
                        "description",
                        "",
                        "columns",
                        columns,
                        "sort",
                        List.of(List.of(data.timeField(), "desc")),
                        "grid",
                        Json.object(),
                        "hideChart",
                        false,
                        "isTextBasedQuery",
                        false,
                        "timeRestore",
                        false,
                        "kibanaSavedObjectMeta",
                        Json.object("searchSourceJSON", source)));
    }

    /** The list as a panel. */
    Panel panel() {
        return new Panel() {
            @Override
            public String title() {
                return title;
            }

            @Override
            public ObjectNode json(String panel) {
                return Json.object(
                        "type",
                        "search",
                        "panelRefName",
                        "panel_" + panel,
                        "embeddableConfig",
                        Json.object("enhancements", Json.object()));
            }

            @Override
            public List<Reference> references(String panel) {
                return List.of(new Reference("search", id, "panel_" + panel));
            }
        };
    }
}
