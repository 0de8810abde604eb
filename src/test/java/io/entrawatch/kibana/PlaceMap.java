package io.entrawatch.kibana;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A map with a circle where documents are, larger and redder the more there are. */
record PlaceMap(String title, DataView data, String field, String query) implements Panel {

    private static final String REFERENCE = "layer_1_source_index_pattern";
    private static final ObjectNode CENTER = Json.object("lat", 25, "lon", 10);
    private static final double ZOOM = 1.3;

    @Override
    public List<Reference> references(String panel) {
        return List.of(data.as(REFERENCE));
    }

    @Override
    public ObjectNode json(String panel) {
        ObjectNode attributes = Json.object(
                "title",
                title,
                "description",
                "",
                "layerListJSON",
                Json.list(List.of(ground(), circles())).toString(),
                "mapStateJSON",
                Json.text(
                        "center", CENTER,
                        "zoom", ZOOM,
                        "query", Json.query(""),
                        "filters", List.of(),
                        "settings", Json.object("autoFitToDataBounds", false)),
                "uiStateJSON",
                Json.text("isLayerTOCOpen", false, "openTOCDetails", List.of()),
                "references",
                List.of(data.as(REFERENCE).json()));
        return Json.object(
                "type",
                "map",
                "embeddableConfig",
                Json.object(
                        "enhancements", Json.object(),
                        "isLayerTOCOpen", false,
                        "openTOCDetails", List.of(),
                        "hiddenLayers", List.of(),
                        "mapCenter", Json.object("lat", CENTER.get("lat"), "lon", CENTER.get("lon"), "zoom", ZOOM),
                        "attributes", attributes));
    }

    /** Elastic's own map of the world, which the browser fetches; without it the circles are still there. */
    private static ObjectNode ground() {
        return Json.object(
                "id",
                "ground",
                "type",
                "EMS_VECTOR_TILE",
                "sourceDescriptor",
                Json.object("type", "EMS_TMS", "isAutoSelect", true),
                "style",
                Json.object("type", "EMS_VECTOR_TILE", "color", ""),
                "visible",
                true,
                "alpha",
                1,
                "minZoom",
                0,
                "maxZoom",
                24,
                "includeInFitToBounds",
                false);
    }

    private ObjectNode circles() {
        ObjectNode source = Json.object(
                "id",
                "places",
                "type",
                "ES_GEO_GRID",
                "indexPatternRefName",
                REFERENCE,
                "geoField",
                field,
                "requestType",
                "point",
                "resolution",
                "COARSE",
                "metrics",
                List.of(Json.object("type", "count")),
                "applyGlobalQuery",
                true,
                "applyGlobalTime",
                true);
        return Json.object(
                "id",
                "grid",
                "type",
                "GEOJSON_VECTOR",
                "label",
                title,
                "visible",
                true,
                "alpha",
                0.75,
                "minZoom",
                0,
                "maxZoom",
                24,
                "query",
                Json.query(query),
                "sourceDescriptor",
                source,
                "style",
                Json.object("type", "VECTOR", "isTimeAware", true, "properties", style()));
    }

    private static ObjectNode style() {
        return Json.object(
                "symbolizeAs",
                Json.object("options", Json.object("value", "circle")),
                "fillColor",
                byCount("color", "Yellow to Red"),
                "lineWidth",
                fixed("size", 0),
                "iconSize",
                byCount("minSize", 7, "maxSize", 32),
                "labelText",
                byCount(),
                "labelSize",
                fixed("size", 13));
    }

    private static ObjectNode fixed(String option, Object value) {
        return Json.object("type", "STATIC", "options", Json.object(option, value));
    }

    private static ObjectNode byCount(Object... options) {
        ObjectNode all = Json.object(options);
        all.set("field", Json.object("name", "doc_count", "origin", "source"));
        all.set("fieldMetaOptions", Json.object("isEnabled", false));
        return Json.object("type", "DYNAMIC", "options", all);
    }
}
