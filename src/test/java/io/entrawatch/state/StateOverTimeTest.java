package io.entrawatch.state;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.KafkaBroker;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Scenarios;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered comes back to where it was, however many were seen in between. */
@Tag("full")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class StateOverTimeTest {

    private static final String TOPIC = "soak";

    /** A million on request: {@code -Dentrawatch.soak.users=1000000}. */
    private static final int USERS = Integer.getInteger("entrawatch.soak.users", 30_000);

    private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

    /** All users fail within a day, which is as long as the longest span that counts failures. */
    private static final Duration SPREAD = Duration.ofDays(1);

    /** Longer than the longest memory, that of comparisons. */
    private static final Duration IDLE = Duration.ofDays(60);

    /** A key that was left behind would have at least its name, which is longer than this. */
    private static final int LEAST_BYTES_OF_A_KEY = 40;

    /** Once the longest memory is full, a day like the one before adds nothing. */
    private static final int FULL_AFTER_DAYS = 38;

    /** A week, because some is remembered by days of it. */
    private static final int MORE_DAYS = 7;

    private static final int PEOPLE = 60;
    private static final int SIGN_INS_A_DAY = 10;

    private static final double GROWTH = 1.02;

    @TempDir
    private Path directory;

    private long sent;

    @Test
    void nothingIsLeftOfManyUsersWhoFailedOnce() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic(TOPIC, 1);
            try (ShippedStateJob job = new ShippedStateJob(
                    directory, Scenarios.example(), List.of(Pipeline.topic(broker, TOPIC, false)), Map.of())) {
                sendLookout(broker, BEGIN);
                job.awaitEvents(sent);
                long floor = job.remembered();

                for (int i = 0; i < USERS; i++) {
                    Instant at = BEGIN.plus(Duration.ofHours(1)).plusMillis(SPREAD.toMillis() / USERS * i);
                    send(broker, Logs.signIn("f-" + i, at, "user-" + i, Logs.LONDON.at(address(i)), 50126));
                }
                job.awaitEvents(sent);
                long high = job.remembered();

                sendLookout(broker, BEGIN.plus(IDLE));
                job.awaitEvents(sent);
                System.out.printf("%d users: %d bytes without them, %d with them%n", USERS, floor, high);
                assertThat(high - floor).isGreaterThan((long) USERS * LEAST_BYTES_OF_A_KEY);
                // Time goes on behind the last record, and what it clears is cleared some time later.
                Await.until(
                        "the state of before, " + floor + " bytes",
                        () -> job.remembered() - floor < (long) USERS * LEAST_BYTES_OF_A_KEY / 20);
            }
        }
    }

    @Test
    void aDayLikeTheOneBeforeAddsNothing() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic(TOPIC, 1);
            try (ShippedStateJob job = new ShippedStateJob(
                    directory, Scenarios.example(), List.of(Pipeline.topic(broker, TOPIC, false)), Map.of())) {
                int day = 0;
                while (day < FULL_AFTER_DAYS) {
                    sendDay(broker, day++);
                }
                awaitEndOf(job, day);
                long full = job.remembered();

                while (day < FULL_AFTER_DAYS + MORE_DAYS) {
                    sendDay(broker, day++);
                }
                awaitEndOf(job, day);
                long later = job.remembered();
                System.out.printf("%d bytes after %d days, %d after %d%n", full, FULL_AFTER_DAYS, later, day);
                assertThat(later).isLessThan((long) (full * GROWTH));
            }
        }
    }

    /** Until what was sent of the days before this one is decided, but for the last minutes, which wait for their time. */
    private void awaitEndOf(ShippedStateJob job, int day) throws Exception {
        job.awaitEvents(sent);
        job.awaitTime(BEGIN.plus(Duration.ofDays(day)).minus(Duration.ofMinutes(15)));
    }

    /** The same people from the same places at the same times; one in ten tries fails. */
    private void sendDay(KafkaBroker broker, int day) {
        int all = PEOPLE * SIGN_INS_A_DAY;
        for (int i = 0; i < all; i++) {
            Instant at = BEGIN.plus(Duration.ofDays(day))
                    .plus(Duration.ofDays(1).dividedBy(all).multipliedBy(i));
            int person = i % PEOPLE;
            int result = i % 10 == 9 ? 50126 : 0;
            send(
                    broker,
                    Logs.signIn(
                            "d-" + day + "-" + i, at, "person-" + person, Logs.LONDON.at("192.0.2." + person), result));
        }
        broker.flush();
    }

    private static String address(int i) {
        return "2001:db8::" + Integer.toHexString(i >> 16) + ":" + Integer.toHexString(i & 0xffff);
    }

    /** Ordinary sign-ins of one person; the last ones move time on beyond those before them. */
    private void sendLookout(KafkaBroker broker, Instant from) {
        for (int i = 0; i < 5; i++) {
            send(broker, Logs.signIn("l-" + sent, from.plus(Duration.ofMinutes(10L * i)), "ada", Logs.LONDON, 0));
        }
        broker.flush();
    }

    private void send(KafkaBroker broker, String record) {
        broker.send(TOPIC, 0, record.getBytes(StandardCharsets.UTF_8));
        sent++;
    }
}
