package io.entrawatch.sink;

import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;

import io.entrawatch.testkit.Await;

/** Whether a job has been told to send documents again, as its metrics say it. */
final class Retries {

    private Retries() {}

    /** @param reporter of one job alone */
    static void await(InMemoryReporter reporter) throws Exception {
        Await.until("a retry", () -> reporter.getMetricsByGroup().values().stream()
                .map(metrics -> metrics.get("elasticsearch.retried"))
                .anyMatch(retried -> retried instanceof Counter counter && counter.getCount() > 0));
    }
}
