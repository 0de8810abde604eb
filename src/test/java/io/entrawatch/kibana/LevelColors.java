package io.entrawatch.kibana;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.entrawatch.rule.Level;

/** The same color for the same level wherever levels are drawn. */
final class LevelColors {

    static final String FIELD = "entrawatch.level";

    private LevelColors() {}

    static ObjectNode mapping() {
        ObjectNode others = Json.object(
                "rule", Json.object("type", "other"), "color", Json.object("type", "loop"), "touched", false);
        return Json.object(
                "assignments",
                List.of(Level.values()).stream().map(LevelColors::assigned).toList(),
                "specialAssignments",
                List.of(others),
                "paletteId",
                "eui_amsterdam_color_blind",
                "colorMode",
                Json.object("type", "categorical"));
    }

    private static ObjectNode assigned(Level level) {
        return Json.object(
                "rule",
                Json.object("type", "matchExactly", "values", List.of(level.label())),
                "color",
                Json.object("type", "colorCode", "colorCode", of(level)),
                "touched",
                true);
    }

    private static String of(Level level) {
        return switch (level) {
            case INFORMATIONAL -> "#98a2b3";
            case LOW -> "#6092c0";
            case MEDIUM -> "#d6bf57";
            case HIGH -> "#e7664c";
            case CRITICAL -> "#bd271e";
        };
    }
}
