package io.entrawatch.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a variant found, as all variants can say it: the detection, the tenant, the subject, and when it was decided.
 * Of an increase that is the day; of travel it is the first alert of a user in 24 hours, because not every variant holds
 * back what repeats it.
 */
record AlertSet(Set<String> alerts) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Generated rules find something now and then, and only one variant has them. */
    private static final String GENERATED = "generated-";

    private static final int MOST_SHOWN = 20;

    private record One(String detection, String tenant, String subject, Instant at) {

        String whose() {
            return detection + " " + tenant + " " + subject;
        }

        @Override
        public String toString() {
            return whose() + " " + at;
        }
    }

    /** Reads all alerts below a directory. */
    static AlertSet read(Path directory) throws IOException {
        List<One> all = new ArrayList<>();
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path file : below.filter(AlertSet::isOfAlerts).toList()) {
                for (String line : Files.readAllLines(file)) {
                    One alert = one(MAPPER.readTree(line));
                    if (!alert.detection.startsWith(GENERATED)) {
                        all.add(alert);
                    }
                }
            }
        }
        all.sort(Comparator.comparing(One::at));
        Map<String, Instant> quietUntil = new HashMap<>();
        Set<String> alerts = new TreeSet<>();
        for (One alert : all) {
            if (alert.detection.equals(FlatAlert.FAILURES)) {
                alerts.add(alert.whose() + " " + alert.at.truncatedTo(ChronoUnit.DAYS));
            } else if (!alert.detection.equals(FlatAlert.TRAVEL)) {
                alerts.add(alert.toString());
            } else if (!alert.at.isBefore(quietUntil.getOrDefault(alert.whose(), Instant.MIN))) {
                quietUntil.put(alert.whose(), alert.at.plus(Duration.ofDays(1)));
                alerts.add(alert.toString());
            }
        }
        return new AlertSet(alerts);
    }

    /** Ours have directories of what is no alert beside that of the alerts. */
    private static boolean isOfAlerts(Path file) {
        String path = file.toString();
        return Files.isRegularFile(file)
                && !file.getFileName().toString().startsWith(".")
                && !path.contains("/dead-letters")
                && !path.contains("/late")
                && !path.contains("/health")
                && !path.endsWith(".json")
                && !path.endsWith(".html");
    }

    private static One one(JsonNode alert) {
        if (!alert.has("rule")) {
            String at = alert.path("at").asText().replace(' ', 'T');
            return new One(
                    alert.path("detection").asText(),
                    alert.path("tenant").asText(),
                    alert.path("subject").asText(),
                    Instant.parse(at.endsWith("Z") ? at : at + "Z"));
        }
        List<String> group = new ArrayList<>();
        alert.path("entrawatch").path("group").properties().stream()
                .skip(1)
                .forEach(value -> group.add(value.getValue().asText()));
        return new One(
                alert.at("/rule/id").asText(),
                alert.at("/entrawatch/group/tenant.id").asText(),
                String.join(" ", group),
                Instant.parse(alert.path("@timestamp").asText()));
    }

    /** How many alerts each detection made. */
    Map<String, Long> counts() {
        return alerts.stream()
                .collect(Collectors.groupingBy(
                        alert -> alert.substring(0, alert.indexOf(' ')),
                        java.util.TreeMap::new,
                        Collectors.counting()));
    }

    /**
     * Fails unless both are the same.
     *
     * @throws IllegalStateException with what only one of them has
     */
    void mustEqual(AlertSet expected, String mine, String theirs) {
        Set<String> more = new TreeSet<>(alerts);
        more.removeAll(expected.alerts);
        Set<String> fewer = new TreeSet<>(expected.alerts);
        fewer.removeAll(alerts);
        if (!more.isEmpty() || !fewer.isEmpty()) {
            throw new IllegalStateException("the alerts do not agree, so that the figures say nothing\nonly " + mine
                    + ": " + more.size() + some(more) + "\nonly " + theirs + ": " + fewer.size() + some(fewer));
        }
    }

    private static String some(Set<String> alerts) {
        return alerts.stream().limit(MOST_SHOWN).map(alert -> "\n  " + alert).collect(Collectors.joining());
    }
}
