package io.entrawatch.state;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.sink.Writers;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Ports;
import io.entrawatch.testkit.Replay;

/** The job in this process, which keeps its state as the shipped configuration says, and what it tells of that. */
final class ShippedStateJob implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final int port = Ports.free();
    private final JobClient job;
    private boolean stopped;

    /** @param options beside those of {@code conf/config.yaml} */
    ShippedStateJob(
            Path directory, Organization organization, List<SourceSettings> sources, Map<String, String> options)
            throws Exception {
        this.directory = directory;
        Pipeline pipeline = new Pipeline(Replay.catalogue(organization), organization);
        // Addresses and memory are the machine's, and so the test's; the options of state are those that are shipped.
        GlobalConfiguration.loadConfiguration("conf").toMap().forEach((name, value) -> {
            if (name.startsWith("state.") || name.startsWith("execution.checkpointing.")) {
                pipeline.option(name, value);
            }
        });
        pipeline.option("execution.checkpointing.dir", uri("checkpoints"))
                .option("execution.checkpointing.savepoint-dir", uri("savepoints"))
                .option("taskmanager.memory.managed.size", "600m")
                .option("rest.address", "127.0.0.1")
                .option("rest.bind-address", "127.0.0.1")
                .option("rest.bind-port", Integer.toString(port));
        options.forEach(pipeline::option);
        job = pipeline.build(sources, List.of(Writers.files(out()))).executeAsync();
        Await.until("all tasks", this::runs);
    }

    private boolean runs() throws Exception {
        JsonNode vertices = ask("").path("vertices");
        for (JsonNode vertex : vertices) {
            if (vertex.at("/tasks/RUNNING").asInt()
                    != vertex.path("parallelism").asInt()) {
                return false;
            }
        }
        return !vertices.isEmpty();
    }

    /** What Flink's REST interface tells of the job. */
    private JsonNode ask(String what) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + "/jobs/" + job.getJobID() + what);
        return MAPPER.readTree(http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private String uri(String name) {
        return directory.resolve(name).toUri().toString();
    }

    Path out() {
        return directory.resolve("out");
    }

    /** Waits as long as events keep coming. */
    void awaitEvents(long count) throws Exception {
        long step = Math.max(1, count / 50);
        for (long next = Math.min(step, count); next < count; next += step) {
            awaitSoMany(next);
        }
        awaitSoMany(count);
    }

    /** Waits until every task has done what was due by then, in event time. */
    void awaitTime(Instant time) throws Exception {
        Await.until(time.toString(), () -> {
            for (JsonNode vertex : ask("").path("vertices")) {
                for (JsonNode mark : ask("/vertices/" + vertex.path("id").asText() + "/watermarks")) {
                    if (mark.path("value").asLong() < time.toEpochMilli()) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    private void awaitSoMany(long count) throws Exception {
        Await.until(count + " events", () -> events() >= count);
    }

    private long events() throws Exception {
        return job.getAccumulators().get().entrySet().stream()
                .filter(counter -> counter.getKey().matches("source/.*/events"))
                .mapToLong(counter -> (Long) counter.getValue())
                .sum();
    }

    /** How all checkpoints went, as Flink's REST tells it. */
    JsonNode checkpoints() throws Exception {
        return ask("/checkpoints");
    }

    /** The bytes of all that is remembered. A canonical savepoint holds each entry once, and nothing that was deleted. */
    long remembered() throws Exception {
        String savepoint = job.triggerSavepoint(uri("savepoints"), SavepointFormatType.CANONICAL)
                .get();
        try (Stream<Path> files = Files.walk(Path.of(URI.create(savepoint)))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** Waits for alerts, and says which do not come. */
    void awaitAlerts(Map<String, JsonNode> expected) throws Exception {
        try {
            // Reading them takes time from the job; there is no need to before there are enough.
            Await.until(
                    "all alerts",
                    () -> Pipeline.countOfAlertsIn(out()) >= expected.size()
                            && Pipeline.alertsIn(out()).keySet().containsAll(expected.keySet()));
        } catch (AssertionError e) {
            Map<String, JsonNode> missing = new TreeMap<>(expected);
            missing.keySet().removeAll(Pipeline.alertsIn(out()).keySet());
            throw new AssertionError(missing.size() + " alerts are missing: " + missing.values(), e);
        }
    }

    /** How many alerts of a detection were let through so far, written or not. */
    long alertsOf(String detection) throws Exception {
        Object alerts = job.getAccumulators().get().get("alerts/" + detection);
        return alerts instanceof Long number ? number : 0;
    }

    /** Stops the job, and gives the path of what it remembers. */
    String stopWithSavepoint() throws Exception {
        stopped = true;
        return job.stopWithSavepoint(false, uri("savepoints"), SavepointFormatType.CANONICAL)
                .get();
    }

    @Override
    public void close() throws Exception {
        if (!stopped) {
            job.cancel().get();
        }
    }
}
