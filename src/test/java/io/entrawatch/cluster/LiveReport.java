package io.entrawatch.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.entrawatch.detection.Detection;
import io.entrawatch.generate.Scorecard;
import io.entrawatch.generate.ScorecardRow;
import io.entrawatch.testkit.ElasticsearchServer;
import io.entrawatch.testkit.TenantLogs;

/** What is printed while the chain runs: alerts as they arrive, and now and then how far it is. */
final class LiveReport {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_STATUS = Duration.ofSeconds(20);

    private final ElasticsearchServer elasticsearch;
    private final String prefix;
    private final TenantLogs logs;
    private final FedJob fed;
    private final Set<String> shown = new HashSet<>();
    private Instant looked = Instant.EPOCH;
    private Instant told = Instant.now();
    private int fedThen;

    LiveReport(ElasticsearchServer elasticsearch, String prefix, TenantLogs logs, FedJob fed) {
        this.elasticsearch = elasticsearch;
        this.prefix = prefix;
        this.logs = logs;
        this.fed = fed;
    }

    /** Prints what is new, if it is time for that; the clock is the tenant's. */
    void tell(Instant clock) throws Exception {
        Instant now = Instant.now();
        if (looked.plus(BETWEEN_LOOKS).isBefore(now)) {
            looked = now;
            showNewAlerts();
        }
        if (told.plus(BETWEEN_STATUS).isBefore(now)) {
            double seconds = Duration.between(told, now).toMillis() / 1000.0;
            Live.say(
                    "-- the tenant's clock: %s; %,d of %,d records sent, %.0f a second; %,d alerts",
                    clock.truncatedTo(ChronoUnit.MINUTES),
                    fed.fed(),
                    logs.lines().size(),
                    (fed.fed() - fedThen) / seconds,
                    shown.size());
            told = now;
            fedThen = fed.fed();
        }
    }

    private void showNewAlerts() throws Exception {
        List<JsonNode> alerts = new ArrayList<>(elasticsearch.documents(prefix + "-alerts-*"));
        alerts.sort(Comparator.comparing(alert -> alert.get("@timestamp").asText()));
        for (JsonNode alert : alerts) {
            if (shown.add(alert.at("/event/id").asText())) {
                Live.say(
                        "%s  %-8s  %-42s  %s",
                        alert.get("@timestamp").asText(),
                        alert.at("/entrawatch/level").asText(),
                        alert.at("/rule/id").asText(),
                        alert.at("/event/reason").asText());
            }
        }
    }

    /** Says how many of the attacks before a time were found. */
    void found(Instant decided) throws Exception {
        String cutOff = decided.truncatedTo(ChronoUnit.MINUTES).toString();
        Set<String> loaded =
                logs.catalogue().enabled().stream().map(Detection::name).collect(Collectors.toSet());
        Scorecard card = new Scorecard(loaded);
        Path labels = Files.createTempFile("entrawatch-labels-", ".ndjson");
        Files.write(labels, labelsBefore(cutOff));
        card.add(labels, elasticsearch.documents(prefix + "-alerts-*"));
        Files.delete(labels);
        int attacks =
                card.rows().values().stream().mapToInt(ScorecardRow::attacks).sum();
        int found = card.rows().values().stream().mapToInt(ScorecardRow::found).sum();
        Live.say("%d of the %d attacks that were hidden before %s were found.", found, attacks, cutOff);
        card.missed().forEach(missed -> Live.say("not found: %s", missed));
    }

    private List<String> labelsBefore(String time) throws Exception {
        List<String> before = new ArrayList<>();
        for (String label : Files.readAllLines(logs.labels())) {
            if (MAPPER.readTree(label).get("to").asText().compareTo(time) < 0) {
                before.add(label);
            }
        }
        return before;
    }
}
