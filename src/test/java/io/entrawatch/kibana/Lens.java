package io.entrawatch.kibana;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A panel that Kibana's Lens draws.
 *
 * @param groups from the outermost; a drawing splits by the first and has the last along its axis
 * @param opens the id of the dashboard that a click opens; empty for none
 */
record Lens(
        String title, Shape shape, DataView data, String query, List<Column> groups, List<Column> numbers, String opens)
        implements Panel {

    private static final String LAYER = "layer";
    private static final String LAYER_REFERENCE = "indexpattern-datasource-layer-" + LAYER;
    private static final String DRILLDOWN = "DASHBOARD_TO_DASHBOARD_DRILLDOWN";

    /** How it is drawn. */
    enum Shape {
        NUMBER("lnsMetric", ""),
        BARS("lnsXY", "bar_stacked"),
        LINES("lnsXY", "line"),
        RANKING("lnsXY", "bar_horizontal_stacked"),
        TABLE("lnsDatatable", "");

        private final String visualization;
        private final String series;

        Shape(String visualization, String series) {
            this.visualization = visualization;
            this.series = series;
        }
    }

    static Lens number(DataView data, Column number) {
        return new Lens(number.json().path("label").asText(), Shape.NUMBER, data, "", List.of(), List.of(number), "");
    }

    static Lens bars(String title, DataView data, Column split, Column number) {
        return new Lens(title, Shape.BARS, data, "", List.of(split, Column.time(data)), List.of(number), "");
    }

    static Lens lines(String title, DataView data, List<Column> groups, Column... numbers) {
        return new Lens(title, Shape.LINES, data, "", groups, List.of(numbers), "");
    }

    static Lens ranking(String title, DataView data, Column number, Column... groups) {
        return new Lens(title, Shape.RANKING, data, "", List.of(groups), List.of(number), "");
    }

    static Lens table(String title, DataView data, Column group, Column... numbers) {
        return new Lens(title, Shape.TABLE, data, "", List.of(group), List.of(numbers), "");
    }

    /** Only documents that a query of Lucene's language finds. */
    Lens where(String lucene) {
        return new Lens(title, shape, data, lucene, groups, numbers, opens);
    }

    /** A click on a value opens a dashboard with that value as its filter. */
    Lens opening(String dashboard) {
        return new Lens(title, shape, data, query, groups, numbers, dashboard);
    }

    @Override
    public List<Reference> references(String panel) {
        List<Reference> references = new ArrayList<>(List.of(data.as(LAYER_REFERENCE)));
        if (!opens.isEmpty()) {
            String name = "drilldown:" + DRILLDOWN + ":" + eventId() + ":dashboardId";
            references.add(new Reference("dashboard", opens, name));
        }
        return references;
    }

    @Override
    public ObjectNode json(String panel) {
        ObjectNode attributes = Json.object(
                "title",
                title,
                "type",
                "lens",
                "visualizationType",
                shape.visualization,
                "references",
                List.of(data.as(LAYER_REFERENCE).json()),
                "state",
                state());
        return Json.object(
                "type",
                "lens",
                "embeddableConfig",
                Json.object(
                        "hidePanelTitles",
                        shape == Shape.NUMBER,
                        "enhancements",
                        drilldown(),
                        "attributes",
                        attributes));
    }

    private ObjectNode state() {
        Map<String, Column> columns = columns();
        ObjectNode drawn = Json.object();
        columns.forEach((id, column) -> drawn.set(id, column.orderedBy("number-1")));
        ObjectNode layer = Json.object(
                "columns",
                drawn,
                "columnOrder",
                List.copyOf(columns.keySet()),
                "incompleteColumns",
                Json.object(),
                "sampling",
                1);
        return Json.object(
                "visualization",
                visualization(List.copyOf(columns.keySet())),
                "query",
                Json.query(query),
                "filters",
                List.of(),
                "internalReferences",
                List.of(),
                "adHocDataViews",
                Json.object(),
                "datasourceStates",
                Json.object(
                        "formBased",
                        Json.object("layers", Json.object(LAYER, layer)),
                        "textBased",
                        Json.object("layers", Json.object())));
    }

    /** Groups before numbers, each in their order. */
    private Map<String, Column> columns() {
        Map<String, Column> columns = new LinkedHashMap<>();
        groups.forEach(group -> columns.put("group-" + (columns.size() + 1), group));
        numbers.forEach(number -> columns.put("number-" + (columns.size() - groups.size() + 1), number));
        return columns;
    }

    private ObjectNode visualization(List<String> columns) {
        return switch (shape) {
            case NUMBER -> Json.object("layerId", LAYER, "layerType", "data", "metricAccessor", columns.get(0));
            case TABLE ->
                Json.object(
                        "layerId",
                        LAYER,
                        "layerType",
                        "data",
                        "columns",
                        columns.stream()
                                .map(id -> Json.object(
                                        "columnId", id, "oneClickFilter", !opens.isEmpty() && id.startsWith("group")))
                                .toList());
            case BARS, LINES, RANKING -> drawing(columns);
        };
    }

    private ObjectNode drawing(List<String> columns) {
        ObjectNode layer = Json.object(
                "layerId",
                LAYER,
                "layerType",
                "data",
                "seriesType",
                shape.series,
                "xAccessor",
                columns.get(groups.size() - 1),
                "accessors",
                columns.subList(groups.size(), columns.size()),
                "position",
                "top",
                "showGridlines",
                false);
        if (groups.size() > 1) {
            layer.put("splitAccessor", columns.get(0));
            if (groups.get(0).json().path("sourceField").asText().equals(LevelColors.FIELD)) {
                layer.set("colorMapping", LevelColors.mapping());
            }
        }
        boolean legend = groups.size() > 1 || numbers.size() > 1;
        return Json.object(
                "legend",
                Json.object("isVisible", legend, "position", shape == Shape.RANKING ? "bottom" : "right"),
                "valueLabels",
                shape == Shape.RANKING ? "show" : "hide",
                "fittingFunction",
                "None",
                "preferredSeriesType",
                shape.series,
                "axisTitlesVisibilitySettings",
                Json.object("x", false, "yLeft", false, "yRight", false),
                "layers",
                List.of(layer));
    }

    private ObjectNode drilldown() {
        if (opens.isEmpty()) {
            return Json.object();
        }
        // Filters of this dashboard stay behind, so that the other one shows all there is about the value.
        ObjectNode config = Json.object("useCurrentFilters", false, "useCurrentDateRange", true, "openInNewTab", false);
        ObjectNode event = Json.object(
                "eventId",
                eventId(),
                "triggers",
                List.of("FILTER_TRIGGER"),
                "action",
                Json.object("factoryId", DRILLDOWN, "name", "Show everything about it", "config", config));
        return Json.object("dynamicActions", Json.object("events", List.of(event)));
    }

    private String eventId() {
        return UUID.nameUUIDFromBytes((title + " opens " + opens).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
