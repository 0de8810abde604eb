package io.entrawatch.rule;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Sigma's levels, with the severities that Kibana's alert promotion knows. */
public enum Level {
    INFORMATIONAL(21, 10),
    LOW(21, 21),
    MEDIUM(47, 47),
    HIGH(73, 73),
    CRITICAL(99, 99);

    private static final Map<String, Level> BY_LABEL = new LinkedHashMap<>();

    static {
        for (Level level : values()) {
            BY_LABEL.put(level.label(), level);
        }
    }

    private final int severity;
    private final int riskScore;

    Level(int severity, int riskScore) {
        this.severity = severity;
        this.riskScore = riskScore;
    }

    /** {@code event.severity}: 21, 47, 73 or 99. */
    public int severity() {
        return severity;
    }

    /** {@code event.risk_score}, from 0 to 100. */
    public int riskScore() {
        return riskScore;
    }

    /** The name in rules and alerts. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The next higher level; critical stays critical. */
    public Level raised() {
        return this == CRITICAL ? this : values()[ordinal() + 1];
    }

    /** The next lower level; informational stays informational. */
    public Level lowered() {
        return this == INFORMATIONAL ? this : values()[ordinal() - 1];
    }

    /** The level of that name, in upper or lower case; null where there is none. */
    public static @Nullable Level of(String label) {
        return BY_LABEL.get(label.toLowerCase(Locale.ROOT));
    }

    /** From the lowest to the highest. */
    static Map<String, Level> byLabel() {
        return BY_LABEL;
    }
}
