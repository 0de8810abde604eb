package io.entrawatch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.rule.Rule;
import io.entrawatch.rule.RuleHeader;

/** The page of all detections: which item of the guide leads to which, what fires, what it needs and what it costs. */
final class DetectionPage {

    private static final String BEGINNING =
            """
            # Detections

            What ships with Entrawatch, made from the files in `conf/detections` by the command
            `rules page`. The items are those
            of Microsoft's [security operations guide for user accounts](https://learn.microsoft.com/entra/architecture/security-operations-user-accounts):
            T for the rows of its tables, W for what to look for, H for how to detect, B for the baseline to define, X for the
            rest of its text.

            """;

    private DetectionPage() {}

    static String markdown(Catalogue catalogue) {
        StringBuilder page = new StringBuilder(BEGINNING);
        addItems(catalogue, page);
        Map<String, List<Detection>> sections = new TreeMap<>();
        for (Catalogue.Entry entry : catalogue.entries()) {
            sections.computeIfAbsent(entry.detection().metadata().section(), section -> new ArrayList<>())
                    .add(entry.detection());
        }
        sections.forEach((section, detections) -> {
            page.append("## ").append(section).append("\n\n");
            detections.forEach(detection -> add(detection, catalogue, page));
        });
        return page.toString().stripTrailing() + "\n";
    }

    /** The items of the guide, in its order, by id. */
    static Map<String, String> items() {
        Map<String, String> items = new LinkedHashMap<>();
        try (InputStream stream = Objects.requireNonNull(
                        DetectionPage.class.getResourceAsStream("/guide.csv"), "guide.csv is in the jar");
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().skip(1).forEach(line -> {
                int comma = line.indexOf(',');
                items.put(line.substring(0, comma), line.substring(comma + 1).replace("\"", ""));
            });
            return items;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addItems(Catalogue catalogue, StringBuilder page) {
        page.append("| item | what to watch | detections |\n|---|---|---|\n");
        items().forEach((id, title) -> {
            List<String> names = new ArrayList<>();
            for (Catalogue.Entry entry : catalogue.entries()) {
                if (entry.detection().metadata().guide().contains(id)) {
                    names.add(link(entry.detection().name()));
                }
            }
            page.append("| ").append(id).append(" | ").append(title).append(" | ");
            page.append(String.join(", ", names)).append(" |\n");
        });
        page.append('\n');
    }

    private static String link(String name) {
        return "[" + name + "](#" + name.replace(".", "") + ")";
    }

    private static void add(Detection detection, Catalogue catalogue, StringBuilder page) {
        RuleHeader header = detection.metadata().header();
        page.append("### ").append(detection.name()).append("\n\n");
        page.append("**")
                .append(header.title())
                .append("** (")
                .append(header.level().label());
        page.append("; ").append(String.join(", ", detection.metadata().guide()));
        page.append("; ")
                .append(String.join(", ", detection.metadata().techniques()))
                .append(")\n\n");
        page.append(header.description().replaceAll("\\s+", " ")).append("\n\n");
        page.append("- **Fires**: ").append(DetectionWords.fires(detection)).append('\n');
        page.append("- **Needs**: ").append(needs(detection, catalogue)).append('\n');
        page.append("- **Costs**: ").append(DetectionWords.costs(detection)).append('\n');
        if (!header.limits().isEmpty()) {
            page.append("- **Does not see**: ")
                    .append(header.limits().replaceAll("\\s+", " "))
                    .append('\n');
        }
        page.append("- **False positives**: ").append(String.join("; ", header.falsePositives()));
        page.append("\n- **What to do**: ")
                .append(String.join(" ", header.runbook()))
                .append("\n\n");
    }

    private static String needs(Detection detection, Catalogue catalogue) {
        Set<String> logs = new TreeSet<>();
        Set<String> lists = new TreeSet<>();
        for (Rule rule : catalogue.rulesBehind(detection)) {
            logs.add(rule.source().service());
            rule.missingLists().forEach(list -> lists.add("`" + list.replace('_', '-') + "`"));
        }
        String sources = logs.isEmpty() ? "the alerts of all others" : String.join(", ", logs);
        return sources + (lists.isEmpty() ? "" : "; of the organization " + String.join(", ", lists));
    }
}
