package io.entrawatch.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An alert as the variants that are not ours write it. */
record FlatAlert(String detection, String tenant, String subject, String at) {

    static final String SHORT_LIVED = "account-created-and-deleted";
    static final String FAILURES = "more-failures-than-last-week";
    static final String TRAVEL = "faster-than-900-kmh";

    static void write(List<FlatAlert> alerts, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(
                directory.resolve("alerts.ndjson"),
                alerts.stream().map(FlatAlert::json).toList());
    }

    private String json() {
        return "{\"detection\":\"" + detection + "\",\"tenant\":\"" + tenant + "\",\"subject\":\"" + subject
                + "\",\"at\":\"" + at + "\"}";
    }
}
