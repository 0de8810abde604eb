package io.entrawatch.kibana;

import java.util.List;

/** A map with a circle where documents are, larger and redder the more there are. */
record PlaceMap(String title, DataView data, String field, String query) implements Panel {

    private static final String REFERENCE = "layer_1_source_index_pattern";
    private static final Json CENTER = Json.of("lat", 25).and("lon", 10);
    private static final double ZOOM = 1.3;

    @Override
    public List<Reference> references(String panel) {
        return List.of(data.as(REFERENCE));
    }

    @Override
    public Json json(String panel) {
        Json attributes = Json.of("title", title)
                .and("description", "")
                .and("layerListJSON", Json.text(List.of(ground(), circles())))
                .and(
                        "mapStateJSON",
                        Json.of("center", CENTER)
                                .and("zoom", ZOOM)
                                .and("query", Json.query(""))
                                .and("filters", List.of())
                                .and("settings", Json.of("autoFitToDataBounds", false))
                                .toString())
                .and(
                        "uiStateJSON",
                        Json.of("isLayerTOCOpen", false)
                                .and("openTOCDetails", List.of())
                                .toString())
                .and("references", List.of(data.as(REFERENCE).json()));
        return Json.of("type", "map")
                .and(
                        "embeddableConfig",
                        Json.of("enhancements", Json.empty())
                                .and("isLayerTOCOpen", false)
                                .and("openTOCDetails", List.of())
                                .and("hiddenLayers", List.of())
                                .and("mapCenter", CENTER.copy().and("zoom", ZOOM))
                                .and("attributes", attributes));
    }

    /** Elastic's own map of the world, which the browser fetches; without it the circles are still there. */
    private static Json ground() {
        return Json.of("id", "ground")
                .and("type", "EMS_VECTOR_TILE")
                .and("sourceDescriptor", Json.of("type", "EMS_TMS").and("isAutoSelect", true))
                .and("style", Json.of("type", "EMS_VECTOR_TILE").and("color", ""))
                .and("visible", true)
                .and("alpha", 1)
                .and("minZoom", 0)
                .and("maxZoom", 24)
                .and("includeInFitToBounds", false);
    }

    private Json circles() {
        Json source = Json.of("id", "places")
                .and("type", "ES_GEO_GRID")
                .and("indexPatternRefName", REFERENCE)
                .and("geoField", field)
                .and("requestType", "point")
                .and("resolution", "COARSE")
                .and("metrics", List.of(Json.of("type", "count")))
                .and("applyGlobalQuery", true)
                .and("applyGlobalTime", true);
        return Json.of("id", "grid")
                .and("type", "GEOJSON_VECTOR")
                .and("label", title)
                .and("visible", true)
                .and("alpha", 0.75)
                .and("minZoom", 0)
                .and("maxZoom", 24)
                .and("query", Json.query(query))
                .and("sourceDescriptor", source)
                .and("style", Json.of("type", "VECTOR").and("isTimeAware", true).and("properties", style()));
    }

    private static Json style() {
        return Json.of("symbolizeAs", Json.of("options", Json.of("value", "circle")))
                .and("fillColor", byCount(Json.of("color", "Yellow to Red")))
                .and("lineWidth", fixed("size", 0))
                .and("iconSize", byCount(Json.of("minSize", 7).and("maxSize", 32)))
                .and("labelText", byCount(Json.empty()))
                .and("labelSize", fixed("size", 13));
    }

    private static Json fixed(String option, Object value) {
        return Json.of("type", "STATIC").and("options", Json.of(option, value));
    }

    private static Json byCount(Json options) {
        options.and("field", Json.of("name", "doc_count").and("origin", "source"))
                .and("fieldMetaOptions", Json.of("isEnabled", false));
        return Json.of("type", "DYNAMIC").and("options", options);
    }
}
