package io.entrawatch.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** The three detections of the plain program, over hash maps. */
final class LimitDetections {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long LATEST = Duration.ofMinutes(5).toMillis();

    private record Account(String tenant, String id) {}

    private record Day(String tenant, long number) {}

    private record Visit(Account user, long atMillis, String address, double latitude, double longitude) {}

    private record Change(Account account, long atMillis, boolean created) {}

    private final List<FlatAlert> alerts = new ArrayList<>();
    private final Map<Day, Set<String>> failures = new HashMap<>();
    private final Map<Account, Visit> lastVisits = new HashMap<>();
    private final Map<Account, Long> created = new HashMap<>();
    private final PriorityQueue<Visit> visits = new PriorityQueue<>(Comparator.comparingLong(Visit::atMillis));
    private final PriorityQueue<Change> changes = new PriorityQueue<>(Comparator.comparingLong(Change::atMillis));
    private long latest = Long.MIN_VALUE;

    void see(LimitRecord record) {
        switch (record.kind) {
            case FAILED ->
                failures.computeIfAbsent(new Day(record.tenant, record.atMillis / DAY), first -> new HashSet<>())
                        .add(record.id);
            case SIGNED_IN ->
                visits.add(new Visit(
                        new Account(record.tenant, record.subject),
                        record.atMillis,
                        record.address,
                        record.latitude,
                        record.longitude));
            case CREATED, DELETED ->
                changes.add(new Change(
                        new Account(record.tenant, record.subject),
                        record.atMillis,
                        record.kind == LimitRecord.Kind.CREATED));
            case NOTHING -> {
                return;
            }
        }
        if (record.atMillis > latest) {
            latest = record.atMillis;
            decideUpTo(latest - LATEST);
        }
    }

    List<FlatAlert> end() {
        decideUpTo(Long.MAX_VALUE);
        failures.forEach((day, ids) -> {
            Set<String> before = failures.get(new Day(day.tenant, day.number - 7));
            if (before != null && ids.size() * 10 > before.size() * 11) {
                alert(FlatAlert.FAILURES, day.tenant, "", day.number * DAY);
            }
        });
        return alerts;
    }

    private void decideUpTo(long millis) {
        while (!visits.isEmpty() && visits.peek().atMillis <= millis) {
            checkTravel(visits.poll());
        }
        while (!changes.isEmpty() && changes.peek().atMillis <= millis) {
            follow(changes.poll());
        }
    }

    private void checkTravel(Visit visit) {
        Visit before = lastVisits.put(visit.user, visit);
        if (before == null
                || (before.latitude == visit.latitude && before.longitude == visit.longitude)
                || before.address.equals(visit.address)) {
            return;
        }
        double hours = Math.max(1_000, visit.atMillis - before.atMillis) / 3_600_000.0;
        if (certainKilometres(before, visit) / hours > 900) {
            alert(FlatAlert.TRAVEL, visit.user.tenant, visit.user.id, visit.atMillis);
        }
    }

    /** Along the great circle, less 50 km at each end, because that is how exact the place of an address is. */
    private static double certainKilometres(Visit a, Visit b) {
        double north = Math.sin(Math.toRadians(b.latitude - a.latitude) / 2);
        double east = Math.sin(Math.toRadians(b.longitude - a.longitude) / 2);
        double h = north * north
                + Math.cos(Math.toRadians(a.latitude)) * Math.cos(Math.toRadians(b.latitude)) * east * east;
        return Math.max(0, 2 * 6371.0088 * Math.asin(Math.sqrt(Math.min(1, h))) - 100);
    }

    private void follow(Change change) {
        if (change.created) {
            created.put(change.account, change.atMillis);
            return;
        }
        Long since = created.remove(change.account);
        if (since != null && change.atMillis - since < DAY) {
            alert(FlatAlert.SHORT_LIVED, change.account.tenant, change.account.id, change.atMillis);
        }
    }

    private void alert(String detection, String tenant, String subject, long atMillis) {
        alerts.add(new FlatAlert(
                detection, tenant, subject, Instant.ofEpochMilli(atMillis).toString()));
    }
}
