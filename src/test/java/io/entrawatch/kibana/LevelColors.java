package io.entrawatch.kibana;

import java.util.List;

import io.entrawatch.rule.Level;

/** The same color for the same level wherever levels are drawn. */
final class LevelColors {

    static final String FIELD = "entrawatch.level";

    private LevelColors() {}

    static Json mapping() {
        Json others = Json.of("rule", Json.of("type", "other"))
                .and("color", Json.of("type", "loop"))
                .and("touched", false);
        return Json.of(
                        "assignments",
                        List.of(Level.values()).stream()
                                .map(LevelColors::assigned)
                                .toList())
                .and("specialAssignments", List.of(others))
                .and("paletteId", "eui_amsterdam_color_blind")
                .and("colorMode", Json.of("type", "categorical"));
    }

    private static Json assigned(Level level) {
        return Json.of("rule", Json.of("type", "matchExactly").and("values", List.of(level.label())))
                .and("color", Json.of("type", "colorCode").and("colorCode", of(level)))
                .and("touched", true);
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
