package io.entrawatch.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

import io.entrawatch.testkit.Await;

/** A job on a cluster, as REST tells of it. */
final class FlinkJob {

    /** A job that has failed this often before all its tasks ran will not run. */
    private static final int FAILURES_AT_START = 3;

    private final FlinkRest rest;
    private final String id;

    FlinkJob(FlinkRest rest, String id) {
        this.rest = rest;
        this.id = id;
    }

    String id() {
        return id;
    }

    /** Whether it and all its tasks run. */
    boolean runs() throws IOException, InterruptedException {
        JsonNode job = rest.get("/jobs/" + id);
        if (!job.get("state").asText().equals("RUNNING")) {
            return false;
        }
        for (JsonNode vertex : job.get("vertices")) {
            if (vertex.at("/tasks/RUNNING").asInt() != vertex.get("parallelism").asInt()) {
                return false;
            }
        }
        return true;
    }

    /** Whether it runs again from a checkpoint; a JobManager that has just started may not know it yet. */
    boolean hasRecovered() throws InterruptedException {
        try {
            return checkpoints("restored") > 0 && runs();
        } catch (IOException e) {
            return false;
        }
    }

    String state() throws IOException, InterruptedException {
        return rest.get("/jobs/" + id).get("state").asText();
    }

    /** What it failed for, each time that it did. */
    JsonNode failures() throws IOException, InterruptedException {
        return rest.get("/jobs/" + id + "/exceptions");
    }

    JsonNode vertices() throws IOException, InterruptedException {
        return rest.get("/jobs/" + id).get("vertices");
    }

    void awaitRunning() throws Exception {
        Await.until("all tasks of " + id, () -> {
            JsonNode failures = failures();
            if (state().matches("FAILED|CANCELED|FINISHED")
                    || failures.at("/exceptionHistory/entries").size() >= FAILURES_AT_START) {
                throw new AssertionError("the job is " + state() + ": " + failures);
            }
            return runs();
        });
    }

    JsonNode checkpoints() throws IOException, InterruptedException {
        return rest.get("/jobs/" + id + "/checkpoints");
    }

    /** How many checkpoints are {@code completed}, {@code failed} or were {@code restored}. */
    int checkpoints(String counted) throws IOException, InterruptedException {
        return checkpoints().at("/counts/" + counted).asInt();
    }

    /** The ids of the TaskManagers that its tasks are on. */
    Set<String> taskManagers() throws IOException, InterruptedException {
        Set<String> ids = new TreeSet<>();
        for (JsonNode vertex : vertices()) {
            rest.get("/jobs/" + id + "/vertices/" + vertex.get("id").asText() + "/taskmanagers")
                    .get("taskmanagers")
                    .forEach(manager -> ids.add(manager.get("taskmanager-id").asText()));
        }
        return ids;
    }

    /** The counters of the job since it last started, by name. */
    Map<String, Long> counters() throws IOException, InterruptedException {
        Map<String, Long> counters = new TreeMap<>();
        for (JsonNode counter : rest.get("/jobs/" + id + "/accumulators").get("user-task-accumulators")) {
            if (counter.get("type").asText().equals("LongCounter")) {
                String value = counter.get("value").asText();
                counters.put(counter.get("name").asText(), Long.parseLong(value.replaceAll("\\D", "")));
            }
        }
        return counters;
    }

    /** How far event time has come where alerts are written: the subtask that is furthest behind. */
    Instant watermark() throws IOException, InterruptedException {
        JsonNode vertices = vertices();
        String last = vertices.get(vertices.size() - 1).get("id").asText();
        long lowest = Long.MAX_VALUE;
        for (JsonNode watermark : rest.get("/jobs/" + id + "/vertices/" + last + "/watermarks")) {
            lowest = Math.min(lowest, watermark.get("value").asLong());
        }
        return lowest == Long.MAX_VALUE ? Instant.MIN : Instant.ofEpochMilli(lowest);
    }

    /** Ends the job with a savepoint below a directory, and gives its path. */
    String stop(Path directory) throws Exception {
        String trigger = rest.post(
                        "/jobs/" + id + "/stop",
                        FlinkRest.object()
                                .put("targetDirectory", directory.toUri().toString()))
                .get("request-id")
                .asText();
        String[] path = new String[1];
        Await.until("a savepoint", () -> {
            JsonNode answer = rest.get("/jobs/" + id + "/savepoints/" + trigger);
            if (answer.at("/operation").has("failure-cause")) {
                throw new AssertionError(answer.toString());
            }
            path[0] = answer.at("/operation/location").asText("");
            return !path[0].isEmpty();
        });
        Await.until("the end of " + id, () -> state().equals("FINISHED"));
        return path[0];
    }

    void cancel() throws Exception {
        rest.cancel(id);
        Await.until("the end of " + id, () -> state().matches("CANCELED|FAILED|FINISHED"));
    }
}
