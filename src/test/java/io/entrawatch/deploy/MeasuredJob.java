package io.entrawatch.deploy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.entrawatch.EntrawatchJob;
import io.entrawatch.Environments;
import io.entrawatch.settings.SettingsReader;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Ports;

/** The job with Flink's Prometheus reporter, and what that tells while it runs. */
final class MeasuredJob {

    /** The Elasticsearch does not answer; what is written to it is counted all the same. */
    private static final String SETTINGS =
            """
            sources:
              - name: entra
                files: { paths: [ logs ], watch: 1s }
            outputs:
              elasticsearch:
                hosts: [ "http://127.0.0.1:9" ]
                install-template: false
            """;

    private static final Pattern COUNTED = Pattern.compile("entrawatch_source_entra_dead_letters\\{.*} 1\\.0");
    private static final Pattern CHECKPOINTED =
            Pattern.compile("flink_jobmanager_job_totalNumberOfCheckpoints\\{.*} [1-9]");

    private MeasuredJob() {}

    /** Names of metrics with their labels and values, as Prometheus scrapes them. */
    static List<String> samplesOf(Path directory) throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Files.writeString(
                logs.resolve("logs.ndjson"), Logs.signIn("1", Instant.now(), "ada", Logs.LONDON, 0) + "\nunreadable\n");
        Path settings = Files.writeString(directory.resolve("entrawatch.yaml"), SETTINGS);
        int port = Ports.free();
        StreamExecutionEnvironment env = Environments.local(
                Map.of(
                        "metrics.reporter.prom.factory.class",
                        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                        "metrics.reporter.prom.port",
                        Integer.toString(port),
                        "execution.checkpointing.interval",
                        "1 s",
                        "pekko.ask.timeout",
                        "4 min"),
                false);
        env.setParallelism(1);
        EntrawatchJob.build(env, SettingsReader.read(settings));
        JobClient job = env.executeAsync("entrawatch");
        try {
            // A checkpoint begins when every operator is there.
            Await.until(
                    "a checkpoint",
                    () -> COUNTED.matcher(read(port)).find()
                            && CHECKPOINTED.matcher(read(port)).find());
            return read(port).lines().filter(line -> !line.startsWith("#")).toList();
        } finally {
            job.cancel().get(4, TimeUnit.MINUTES);
        }
    }

    private static String read(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "not there yet";
        }
    }
}
