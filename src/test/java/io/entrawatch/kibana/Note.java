package io.entrawatch.kibana;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A few words in Markdown. */
record Note(String markdown) implements Panel {

    @Override
    public String title() {
        return "";
    }

    @Override
    public ObjectNode json(String panel) {
        ObjectNode source = Json.object("query", Json.query(""), "filter", List.of());
        ObjectNode note = Json.object(
                "type",
                "markdown",
                "title",
                "",
                "description",
                "",
                "params",
                Json.object("markdown", markdown, "fontSize", 12, "openLinksInNewTab", false),
                "uiState",
                Json.object(),
                "data",
                Json.object("aggs", List.of(), "searchSource", source));
        return Json.object(
                "type",
                "visualization",
                "embeddableConfig",
                Json.object("hidePanelTitles", true, "enhancements", Json.object(), "savedVis", note));
    }

    @Override
    public List<Reference> references(String panel) {
        return List.of();
    }
}
