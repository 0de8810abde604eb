package io.entrawatch.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import io.entrawatch.testkit.Logs.Spot;

import static io.entrawatch.testkit.Logs.LAGOS;
import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.SYDNEY;

/** Cases made by chance from seeds: each is a tenant with a few events that may or may not come to alerts. */
public final class SeededCases {

    /** How far out of order a live stream may be. */
    public static final Duration BOUND = Duration.ofMinutes(5);

    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Spot[] SPOTS = {LONDON, LAGOS, SYDNEY};

    /** A record and when it happened. */
    public record Line(Instant at, String json) {}

    private final List<Line> lines = new ArrayList<>();

    /** @param scenarios records of other tenants, to be decided together with the others */
    public SeededCases(int count, List<Line> scenarios) {
        for (int seed = 0; seed < count; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String tenant = "tenant-" + seed;
            accounts(tenant, random);
            travels(tenant, random);
            if (seed % 4 == 0) {
                failures(tenant, random);
            }
        }
        lines.addAll(scenarios);
        lines.sort(Comparator.comparing(Line::at).thenComparing(Line::json));
    }

    /** Times are whole minutes now and then, so that ties happen. */
    private static Instant time(SplittableRandom random, Duration within) {
        long millis = random.nextLong(within.toMillis());
        return MONDAY.plusMillis(random.nextBoolean() ? millis : millis / 60_000 * 60_000);
    }

    private void accounts(String tenant, SplittableRandom random) {
        for (int i = 0; i < 3; i++) {
            String target = "account-" + i;
            Instant created = time(random, DAY.multipliedBy(3));
            Duration lived = Duration.ofMinutes(random.nextLong(2 * 24 * 60));
            add(created, Logs.audit(tenant, "add-" + i, created, "Add user", target, outcome(random)));
            Instant deleted = created.plus(lived);
            add(deleted, Logs.audit(tenant, "del-" + i, deleted, "Delete user", target, outcome(random)));
        }
    }

    private static String outcome(SplittableRandom random) {
        return random.nextInt(4) == 0 ? "failure" : "success";
    }

    private void travels(String tenant, SplittableRandom random) {
        for (int i = 0; i < 6; i++) {
            Instant at = time(random, DAY.multipliedBy(2));
            Spot spot = SPOTS[random.nextInt(SPOTS.length)];
            String user = "user-" + random.nextInt(2);
            String how =
                    "\"isInteractive\":" + (random.nextInt(3) > 0) + ",\"sessionId\":\"s" + random.nextInt(2) + "\"";
            add(at, Logs.signIn(tenant, "in-" + i, at, user, spot, 0, how));
        }
    }

    private void failures(String tenant, SplittableRandom random) {
        int before = 1 + random.nextInt(12);
        int now = before + random.nextInt(60);
        failuresOn(tenant, "before", 0, before, random);
        failuresOn(tenant, "now", 7, now, random);
    }

    private void failuresOn(String tenant, String name, int day, int count, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            Instant at = time(random, DAY).plus(DAY.multipliedBy(day));
            add(at, Logs.signIn(tenant, name + "-" + i, at, "user-9", LONDON, 50126, "\"isInteractive\":true"));
        }
    }

    private void add(Instant at, String json) {
        lines.add(new Line(at, json));
    }

    public List<String> inOrder() {
        return lines.stream().map(Line::json).toList();
    }

    public List<String> shuffled(SplittableRandom random) {
        List<String> shuffled = new ArrayList<>(inOrder());
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        return shuffled;
    }

    /** Out of order, and never by more than the bound. */
    public List<String> jittered(SplittableRandom random) {
        record Arrival(Instant at, String json) {}
        return lines.stream()
                .map(line -> new Arrival(line.at().plusMillis(random.nextLong(BOUND.toMillis())), line.json()))
                .sorted(Comparator.comparing(Arrival::at).thenComparing(Arrival::json))
                .map(Arrival::json)
                .toList();
    }

    /** Every third line a second time, a little later. */
    public List<String> withCopies(SplittableRandom random) {
        List<String> copied = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (String line : inOrder()) {
            copied.add(line);
            if (random.nextInt(3) == 0) {
                held.add(line);
            }
            if (held.size() == 4) {
                copied.addAll(held);
                held.clear();
            }
        }
        copied.addAll(held);
        return copied;
    }

    public List<List<String>> split(List<String> all, int parts) {
        List<List<String>> split = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            split.add(new ArrayList<>());
        }
        for (int i = 0; i < all.size(); i++) {
            split.get(i % parts).add(all.get(i));
        }
        return split;
    }

    /** An event of nobody, long after all others. */
    public String muchLater(int number) {
        Instant at = MONDAY.plus(DAY.multipliedBy(200)).plusSeconds(number);
        return Logs.signIn("tenant-later", "later-" + number, at, "later", LONDON, 0, "\"isInteractive\":true");
    }
}
