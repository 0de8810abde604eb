package io.entrawatch.kibana;

import java.util.List;

/** A list of documents, newest first. */
record SavedSearch(String id, String title, DataView data, String query, List<String> columns) {

    private static final String INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index";

    Json savedObject() {
        String source = Json.of("query", Json.query(query))
                .and("filter", List.of())
                .and("indexRefName", INDEX)
                .toString();
        return SavedObject.of(
                "search",
                id,
                "8.0.0",
                List.of(data.as(INDEX)),
                Json.of("title", title)
                        .and("description", "")
                        .and("columns", columns)
                        .and("sort", List.of(List.of(data.timeField(), "desc")))
                        .and("grid", Json.empty())
                        .and("hideChart", false)
                        .and("isTextBasedQuery", false)
                        .and("timeRestore", false)
                        .and("kibanaSavedObjectMeta", Json.of("searchSourceJSON", source)));
    }

    /** The list as a panel. */
    Panel panel() {
        return new Panel() {
            @Override
            public String title() {
                return title;
            }

            @Override
            public Json json(String panel) {
                return Json.of("type", "search")
                        .and("panelRefName", "panel_" + panel)
                        .and("embeddableConfig", Json.of("enhancements", Json.empty()));
            }

            @Override
            public List<Reference> references(String panel) {
                return List.of(new Reference("search", id, "panel_" + panel));
            }
        };
    }
}
