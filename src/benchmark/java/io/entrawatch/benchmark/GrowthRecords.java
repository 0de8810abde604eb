package io.entrawatch.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

import io.entrawatch.testkit.Logs;

/**
 * Sign-ins of a week in which one thing is varied: how many people and tenants there are, how much of it is one
 * tenant's, how large a record is. People sign in where they live; one in thirty sign-ins fails. One record in ten
 * thousand is a report of fraud, so that something is found.
 *
 * @param largest how many in a hundred events the first tenant has; 0 where all have the same
 * @param bytes how large a record is at least, by policies of conditional access that no detection asks for
 */
record GrowthRecords(long events, int users, int tenants, int largest, int bytes) {

    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final double WEEK_MILLIS = 7 * 86_400_000.0;
    private static final int FRAUD_EVERY = 10_000;
    private static final int FAILED_IN = 30;
    private static final int WRONG_PASSWORD = 50126;
    private static final int ADDRESSES = 250;
    private static final List<Logs.Spot> CITIES = List.of(Logs.LONDON, Logs.LAGOS, Logs.SYDNEY);
    private static final String POLICY = "{\"id\":\"5b6e1c8a-0000-4000-8000-000000000001\",\"displayName\":\"Require"
            + " multifactor authentication\",\"enforcedGrantControls\":[\"Mfa\"],\"result\":\"notApplied\"}";

    /** Writes the records into one file, and in turn into two. */
    BenchmarkData write(Path directory) throws IOException {
        BenchmarkData data = new BenchmarkData(
                directory,
                events,
                0,
                directory.resolve("one/events.ndjson"),
                List.of(directory.resolve("two/events-0.ndjson"), directory.resolve("two/events-1.ndjson")),
                directory.resolve("organization.yaml"));
        Files.createDirectories(directory.resolve("one"));
        Files.createDirectories(directory.resolve("two"));
        Files.writeString(data.organization(), "defaults: { zone: UTC }\n");
        Random random = new Random(1);
        try (BufferedWriter one = Files.newBufferedWriter(data.one());
                BufferedWriter even = Files.newBufferedWriter(data.two().get(0));
                BufferedWriter odd = Files.newBufferedWriter(data.two().get(1))) {
            for (long i = 0; i < events; i++) {
                String line = record(i, random) + "\n";
                one.write(line);
                (i % 2 == 0 ? even : odd).write(line);
            }
        }
        return new BenchmarkData(
                directory, events, Files.size(data.one()), data.one(), data.two(), data.organization());
    }

    private String record(long number, Random random) {
        Instant at = MONDAY.plusMillis((long) (WEEK_MILLIS * number / events));
        int user = user(number, random);
        String tenant = new UUID(0x5f2d7f3a6c1e4f0bL, 0x9b7e2a5100000000L + user % tenants).toString();
        String id = new UUID(number, 0x8000000000000001L).toString();
        if (number % FRAUD_EVERY == 0) {
            return Logs.audit(tenant, id, at, "Fraud reported - no action taken", "person-" + user, "success");
        }
        Logs.Spot home = CITIES.get(user % CITIES.size());
        String network = home.address().substring(0, home.address().lastIndexOf('.') + 1);
        String name = "person-" + user;
        String signIn = Logs.signIn(
                tenant,
                id,
                at,
                name,
                home.at(network + (1 + user % ADDRESSES)),
                random.nextInt(FAILED_IN) == 0 ? WRONG_PASSWORD : 0,
                "\"isInteractive\":true");
        String userId = new UUID(0x1c6f3a5e0d2b4c8aL, 0x8000000000000000L + user).toString();
        return padded(signIn.replace("id-of-" + name, userId));
    }

    /** People belong to tenants in turn. Of more people than events each comes at most once. */
    private int user(long number, Random random) {
        int user = users < events ? random.nextInt(users) : (int) number;
        if (largest == 0) {
            return user;
        }
        int ofFirst = user - user % tenants;
        boolean first = random.nextInt(100) < largest;
        return first || ofFirst + 1 >= users
                ? ofFirst
                : ofFirst + 1 + random.nextInt(Math.min(tenants - 1, users - ofFirst - 1));
    }

    private String padded(String record) {
        if (record.length() >= bytes) {
            return record;
        }
        int policies = (bytes - record.length()) / POLICY.length();
        String list = String.join(",", Collections.nCopies(policies, POLICY));
        return record.substring(0, record.length() - 2) + ",\"appliedConditionalAccessPolicies\":[" + list + "]}}";
    }

    /** What tells points apart. */
    String name() {
        return String.format(Locale.ROOT, "%d-%d-%d-%d-%d", events, users, tenants, largest, bytes);
    }
}
