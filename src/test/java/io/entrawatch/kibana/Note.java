package io.entrawatch.kibana;

import java.util.List;

/** A few words in Markdown. */
record Note(String markdown) implements Panel {

    @Override
    public String title() {
        return "";
    }

    @Override
    public Json json(String panel) {
        Json source = Json.of("query", Json.query("")).and("filter", List.of());
        Json note = Json.of("type", "markdown")
                .and("title", "")
                .and("description", "")
                .and("params", Json.of("markdown", markdown).and("fontSize", 12).and("openLinksInNewTab", false))
                .and("uiState", Json.empty())
                .and("data", Json.of("aggs", List.of()).and("searchSource", source));
        return Json.of("type", "visualization")
                .and(
                        "embeddableConfig",
                        Json.of("hidePanelTitles", true)
                                .and("enhancements", Json.empty())
                                .and("savedVis", note));
    }

    @Override
    public List<Reference> references(String panel) {
        return List.of();
    }
}
