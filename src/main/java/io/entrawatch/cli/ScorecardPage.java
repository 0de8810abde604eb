package io.entrawatch.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.entrawatch.engine.Spans;
import io.entrawatch.generate.ScorecardRow;

/** The scorecard as a page of Markdown: the same run gives the same page. */
final class ScorecardPage {

    private ScorecardPage() {}

    static String of(ScorecardRun run, List<Long> seeds) {
        String names = seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String arguments = seeds.equals(List.of(1L, 2L, 3L)) ? "" : " --seeds " + names.replace(" ", "");
        arguments += run.users() == 300 ? "" : " --users " + run.users();
        arguments += run.days() == 15 ? "" : " --days " + run.days();
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                """
            # Scorecard

            What the shipped detections find in invented tenants in which attacks and near misses are hidden. Written by

            ```sh
            java -jar target/entrawatch-local.jar scorecard%s > src/docs/SCORECARD.md
            ```

            %,d records: %d tenants of %d people over %d days, seeds %s. Each detection has its attack and its near miss:
            nearly the same, and harmless. Around them people work, travel, mistype passwords and change accounts. The
            plays are in `src/main/resources/generate/plays.yml`.

            - **Recall** is the share of attacks that were found: by an alert of that detection, and not before there was
              enough of the attack.
            - **Precision** is the share of alerts that are right. One on everyday work is wrong, and one of a detection on its
              own near miss, and a second one on the same attack. An alert on another detection's attack or near miss is
              right only where that play says so under `also`: a near miss is harmless to its own detection alone.
            - **Time to detect** is in the logs' own time, from an attack's first and last event to its alert: the median and
              the worst. It does not contain how long Entra takes to export a record.

            """,
                arguments,
                run.records(),
                seeds.size(),
                run.users(),
                run.days(),
                names));
        writeRows(run, page);
        writeItems(run, page);
        writeRest(run, page);
        return page.toString();
    }

    private static void writeRows(ScorecardRun run, StringBuilder page) {
        page.append("| detection | attacks | found | recall | near misses | alerts | wrong alerts | precision |")
                .append(" after the first event | after the last event |\n")
                .append("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        int attacks = 0;
        int found = 0;
        int right = 0;
        int wrong = 0;
        int nearMisses = 0;
        for (Map.Entry<String, ScorecardRow> entry : run.card().rows().entrySet()) {
            ScorecardRow row = entry.getValue();
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %s | %d | %d | %d | %s | %s | %s |\n",
                    entry.getKey(),
                    row.attacks(),
                    row.found(),
                    row.attacks() == 0 ? "–" : share(row.recall()),
                    row.nearMisses(),
                    row.right() + row.wrong(),
                    row.wrong(),
                    row.right() + row.wrong() == 0 ? "–" : share(row.precision()),
                    times(row.afterFirst()),
                    times(row.afterLast())));
            attacks += row.attacks();
            found += row.found();
            right += row.right();
            wrong += row.wrong();
            nearMisses += row.nearMisses();
        }
        page.append(String.format(
                Locale.ROOT,
                "| **all** | %d | %d | %s | %d | %d | %d | %s | | |\n\n",
                attacks,
                found,
                share(attacks == 0 ? 1 : (double) found / attacks),
                nearMisses,
                right + wrong,
                wrong,
                share(right + wrong == 0 ? 1 : (double) right / (right + wrong))));
    }

    private static void writeItems(ScorecardRun run, StringBuilder page) {
        page.append("## Items of the guide\n\n| item | attacks | near misses | detections |\n|---|--:|--:|---|\n");
        for (Map.Entry<String, Set<String>> item : run.byGuideItem().entrySet()) {
            int attacks = 0;
            int nearMisses = 0;
            for (String name : item.getValue()) {
                ScorecardRow row = run.card().rows().get(name);
                attacks += row == null ? 0 : row.attacks();
                nearMisses += row == null ? 0 : row.nearMisses();
            }
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %s |\n",
                    item.getKey(),
                    attacks,
                    nearMisses,
                    String.join(", ", item.getValue())));
        }
    }

    private static void writeRest(ScorecardRun run, StringBuilder page) {
        if (!run.off().isEmpty()) {
            page.append("\n## Off\n\n");
            run.off().forEach((name, reason) -> page.append("- ")
                    .append(name)
                    .append(": ")
                    .append(reason)
                    .append('\n'));
        }
        if (!run.card().skipped().isEmpty()) {
            page.append("\n## Plays of detections that are not there\n\n")
                    .append(String.join(", ", run.card().skipped()))
                    .append('\n');
        }
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String times(List<Duration> medianAndWorst) {
        if (medianAndWorst.isEmpty()) {
            return "–";
        }
        String median = span(medianAndWorst.get(0));
        String worst = span(medianAndWorst.get(1));
        return median.equals(worst) ? median : median + ", " + worst;
    }

    private static String span(Duration span) {
        return span.toSeconds() == 0 ? "0 s" : Spans.words(span);
    }
}
