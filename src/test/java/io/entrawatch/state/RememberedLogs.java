package io.entrawatch.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.entrawatch.testkit.Logs;

import static io.entrawatch.testkit.Logs.LAGOS;
import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.SYDNEY;

/** Records of which something of each kind is remembered, and records that come to alerts only together with them. */
final class RememberedLogs {

    /** What the later records come to with the earlier ones, and must not come to alone. */
    static final List<String> DETECTIONS = List.of(
            "brute-force",
            "failed-sign-in-increase",
            "impossible-travel",
            "new-country-for-user",
            "short-lived-account");

    private static final Instant MONDAY = Instant.parse("2026-03-16T00:00:00Z");
    private static final Instant TEN = MONDAY.plus(Duration.ofHours(10));
    /** The question whether to stay signed in, which is neither a failure nor a sign-in, and decides nothing. */
    private static final int STAY_SIGNED_IN = 50140;

    private static final int FAILURES_OF_LAST_WEEK = 24;

    private final Map<Instant, String> records = new TreeMap<>();

    private RememberedLogs() {}

    static List<String> before() {
        RememberedLogs logs = new RememberedLogs();
        for (int day = 15; day > 0; day--) {
            logs.signIn(TEN.minus(Duration.ofDays(day)), "carl", LONDON, 0);
        }
        for (int i = 0; i < FAILURES_OF_LAST_WEEK; i++) {
            Instant at = MONDAY.minus(Duration.ofDays(7)).plus(Duration.ofMinutes(10 + 30L * i));
            logs.signIn(at, "forgetful-" + i, LONDON.at("192.0.2." + (100 + i)), 50126);
        }
        logs.audit(minute(-10), "Add user");
        logs.signIn(minute(-5), "dora", LONDON, 0);
        logs.failures(minute(0), 10, "emil");
        // These wait for their turn: the watermark is five minutes behind the last of them.
        logs.failures(minute(6), 6, "berta");
        return List.copyOf(logs.records.values());
    }

    static List<String> after() {
        RememberedLogs logs = new RememberedLogs();
        // A burst that was told of goes on, which is quiet, and one that nobody was told of is complete.
        logs.failures(minute(8).plusSeconds(30), 3, "emil");
        logs.failures(minute(9), 8, "berta");
        logs.audit(minute(20), "Delete user");
        logs.signIn(minute(30), "dora", LAGOS, 0);
        logs.signIn(TEN.plus(Duration.ofDays(2)), "carl", SYDNEY, 0);
        // Time goes where several records say that it went.
        for (int i = 0; i < 6; i++) {
            logs.signIn(MONDAY.plus(Duration.ofDays(10)).plusSeconds(i), "later", LONDON, STAY_SIGNED_IN);
        }
        return List.copyOf(logs.records.values());
    }

    private static Instant minute(int minutes) {
        return TEN.plus(Duration.ofMinutes(minutes));
    }

    private void failures(Instant from, int count, String user) {
        for (int i = 0; i < count; i++) {
            signIn(from.plusSeconds(7L * i), user, LONDON.at("192.0.2." + user.length()), 50126);
        }
    }

    private void signIn(Instant at, String user, Logs.Spot spot, int error) {
        String record = Logs.signIn(user + "-" + at, at, user, spot, error);
        if (records.put(at, record) != null) {
            throw new IllegalArgumentException("two records at " + at);
        }
    }

    private void audit(Instant at, String activity) {
        records.put(at, Logs.audit("audit-" + at, at, activity, "account-1", "success"));
    }

    /** All in the order of time. */
    static List<String> all(List<String> before, List<String> after) {
        List<String> all = new ArrayList<>(before);
        all.addAll(after);
        return all;
    }
}
