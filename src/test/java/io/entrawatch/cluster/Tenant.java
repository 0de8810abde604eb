package io.entrawatch.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.SeededCases;
import io.entrawatch.testkit.TenantLogs;

/** A generated tenant whose logs are fed to a cluster, and the alerts that a scan of the same records gives. */
record Tenant(Path organization, List<String> records, Set<String> alerts) {

    /** So many records cannot be read. */
    static final int BROKEN = 5;

    private static final int USERS = 60;
    private static final int DAYS = 15;
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private static Tenant generated;

    /** One for all tests, because the scan takes a while. */
    static synchronized Tenant get() throws Exception {
        if (generated == null) {
            generated = generate(
                    Files.createDirectories(Path.of("target", "cluster-tenant")).toAbsolutePath());
        }
        return generated;
    }

    private static Tenant generate(Path directory) throws Exception {
        TenantLogs logs = TenantLogs.generate(directory, USERS, DAYS, 7, MONDAY);
        List<String> records = new ArrayList<>(
                logs.lines().stream().map(SeededCases.Line::json).toList());
        for (int i = 1; i <= BROKEN; i++) {
            records.add(i * records.size() / (BROKEN + 1), "{\"broken\": " + i);
        }
        Instant last = logs.lines().get(logs.lines().size() - 1).at();
        records.addAll(tail(last.plus(Duration.ofDays(60))));
        Set<String> alerts = logs.scan(List.of(), records).documents().stream()
                .map(alert -> alert.at("/event/id").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        return new Tenant(logs.organization(), records, alerts);
    }

    /** Events of nobody, long after all others and in every partition, so that all others are decided. */
    private static List<String> tail(Instant at) {
        List<String> tail = new ArrayList<>();
        for (int i = 0; i < 4 * FedJob.PARTITIONS; i++) {
            tail.add(Logs.audit("tenant-later", "later-" + i, at.plusSeconds(i), "Read nothing", "nobody", "success"));
        }
        return tail;
    }
}
