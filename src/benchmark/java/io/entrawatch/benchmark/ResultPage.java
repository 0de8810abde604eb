package io.entrawatch.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts all figures into Markdown, which reads well in a terminal too. */
final class ResultPage {

    private ResultPage() {}

    static String of(List<String> machine, BenchmarkData data, int rounds, Rounds run) {
        List<String> lines = new ArrayList<>(machine);
        lines.add(String.format(
                java.util.Locale.ROOT,
                "%,d events, %,.0f MB, %d rounds in turn; medians, and in brackets the least and the most",
                data.events(),
                data.bytes() / 1e6,
                rounds));
        lines.add("");
        table(lines, figures(run));
        lines.add("");
        List<String[]> targets = new ArrayList<>();
        targets.add(new String[] {"CPU per event, unless said otherwise", "target", "measured", ""});
        Targets.of(run.measured())
                .forEach(row -> targets.add(new String[] {row.what(), row.target(), row.measured(), row.verdict()}));
        table(lines, targets);
        return String.join("\n", lines) + "\n";
    }

    private static List<String[]> figures(Rounds run) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {
            "variant",
            "parallelism",
            "CPU µs/event",
            "of it compiling",
            "of it in the kernel",
            "events/s",
            "cold: CPU µs/event",
            "start to last alert, s",
            "peak MB",
            "alerts"
        });
        for (Map.Entry<Variant, List<Measurement>> entry : run.measured().entrySet()) {
            Variant variant = entry.getKey();
            List<Measurement> rounds = entry.getValue();
            rows.add(new String[] {
                variant.name(),
                Integer.toString(variant.parallelism()),
                Spread.of(rounds, Measurement::micros).text("%.1f"),
                Spread.of(rounds, Measurement::compilerMicros).text("%.1f"),
                Spread.of(rounds, Measurement::kernelMicros).text("%.1f"),
                Spread.of(rounds, Measurement::eventsPerSecond).text("%,.0f"),
                Spread.of(rounds, Measurement::coldMicros).text("%.1f"),
                Spread.of(rounds, Measurement::coldSeconds).text("%.1f"),
                Spread.of(rounds, Measurement::peakMegabytes).text("%,.0f"),
                run.found().containsKey(variant) ? run.found().get(variant).toString() : "–"
            });
        }
        return rows;
    }

    /** All columns as wide as their widest value. */
    private static void table(List<String> lines, List<String[]> rows) {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder("|");
            StringBuilder rule = new StringBuilder("|");
            for (int i = 0; i < columns; i++) {
                String value = rows.get(r)[i];
                line.append(' ')
                        .append(value)
                        .append(" ".repeat(widths[i] - value.length()))
                        .append(" |");
                rule.append("-".repeat(widths[i] + 2)).append('|');
            }
            lines.add(line.toString());
            if (r == 0) {
                lines.add(rule.toString());
            }
        }
    }
}
