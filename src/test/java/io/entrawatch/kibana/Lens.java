package io.entrawatch.kibana;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A panel that Kibana's Lens draws.
 *
 * @param groups from the outermost; a drawing splits by the first and has the last along its axis
 * @param opens the id of the dashboard that a click opens; empty for none
 * @param ofAll whether it shows everything, whatever is chosen on the dashboard
 */
record Lens(
        String title,
        Shape shape,
        DataView data,
        String query,
        List<Column> groups,
        List<Column> numbers,
        String opens,
        boolean ofAll)
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
        return new Lens(number.label(), Shape.NUMBER, data, "", List.of(), List.of(number), "", false);
    }

    static Lens bars(String title, DataView data, Column split, Column number) {
        return new Lens(title, Shape.BARS, data, "", List.of(split, Column.time(data)), List.of(number), "", false);
    }

    static Lens lines(String title, DataView data, List<Column> groups, Column... numbers) {
        return new Lens(title, Shape.LINES, data, "", groups, List.of(numbers), "", false);
    }

    static Lens ranking(String title, DataView data, Column number, Column... groups) {
        return new Lens(title, Shape.RANKING, data, "", List.of(groups), List.of(number), "", false);
    }

    static Lens table(String title, DataView data, Column group, Column... numbers) {
        return new Lens(title, Shape.TABLE, data, "", List.of(group), List.of(numbers), "", false);
    }

    /** Only documents that a query of Lucene's language finds. */
    Lens where(String lucene) {
        return new Lens(title, shape, data, lucene, groups, numbers, opens, ofAll);
    }

    /** A click on a value opens a dashboard with that value as its filter. */
    Lens opening(String dashboard) {
        return new Lens(title, shape, data, query, groups, numbers, dashboard, ofAll);
    }

    /** Where documents do not have the field that the dashboard chooses by, or mean something else by it. */
    Lens whateverIsChosen() {
        return new Lens(title, shape, data, query, groups, numbers, opens, true);
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
    public Json json(String panel) {
        Json attributes = Json.of("title", title)
                .and("type", "lens")
                .and("visualizationType", shape.visualization)
                .and("references", List.of(data.as(LAYER_REFERENCE).json()))
                .and("state", state());
        return Json.of("type", "lens")
                .and(
                        "embeddableConfig",
                        Json.of("hidePanelTitles", shape == Shape.NUMBER)
                                .and("enhancements", drilldown())
                                .and("attributes", attributes));
    }

    private Json state() {
        Map<String, Column> columns = columns();
        Json drawn = Json.empty();
        columns.forEach((id, column) -> drawn.and(id, column.json("number-1")));
        Json layer = Json.of("columns", drawn)
                .and("columnOrder", List.copyOf(columns.keySet()))
                .and("incompleteColumns", Json.empty())
                .and("sampling", 1);
        if (ofAll) {
            layer.and("ignoreGlobalFilters", true);
        }
        return Json.of("visualization", visualization(List.copyOf(columns.keySet())))
                .and("query", Json.query(query))
                .and("filters", List.of())
                .and("internalReferences", List.of())
                .and("adHocDataViews", Json.empty())
                .and(
                        "datasourceStates",
                        Json.of("formBased", Json.of("layers", Json.of(LAYER, layer)))
                                .and("textBased", Json.of("layers", Json.empty())));
    }

    /** Groups before numbers, each in their order. */
    private Map<String, Column> columns() {
        Map<String, Column> columns = new LinkedHashMap<>();
        groups.forEach(group -> columns.put("group-" + (columns.size() + 1), group));
        numbers.forEach(number -> columns.put("number-" + (columns.size() - groups.size() + 1), number));
        return columns;
    }

    private Json visualization(List<String> columns) {
        return switch (shape) {
            case NUMBER -> Json.of("layerId", LAYER).and("layerType", "data").and("metricAccessor", columns.get(0));
            case TABLE ->
                Json.of("layerId", LAYER)
                        .and("layerType", "data")
                        .and(
                                "columns",
                                columns.stream()
                                        .map(id -> Json.of("columnId", id)
                                                .and("oneClickFilter", !opens.isEmpty() && id.startsWith("group")))
                                        .toList());
            case BARS, LINES, RANKING -> drawing(columns);
        };
    }

    private Json drawing(List<String> columns) {
        Json layer = Json.of("layerId", LAYER)
                .and("layerType", "data")
                .and("seriesType", shape.series)
                .and("xAccessor", columns.get(groups.size() - 1))
                .and("accessors", columns.subList(groups.size(), columns.size()))
                .and("position", "top")
                .and("showGridlines", false);
        if (groups.size() > 1) {
            layer.and("splitAccessor", columns.get(0));
            if (groups.get(0).field().equals(LevelColors.FIELD)) {
                layer.and("colorMapping", LevelColors.mapping());
            }
        }
        boolean legend = groups.size() > 1 || numbers.size() > 1;
        return Json.of(
                        "legend",
                        Json.of("isVisible", legend).and("position", shape == Shape.RANKING ? "bottom" : "right"))
                .and("valueLabels", shape == Shape.RANKING ? "show" : "hide")
                .and("fittingFunction", "None")
                .and("preferredSeriesType", shape.series)
                .and(
                        "axisTitlesVisibilitySettings",
                        Json.of("x", false).and("yLeft", false).and("yRight", false))
                .and("layers", List.of(layer));
    }

    private Json drilldown() {
        if (opens.isEmpty()) {
            return Json.empty();
        }
        // Filters of this dashboard stay behind, so that the other one shows all there is for the value.
        Json config = Json.of("useCurrentFilters", false)
                .and("useCurrentDateRange", true)
                .and("openInNewTab", false);
        Json event = Json.of("eventId", eventId())
                .and("triggers", List.of("FILTER_TRIGGER"))
                .and(
                        "action",
                        Json.of("factoryId", DRILLDOWN)
                                .and("name", "Open One user")
                                .and("config", config));
        return Json.of("dynamicActions", Json.of("events", List.of(event)));
    }

    private String eventId() {
        return UUID.nameUUIDFromBytes((title + " opens " + opens).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
