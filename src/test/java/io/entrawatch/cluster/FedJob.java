package io.entrawatch.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.entrawatch.testkit.Await;

import static org.assertj.core.api.Assertions.assertThat;

/** A job with a topic and indices of its own, and the records that are fed to it bit by bit. */
final class FedJob {

    static final int PARTITIONS = 4;
    private static final int BIT = 3;

    private final Chain chain;
    private final String name;
    private final List<String> records;
    private int fed;
    private double limit = 1;
    private FlinkJob job;

    private FedJob(Chain chain, String name, List<String> records) {
        this.chain = chain;
        this.name = name;
        this.records = records;
    }

    static FedJob prepare(Chain chain, String name, List<String> records) throws Exception {
        chain.kafka().createTopic(name, PARTITIONS);
        return new FedJob(chain, name, records);
    }

    /** Submits over REST and waits until all tasks run. */
    FedJob submit(Path settings, int parallelism) throws Exception {
        return resume(settings, parallelism, "", false);
    }

    FedJob resume(Path settings, int parallelism, String savepoint, boolean allowNonRestoredState) throws Exception {
        return runsAs(chain.flink().rest().run(chain.jar(), settings, parallelism, savepoint, allowNonRestoredState));
    }

    FedJob runsAs(FlinkJob submitted) throws Exception {
        job = submitted;
        job.awaitRunning();
        return this;
    }

    FlinkJob job() {
        return job;
    }

    /** Feeds up to this share of the records. */
    FedJob feedTo(double share) {
        return feed((int) (records.size() * share) - fed);
    }

    /** Feeds some more. */
    FedJob feed(int more) {
        int end = Math.min(records.size(), fed + more);
        while (fed < end) {
            chain.kafka().send(name, fed % PARTITIONS, records.get(fed));
            fed++;
        }
        return this;
    }

    /** How many records it has been fed. */
    int fed() {
        return fed;
    }

    /** Keeps what lies behind this share of the records for later. */
    FedJob upTo(double share) {
        limit = share;
        return this;
    }

    /** Waits for something while records flow. */
    FedJob feedUntil(String what, Callable<Boolean> holds) throws Exception {
        Await.until(what, () -> {
            feed(Math.min(BIT, (int) (records.size() * limit) - fed));
            return holds.call();
        });
        return this;
    }

    /** Waits until a checkpoint has completed that began after this call. */
    FedJob awaitCheckpoint() throws Exception {
        int before = job.checkpoints("completed");
        return feedUntil("two more checkpoints", () -> job.checkpoints("completed") >= before + 2);
    }

    FedJob awaitFailedCheckpoints(int more) throws Exception {
        int before = job.checkpoints("failed");
        return feedUntil("failed checkpoints", () -> job.checkpoints("failed") >= before + more);
    }

    /** How often the job had to start again from a checkpoint. */
    int restarts() throws Exception {
        return job.checkpoints("restored");
    }

    FedJob awaitSomeAlerts() throws Exception {
        return feedUntil("more alerts", more());
    }

    private Callable<Boolean> more() throws Exception {
        long before = countOfAlerts();
        return () -> countOfAlerts() > before;
    }

    long countOfAlerts() throws Exception {
        return chain.elasticsearch().count(name + "-alerts-*");
    }

    /** Feeds the rest, and waits for all alerts; if they do not all come, says which are missing. */
    FedJob finish(Set<String> expected) throws Exception {
        feedTo(1);
        chain.kafka().flush();
        try {
            Await.until("all alerts", () -> countOfAlerts() >= expected.size());
        } catch (AssertionError e) {
            Set<String> missing = new TreeSet<>(expected);
            missing.removeAll(alerts());
            throw new AssertionError(missing.size() + " alerts are missing: " + missing, e);
        }
        return this;
    }

    /** Waits until every record is counted, and takes care that each is in one count; of a job that never started again. */
    FedJob awaitCounts() throws Exception {
        feedUntil("the counts of all events", () -> count("events") >= records.size());
        assertThat(count("events")).isEqualTo(count("evaluated") + count("dead_letters") + count("late"));
        return this;
    }

    private long count(String what) throws Exception {
        return job.counters().getOrDefault("source/entra/" + what, 0L);
    }

    /** The ids of the alerts that are in Elasticsearch. */
    Set<String> alerts() throws Exception {
        return chain.elasticsearch().documents(name + "-alerts-*").stream()
                .map(alert -> alert.at("/event/id").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    long countOf(String documents) throws Exception {
        return chain.elasticsearch().count(name + "-" + documents);
    }
}
