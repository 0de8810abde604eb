package io.entrawatch.benchmark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.entrawatch.testkit.Logs;

/**
 * Events that are sure to raise an alert: reports of fraud, each of which is one alone, and accounts that
 * are made and a second later deleted, which is one when the watermark has passed the second of the two.
 */
final class LatencyMarks {

    static final String ALONE = "mfa-fraud-reported";
    static final String REMEMBERED = "short-lived-account";

    private static final int SECOND = 1000;

    private final LiveFeed feed;
    private final BulkAnswers answers;
    private final long everyMillis;
    private final Map<String, Long> alone = new TreeMap<>();
    private final Map<String, Long> remembered = new TreeMap<>();
    private long next;
    private int number;

    LatencyMarks(LiveFeed feed, BulkAnswers answers, long everyMillis) {
        this.feed = feed;
        this.answers = answers;
        this.everyMillis = everyMillis;
    }

    /** Sends one of each kind if it is time to. */
    void maybeSend(long millis) {
        if (millis < next) {
            return;
        }
        next = millis + everyMillis;
        Instant now = Instant.ofEpochMilli(millis);
        String fraud = "fraud-" + number;
        feed.send(Logs.audit(fraud, now, "Fraud reported - no action taken", "person-" + number, "success"), millis);
        alone.put(fraud, millis);
        String account = "account-" + number;
        feed.send(Logs.audit("made-" + number, now.minusMillis(SECOND), "Add user", account, "success"), millis);
        feed.send(Logs.audit("deleted-" + number, now, "Delete user", account, "success"), millis);
        remembered.put("deleted-" + number, millis);
        number++;
    }

    /** How long ago the newest report of fraud was sent whose alert is there. */
    long behind(long millis) {
        return alone.entrySet().stream()
                .filter(mark -> answers.answered(ALONE, mark.getKey()).isPresent())
                .mapToLong(mark -> millis - mark.getValue())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** What is sent from now on is measured, and what was sent before is not. */
    void forget() {
        alone.clear();
        remembered.clear();
    }

    /** How many alerts have not come yet. */
    long missing() {
        return missing(ALONE, alone) + missing(REMEMBERED, remembered);
    }

    private long missing(String detection, Map<String, Long> marks) {
        return marks.keySet().stream()
                .filter(event -> answers.answered(detection, event).isEmpty())
                .count();
    }

    /** From the time of the record in Kafka until its alert was written. */
    Latencies alone() {
        List<Long> latencies = new ArrayList<>();
        alone.forEach(
                (event, sent) -> latencies.add(answers.answered(ALONE, event).orElseThrow() - sent));
        return Latencies.of(latencies);
    }

    /** From the time of the record that let the watermark pass until the alert was written. */
    Latencies remembered(long latenessMillis) {
        List<Long> latencies = new ArrayList<>();
        remembered.forEach((event, at) -> latencies.add(
                answers.answered(REMEMBERED, event).orElseThrow() - feed.firstSentFrom(at + latenessMillis + 1)));
        return Latencies.of(latencies);
    }
}
