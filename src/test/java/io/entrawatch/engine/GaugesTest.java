package io.entrawatch.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.sink.Writers;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.SeededCases;

import static org.assertj.core.api.Assertions.assertThat;

/** What those who watch metrics see beside the counts. */
class GaugesTest {

    @Test
    void theLagOfASourceAndTheNumberOfDetectionsAreMetrics(@TempDir Path directory) throws Exception {
        Path logs = Files.write(directory.resolve("logs.ndjson"), new SeededCases(1, List.of()).inOrder());
        Path nothing = Files.write(directory.resolve("nothing.ndjson"), List.of("{broken"));
        Catalogue catalogue = Replay.catalogue(Organization.UNKNOWN);
        InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();
        Pipeline pipeline = new Pipeline(catalogue, Organization.UNKNOWN);
        reporter.addToConfiguration(new Configuration()).toMap().forEach(pipeline::option);
        JobID job = pipeline.build(
                        List.of(files("logs", logs), files("nothing", nothing)),
                        List.of(Writers.files(directory.resolve("out"))))
                .execute()
                .getJobID();
        Map<String, Metric> metrics = reporter.getMetricsByIdentifiers(job);
        assertThat(value(metrics, "detections.on"))
                .isEqualTo(catalogue.enabled().size());
        assertThat(value(metrics, "detections.off"))
                .isEqualTo(catalogue.namesOff().size());
        assertThat(value(metrics, "source.logs.lag_ms")).isPositive();
        assertThat(value(metrics, "source.nothing.lag_ms")).isEqualTo(-1);
    }

    @Test
    void howLongEachAlertTookIsMeasured(@TempDir Path directory) throws Exception {
        Path logs = Files.write(directory.resolve("logs.ndjson"), new SeededCases(8, List.of()).inOrder());
        Path out = directory.resolve("out");
        InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();
        Pipeline pipeline = new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN);
        reporter.addToConfiguration(new Configuration()).toMap().forEach(pipeline::option);
        JobID job = pipeline.build(List.of(files("logs", logs)), List.of(Writers.files(out)))
                .execute()
                .getJobID();
        Map<String, Metric> metrics = reporter.getMetricsByIdentifiers(job);
        Histogram latency = (Histogram) metric(metrics, "decision-latency.wall-clock-millis");
        assertThat(latency.getCount())
                .isPositive()
                .isEqualTo(Pipeline.alertsIn(out).size());
        // The logs are of the past.
        assertThat(latency.getStatistics().getMin()).isPositive();
    }

    private static SourceSettings files(String name, Path file) {
        return new SourceSettings.Files(name, null, List.of(file.toString()), null);
    }

    private static long value(Map<String, Metric> metrics, String name) {
        return ((Number) ((Gauge<?>) metric(metrics, name)).getValue()).longValue();
    }

    private static Metric metric(Map<String, Metric> metrics, String name) {
        return metrics.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".entrawatch." + name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name + " among " + metrics.keySet()));
    }
}
