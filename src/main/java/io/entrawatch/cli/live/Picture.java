package io.entrawatch.cli.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.entrawatch.rule.Level;
import io.entrawatch.yaml.Printable;

/**
 * What the terminal shows of a moment.
 *
 * @param perSecond events since the picture before
 * @param levels the alerts of each level
 * @param newest the newest alerts first
 * @param where where else to look, or how to stop
 */
record Picture(Numbers numbers, double perSecond, long[] levels, List<SeenAlert> newest, String where) {

    private static final String PLAIN = "\u001b[0m";
    private static final String SOFT = "\u001b[2m";
    private static final String BOLD = "\u001b[1m";

    /** What stands above and below the alerts. */
    private static final int OTHER_LINES = 7;

    private static final int MOST_ALERTS = 15;

    /** Lines that fit into so many rows and columns, with or without color. */
    List<String> lines(int rows, int columns, boolean color) {
        List<String> lines = new ArrayList<>();
        lines.add(styled(BOLD, cut(counts(), columns), color));
        lines.add(alertLine(columns, color));
        lines.add("");
        int most = Math.max(0, Math.min(MOST_ALERTS, rows - OTHER_LINES));
        List<SeenAlert> shown = newest.subList(0, Math.min(most, newest.size()));
        int longest = shown.stream()
                .mapToInt(alert -> alert.detection().length())
                .max()
                .orElse(0);
        for (SeenAlert alert : shown) {
            lines.add(line(alert, longest, columns, color));
        }
        if (shown.isEmpty()) {
            lines.add(styled(SOFT, cut("no alert yet", columns), color));
        }
        lines.add("");
        lines.add(styled(SOFT, cut(where, columns), color));
        return lines;
    }

    /** The counts in one line, as a log wants them. */
    String counts() {
        return String.format(
                Locale.ROOT,
                "%,d events, %,.0f a second: %,d evaluated, %,d late, %,d dead letters",
                numbers.events(),
                perSecond,
                numbers.evaluated(),
                numbers.late(),
                numbers.deadLetters());
    }

    /** How many alerts there are, and of which level. */
    String alerts() {
        long sum = 0;
        List<String> parts = new ArrayList<>();
        for (int i = levels.length - 1; i >= 0; i--) {
            sum += levels[i];
            if (levels[i] > 0) {
                parts.add(String.format(Locale.ROOT, "%,d %s", levels[i], Level.values()[i].label()));
            }
        }
        return String.format(Locale.ROOT, "%,d alerts", sum) + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }

    private String alertLine(int columns, boolean color) {
        String text = cut(alerts(), columns);
        if (!color) {
            return text;
        }
        for (Level level : Level.values()) {
            text = text.replaceAll("(?<=\\d )" + level.label(), style(level) + level.label() + PLAIN);
        }
        return text;
    }

    private static String line(SeenAlert alert, int longest, int columns, boolean color) {
        String level = String.format(Locale.ROOT, "%-13s", alert.level().label());
        String line = shortTime(alert.time()) + "  " + level + "  "
                + String.format(Locale.ROOT, "%-" + Math.max(1, longest) + "s", alert.detection()) + "  "
                + alert.what();
        String cut = cut(Printable.of(line), columns);
        return color ? cut.replaceFirst(level.strip(), style(alert.level()) + "$0" + PLAIN) : cut;
    }

    private static String shortTime(String time) {
        return time.length() < 19 ? time : time.substring(0, 19).replace('T', ' ');
    }

    private static String style(Level level) {
        return switch (level) {
            case CRITICAL -> "\u001b[1;35m";
            case HIGH -> "\u001b[31m";
            case MEDIUM -> "\u001b[33m";
            case LOW -> "\u001b[34m";
            case INFORMATIONAL -> SOFT;
        };
    }

    private static String styled(String style, String text, boolean color) {
        return color ? style + text + PLAIN : text;
    }

    /** As much as fits, in columns as far as these can be told: marks take none, wide characters two. */
    private static String cut(String text, int columns) {
        int width = 0;
        int fits = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            width += columnsOf(c);
            if (width > columns) {
                return text.substring(0, fits) + "…";
            }
            fits = width < columns ? i : fits;
        }
        return text;
    }

    private static int columnsOf(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = Character.isIdeographic(c)
                || (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xff00 && c <= 0xff60)
                || c >= 0x1f300;
        return wide ? 2 : 1;
    }
}
