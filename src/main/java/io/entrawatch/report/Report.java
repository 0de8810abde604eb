package io.entrawatch.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.entrawatch.rule.Level;

/** All that the template asks for. */
record Report(
        String policy,
        String style,
        String script,
        String headline,
        String from,
        String until,
        List<Figure> figures,
        @Nullable TimelineChart timeline,
        List<Share> levels,
        List<Share> detections,
        @Nullable TravelMap map,
        List<AlertEntry> alerts,
        String shown,
        String leftOut,
        List<AlertEntry.Named> off,
        List<AlertEntry.Named> deadLetters) {

    /** A number and what it counts. */
    record Figure(String value, String what) {}

    /** How many alerts are of one level or detection; its bar is as long as its share of the most frequent one. */
    record Share(String name, String title, String level, String alerts, String bar) {}

    static Report of(AlertTally tally, JsonNode summary, String policy, String style, String script) {
        List<AlertEntry> entries = tally.entries();
        List<Journey> journeys = tally.journeys();
        return new Report(
                policy,
                style,
                script,
                count(tally.alerts(), "alert"),
                shortTime(summary.path("first_event").asText("")),
                shortTime(summary.path("last_event").asText("")),
                figures(summary),
                tally.timeline().isEmpty() ? null : TimelineChart.of(tally.timeline()),
                levels(tally),
                detections(tally.detections()),
                journeys.isEmpty() ? null : TravelMap.of(journeys),
                entries,
                number(entries.size()),
                tally.alerts() > entries.size() ? number(tally.alerts() - entries.size()) : "",
                named(summary.path("detections_off")),
                named(summary.path("dead_letters_by_reason")));
    }

    private static List<Figure> figures(JsonNode summary) {
        List<Figure> figures = new ArrayList<>();
        for (String name : List.of("events", "evaluated", "late", "dead_letters", "duplicates", "repeats_held_back")) {
            figures.add(new Figure(number(summary.path(name).asLong()), name.replace('_', ' ')));
        }
        figures.add(new Figure(number(summary.path("alerts_by_detection").size()), "detections on"));
        figures.add(new Figure(number(summary.path("detections_off").size()), "detections off"));
        return figures;
    }

    private static List<Share> levels(AlertTally tally) {
        List<Level> highestFirst = new ArrayList<>(Arrays.asList(Level.values()));
        Collections.reverse(highestFirst);
        int most = highestFirst.stream().mapToInt(tally::of).max().orElse(0);
        return highestFirst.stream()
                .map(level -> new Share(
                        level.label(), "", level.label(), number(tally.of(level)), bar(tally.of(level), most)))
                .toList();
    }

    private static List<Share> detections(List<AlertTally.OfDetection> detections) {
        int most = detections.stream()
                .mapToInt(AlertTally.OfDetection::alerts)
                .max()
                .orElse(0);
        return detections.stream()
                .map(found -> new Share(
                        found.name(),
                        found.title(),
                        found.level().label(),
                        number(found.alerts()),
                        bar(found.alerts(), most)))
                .toList();
    }

    private static String bar(int value, int most) {
        return String.format(Locale.ROOT, "%.1f", most == 0 ? 0 : 100.0 * value / most);
    }

    private static List<AlertEntry.Named> named(JsonNode object) {
        List<AlertEntry.Named> all = new ArrayList<>();
        object.fields()
                .forEachRemaining(entry -> all.add(new AlertEntry.Named(
                        entry.getKey(),
                        entry.getValue().isNumber()
                                ? number(entry.getValue().asLong())
                                : entry.getValue().asText())));
        return all;
    }

    private static String shortTime(String time) {
        return time.length() < 16 ? time : time.substring(0, 16).replace('T', ' ');
    }

    private static String count(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
