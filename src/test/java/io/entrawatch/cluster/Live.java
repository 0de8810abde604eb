package io.entrawatch.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.flink.util.FileUtils;

import io.entrawatch.testkit.Ports;
import io.entrawatch.testkit.SeededCases;
import io.entrawatch.testkit.TenantLogs;

/**
 * The whole chain on this machine, fed with an invented tenant whose last day is today: fifteen days go by in five
 * minutes, and what is left of today comes when its time comes. Ends with Ctrl-C.
 */
public final class Live {

    private static final int FLINK_PORT = 8081;
    private static final int ELASTICSEARCH_PORT = 9200;
    private static final int USERS = 400;
    private static final int DAYS = 15;
    private static final int SEED = 2026;
    private static final Duration FAST_PART = Duration.ofMinutes(5);

    /** The last events are decided this much later: the bound for late ones twice, where a partition has gone quiet. */
    private static final Duration LATEST_DECISION = Duration.ofMinutes(12);

    private static final int TICK_MILLIS = 200;
    private static final String NAME = "entrawatch";

    private final Chain chain;
    private final TenantLogs logs;
    private final FedJob fed;
    private final LiveReport report;

    private Live(Chain chain, TenantLogs logs, FedJob fed) {
        this.chain = chain;
        this.logs = logs;
        this.fed = fed;
        this.report = new LiveReport(chain.elasticsearch(), NAME, logs, fed);
    }

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]).toAbsolutePath();
        FileUtils.deleteDirectory(home.toFile());
        Files.createDirectories(home);
        say("Starting Kafka, Flink and Elasticsearch ...");
        Chain chain = Chain.start(home, port("Flink", FLINK_PORT), port("Elasticsearch", ELASTICSEARCH_PORT));
        say("Inventing a tenant of " + USERS + " people whose last day is today ...");
        LocalDate start = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS - 1);
        TenantLogs logs = TenantLogs.generate(home.resolve("tenant"), USERS, DAYS, SEED, start);
        Path settings = chain.settings(NAME, logs.organization()).asShipped().write();
        say("Submitting " + Chain.JAR + " ...");
        FedJob fed = FedJob.prepare(
                        chain,
                        NAME,
                        logs.lines().stream().map(SeededCases.Line::json).toList())
                .submit(settings, 2);
        new Live(chain, logs, fed).run(settings);
    }

    private static int port(String name, int usual) throws IOException {
        int port = Ports.freeFrom(usual);
        if (port != usual) {
            say("Port " + usual + " is taken; " + name + " gets " + port);
        }
        return port;
    }

    private void run(Path settings) throws Exception {
        String elasticsearch = chain.elasticsearch().address();
        say("");
        say("Flink          " + chain.flink().rest().address() + "/#/job/running/"
                + fed.job().id() + "/overview");
        say("Elasticsearch  " + elasticsearch + ", for example");
        say("               curl '" + elasticsearch + "/" + NAME
                + "-alerts-*/_search?pretty&size=1&q=entrawatch.level:high'");
        say("Kafka          " + chain.kafka().bootstrapServers() + ", topic " + NAME);
        say("Settings       " + settings);
        say("Logs           " + chain.home().resolve("flink/log"));
        say("");
        say("The last " + DAYS + " days go by in " + FAST_PART.toMinutes() + " minutes. Ctrl-C stops everything.");
        say("");
        Instant begin = Instant.now();
        feed(begin);
        say("From now on records come when their time comes.");
        Instant decided = begin.minus(LATEST_DECISION);
        while (fed.job().watermark().isBefore(decided)) {
            feedBefore(Instant.now());
        }
        say("");
        report.found(decided);
        say("");
        feedAsItHappens();
    }

    /** The past in a short time, each record when its share of that time has gone by. */
    private void feed(Instant begin) throws Exception {
        Instant first = logs.lines().get(0).at();
        double speed = (double) Duration.between(first, begin).toMillis() / FAST_PART.toMillis();
        Instant clock = first;
        while (clock.isBefore(begin)) {
            long gone = Duration.between(begin, Instant.now()).toMillis();
            clock = first.plusMillis((long) (gone * speed));
            feedBefore(clock.isBefore(begin) ? clock : begin);
        }
    }

    private void feedAsItHappens() throws Exception {
        while (chain.flink().rest().answers()) {
            feedBefore(Instant.now());
        }
        say("Flink has ended; its logs may say why.");
        chain.close();
    }

    private void feedBefore(Instant clock) throws Exception {
        int end = fed.fed();
        while (end < logs.lines().size() && !logs.lines().get(end).at().isAfter(clock)) {
            end++;
        }
        fed.feed(end - fed.fed());
        report.tell(clock);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
    }

    static void say(String line) {
        System.out.println(line);
    }

    static void say(String form, Object... values) {
        System.out.printf(Locale.ROOT, form + "%n", values);
    }
}
