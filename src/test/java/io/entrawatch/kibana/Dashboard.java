package io.entrawatch.kibana;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Controls above rows of panels. */
final class Dashboard {

    /** Kibana's grid. */
    static final int WIDTH = 48;

    private static final String KIBANA = "8.12.2";

    private final String id;
    private final String title;
    private final String description;
    private final String since;
    private final ObjectNode controls = Json.object();
    private final List<ObjectNode> panels = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private int bottom;

    /** @param since the time it shows at first, such as {@code now-7d} */
    Dashboard(String id, String title, String description, String since) {
        this.id = id;
        this.title = title;
        this.description = description;
        this.since = since;
    }

    /** A list to choose values of a field from, which everything below then shows. */
    Dashboard control(String label, DataView data, String field) {
        String control = "control-" + (controls.size() + 1);
        ObjectNode input = Json.object(
                "id",
                control,
                "title",
                label,
                "fieldName",
                field,
                "dataViewId",
                data.id(),
                "selectedOptions",
                List.of(),
                "enhancements",
                Json.object());
        controls.set(
                control,
                Json.object(
                        "order",
                        controls.size(),
                        "type",
                        "optionsListControl",
                        "width",
                        "medium",
                        "grow",
                        true,
                        "explicitInput",
                        input));
        references.add(data.as("controlGroup_" + control + ":optionsListDataView"));
        return this;
    }

    /** Panels of the same width beside each other. */
    Dashboard row(int height, Panel... all) {
        return row(height, Collections.nCopies(all.length, WIDTH / all.length), all);
    }

    Dashboard row(int height, List<Integer> widths, Panel... all) {
        int left = 0;
        for (int i = 0; i < all.length; i++) {
            add(all[i], Json.object("x", left, "y", bottom, "w", widths.get(i), "h", height));
            left += widths.get(i);
        }
        bottom += height;
        return this;
    }

    private void add(Panel panel, ObjectNode place) {
        String name = "panel-" + (panels.size() + 1);
        ObjectNode json = panel.json(name);
        json.put("version", KIBANA).put("title", panel.title()).put("panelIndex", name);
        json.set("gridData", place.put("i", name));
        panels.add(json);
        panel.references(name).forEach(reference -> references.add(reference.in(name)));
    }

    ObjectNode savedObject() {
        ObjectNode ignored = Json.object(
                "ignoreFilters", false, "ignoreQuery", false, "ignoreTimerange", false, "ignoreValidations", false);
        ObjectNode options = Json.object(
                "useMargins",
                true,
                "syncColors",
                true,
                "syncCursor",
                true,
                "syncTooltips",
                false,
                "hidePanelTitles",
                false);
        ObjectNode attributes = Json.object(
                "title",
                title,
                "description",
                description,
                "version",
                1,
                "timeRestore",
                true,
                "timeFrom",
                since,
                "timeTo",
                "now",
                "refreshInterval",
                Json.object("pause", true, "value", 60_000),
                "optionsJSON",
                options.toString(),
                "panelsJSON",
                Json.list(panels).toString(),
                "kibanaSavedObjectMeta",
                Json.object("searchSourceJSON", Json.text("query", Json.query(""), "filter", List.of())),
                "controlGroupInput",
                Json.object(
                        "controlStyle",
                        "oneLine",
                        "chainingSystem",
                        "HIERARCHICAL",
                        "panelsJSON",
                        controls.toString(),
                        "ignoreParentSettingsJSON",
                        ignored.toString()));
        return SavedObject.of("dashboard", id, "8.9.0", references, attributes);
    }
}
