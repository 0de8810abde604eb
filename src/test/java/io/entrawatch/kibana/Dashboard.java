package io.entrawatch.kibana;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Controls above rows of panels. */
final class Dashboard {

    /** Kibana's grid. */
    static final int WIDTH = 48;

    private static final String KIBANA = "8.12.2";

    private final String id;
    private final String title;
    private final String description;
    private final String since;
    private final Json controls = Json.empty();
    private final List<Json> panels = new ArrayList<>();
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
        String control = "control-" + (controls.names().size() + 1);
        Json input = Json.of("id", control)
                .and("title", label)
                .and("fieldName", field)
                .and("dataViewId", data.id())
                .and("selectedOptions", List.of())
                .and("enhancements", Json.empty());
        controls.and(
                control,
                Json.of("order", controls.names().size())
                        .and("type", "optionsListControl")
                        .and("width", "medium")
                        .and("grow", true)
                        .and("explicitInput", input));
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
            add(
                    all[i],
                    Json.of("x", left).and("y", bottom).and("w", widths.get(i)).and("h", height));
            left += widths.get(i);
        }
        bottom += height;
        return this;
    }

    private void add(Panel panel, Json place) {
        String name = "panel-" + (panels.size() + 1);
        panels.add(panel.json(name)
                .and("version", KIBANA)
                .and("title", panel.title())
                .and("panelIndex", name)
                .and("gridData", place.and("i", name)));
        panel.references(name).forEach(reference -> references.add(reference.in(name)));
    }

    Json savedObject() {
        Json ignored = Json.of("ignoreFilters", false)
                .and("ignoreQuery", false)
                .and("ignoreTimerange", false)
                .and("ignoreValidations", false);
        Json options = Json.of("useMargins", true)
                .and("syncColors", true)
                .and("syncCursor", true)
                .and("syncTooltips", false)
                .and("hidePanelTitles", false);
        Json attributes = Json.of("title", title)
                .and("description", description)
                .and("version", 1)
                .and("timeRestore", true)
                .and("timeFrom", since)
                .and("timeTo", "now")
                .and("refreshInterval", Json.of("pause", true).and("value", 60_000))
                .and("optionsJSON", options.toString())
                .and("panelsJSON", Json.text(panels))
                .and(
                        "kibanaSavedObjectMeta",
                        Json.of(
                                "searchSourceJSON",
                                Json.of("query", Json.query(""))
                                        .and("filter", List.of())
                                        .toString()))
                .and(
                        "controlGroupInput",
                        Json.of("controlStyle", "oneLine")
                                .and("chainingSystem", "HIERARCHICAL")
                                .and("panelsJSON", controls.toString())
                                .and("ignoreParentSettingsJSON", ignored.toString()));
        return SavedObject.of("dashboard", id, "8.9.0", references, attributes);
    }
}
