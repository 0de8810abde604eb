package io.entrawatch.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.ChildProcess;
import io.entrawatch.testkit.ElasticsearchServer;
import io.entrawatch.testkit.KafkaServer;

/**
 * How long an alert takes from a real Kafka to a real Elasticsearch while the whole catalogue works at a steady rate.
 *
 * <p>It begins with the time of the record in Kafka, which is the time at which it was handed to the producer. It ends
 * when the answer comes in which Elasticsearch says that it has the document. For detections that remember it begins
 * with the record that lets the watermark pass the last event of the evidence: the first whose time is later by the
 * lateness that is waited for. Not measured: how long logs take to reach Kafka, the lateness itself, and the wait until
 * searches find a document, which is Elasticsearch's refresh interval.
 *
 * <p>Broker, Elasticsearch, job and feed share the machine. What is asked of Elasticsearch passes through this process.
 * The job has its state on the heap and the checkpoints that come with Entrawatch. It waits for late events less long
 * than it does by default, so that alerts come within the run; it thus also keeps fewer events waiting to be put in
 * order.
 */
final class LatencyVariant {

    private static final String TOPIC = "live";
    private static final long MARK_EVERY_MILLIS = 100;
    private static final long WARM_MILLIS = 2_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(5);
    private static final Duration LATENESS = Duration.ofSeconds(10);
    private static final long TARGET_MILLIS = 1_000;

    private final BenchmarkData data;
    private final Path home;
    private final PrintStream out;

    LatencyVariant(BenchmarkData data, Path home, PrintStream out) {
        this.data = data;
        this.home = home;
        this.out = out;
    }

    /** What is done while records come. */
    private interface Work<T> {
        T with(ChildProcess job, LiveFeed feed, BulkAnswers answers) throws Exception;
    }

    /**
     * Measures, and tells in Markdown.
     *
     * @param rate records a second
     * @param lasting how long alerts are watched, once the job has warmed up
     */
    String run(double rate, Duration lasting) throws Exception {
        return whileFed(rate, (job, feed, answers) -> measure(job, feed, answers, lasting));
    }

    /**
     * How many records a second the job bears beside broker, Elasticsearch and feed.
     *
     * @param tooMany so many are fed that it falls behind
     */
    double most(double tooMany, Duration lasting) throws Exception {
        return whileFed(tooMany, (job, feed, answers) -> {
            LatencyMarks marks = new LatencyMarks(feed, answers, MARK_EVERY_MILLIS);
            awaitFirstAlert(job, marks);
            feedFor(LONGEST_WARM_UP.minus(lasting), feed, marks);
            long begin = System.currentTimeMillis();
            long sentBefore = feed.sent();
            long behindBefore = marks.behind(begin);
            feedFor(lasting, feed, marks);
            job.mustBeAlive();
            long end = System.currentTimeMillis();
            double fallsBehind = Math.max(0, marks.behind(end) - behindBefore) / (double) (end - begin);
            return (feed.sent() - sentBefore) * 1e3 / (end - begin) * (1 - fallsBehind);
        });
    }

    private static void feedFor(Duration time, LiveFeed feed, LatencyMarks marks) throws IOException {
        long end = System.currentTimeMillis() + time.toMillis();
        feed.run(millis -> {
            marks.maybeSend(millis);
            return millis < end;
        });
    }

    private <T> T whileFed(double rate, Work<T> work) throws Exception {
        Rounds.deleteAll(home);
        Files.createDirectories(home);
        try (KafkaServer kafka = KafkaServer.start(home.resolve("kafka"));
                ElasticsearchServer elasticsearch = ElasticsearchServer.start(Map.of());
                BulkAnswers answers = new BulkAnswers(elasticsearch.address())) {
            kafka.createTopic(TOPIC, 1);
            try (ChildProcess job = job(kafka, answers);
                    LiveFeed feed = new LiveFeed(kafka.bootstrapServers(), TOPIC, data.one(), rate)) {
                return work.with(job, feed, answers);
            }
        } finally {
            Rounds.deleteAll(home);
        }
    }

    private String measure(ChildProcess job, LiveFeed feed, BulkAnswers answers, Duration lasting) throws Exception {
        LatencyMarks marks = new LatencyMarks(feed, answers, MARK_EVERY_MILLIS);
        warmUp(job, feed, marks, answers, lasting);
        // The JVM goes on to compile for a while.
        feedFor(lasting, feed, marks);
        marks.forget();
        long begin = System.currentTimeMillis();
        long sentBefore = feed.sent();
        long alertsBefore = answers.alerts();
        long end = begin + lasting.toMillis();
        feed.run(millis -> {
            marks.maybeSend(millis);
            return millis < end;
        });
        double seconds = (System.currentTimeMillis() - begin) / 1e3;
        double reached = (feed.sent() - sentBefore) / seconds;
        double alerts = (answers.alerts() - alertsBefore) / seconds;
        // Time has to go on until the watermark has passed the last of them.
        long passed = System.currentTimeMillis() + LATENESS.toMillis() + WARM_MILLIS;
        feed.run(millis -> millis < passed);
        Await.until("all alerts", () -> {
            job.mustBeAlive();
            return marks.missing() == 0;
        });
        return page(reached, alerts, marks);
    }

    /** Until alerts come at once: the job has caught up, and its code is compiled. */
    private void warmUp(ChildProcess job, LiveFeed feed, LatencyMarks marks, BulkAnswers answers, Duration lasting)
            throws Exception {
        awaitFirstAlert(job, marks);
        long begin = System.currentTimeMillis();
        long[] lookAgain = {begin + lasting.toMillis() / 2};
        boolean[] warm = {false};
        feed.run(millis -> {
            marks.maybeSend(millis);
            if (millis >= lookAgain[0]) {
                job.mustBeAlive();
                lookAgain[0] = millis + WARM_MILLIS;
                long behind = marks.behind(millis);
                warm[0] = behind < WARM_MILLIS;
                out.printf(
                        Locale.ROOT,
                        "latency: %,d records, %,d alerts, %s%n",
                        feed.sent(),
                        answers.alerts(),
                        behind == Long.MAX_VALUE ? "none of a report yet" : behind / 1000 + " s behind");
            }
            return !warm[0] && millis - begin < LONGEST_WARM_UP.toMillis();
        });
        if (!warm[0]) {
            throw new IllegalStateException("after " + LONGEST_WARM_UP.toMinutes() + " minutes and " + feed.sent()
                    + " records the job is still behind (expected: a lower rate)");
        }
        out.printf(
                Locale.ROOT,
                "latency: warm after %.0f s and %,d records%n",
                (System.currentTimeMillis() - begin) / 1e3,
                feed.sent());
    }

    /** Nothing is fed before the job has started, so that it has nothing to catch up. */
    private static void awaitFirstAlert(ChildProcess job, LatencyMarks marks) throws Exception {
        Await.until("the first alert", () -> {
            job.mustBeAlive();
            marks.maybeSend(System.currentTimeMillis());
            return marks.behind(System.currentTimeMillis()) < Long.MAX_VALUE;
        });
    }

    private ChildProcess job(KafkaServer kafka, BulkAnswers elasticsearch) throws Exception {
        Path settings = Files.writeString(
                home.resolve("entrawatch.yaml"),
                """
                sources: [ { name: kafka, kafka: { bootstrap-servers: '%s', topics: [ %s ], start-from: earliest } } ]
                organization: '%s'
                time: { lateness: %ds }
                outputs: { elasticsearch: { hosts: [ '%s' ] } }
                flink:
                  parallelism.default: '1'
                  restart-strategy.type: none
                  execution.checkpointing.interval: 30 s
                  execution.checkpointing.dir: '%s'
                """
                        .formatted(
                                kafka.bootstrapServers(),
                                TOPIC,
                                data.organization().toAbsolutePath(),
                                LATENESS.toSeconds(),
                                elasticsearch.address(),
                                home.resolve("checkpoints").toUri()));
        List<String> options = List.of(
                "-Xmx4g",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "-Dlog4j2.configurationFile="
                        + Path.of("src/test/resources/log4j2-test.properties").toAbsolutePath());
        ChildProcess.JavaProgram program = new ChildProcess.JavaProgram(
                JobVariant.class.getName(),
                System.getProperty("java.class.path"),
                options,
                List.of(settings.toString()));
        return ChildProcess.start("the job", program, Map.of(), home.resolve("job.log"));
    }

    private static String page(double rate, double alerts, LatencyMarks marks) {
        Latencies alone = marks.alone();
        Latencies remembered = marks.remembered(LATENESS.toMillis());
        StringBuilder page = new StringBuilder();
        page.append(String.format(
                Locale.ROOT,
                "Latency from Kafka to Elasticsearch at %,.0f records/s, with %,.1f alerts/s in all%n%n",
                rate,
                alerts));
        page.append("| alerts of | from | alerts | p50 ms | p99 ms | longest ms |\n|---|---|---|---|---|---|\n");
        page.append(row(LatencyMarks.ALONE, "record produced", alone));
        page.append(row(LatencyMarks.REMEMBERED, "watermark passing", remembered));
        page.append(String.format(
                Locale.ROOT,
                "%nsingle-event alert, Kafka → Elasticsearch, half load: p99 ≤ 1 s: %s%n",
                alone.at(0.99) <= TARGET_MILLIS ? "met" : "missed"));
        return page.toString();
    }

    private static String row(String detection, String from, Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %,d | %,d | %,d |%n",
                detection,
                from,
                latencies.count(),
                latencies.at(0.5),
                latencies.at(0.99),
                latencies.longest());
    }
}
