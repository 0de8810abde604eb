package io.entrawatch.rule;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Sigma's levels, with the severities that Kibana's alert promotion knows. */
public enum Level {
    INFORMATIONAL(21, 10),
    LOW(21, 21),
    MEDIUM(47, 47),
    HIGH(73, 73),
    CRITICAL(99, 99);

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

    static Map<String, Level> byLabel() {
        Map<String, Level> labels = new LinkedHashMap<>();
        for (Level level : values()) {
            labels.put(level.label(), level);
        }
        return labels;
    }
}
