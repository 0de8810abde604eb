package io.entrawatch.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.ChildProcess;

/** The job in a process of its own, asked and told through Flink's REST interface. */
final class JobProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ACCEPTED = 300;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ChildProcess process;
    private final int port;

    private JobProcess(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param port that the settings name as {@code rest.bind-port} */
    static JobProcess start(Path settings, int port, Path log) throws IOException {
        List<String> options = List.of(
                "-Xmx8g",
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
        return new JobProcess(ChildProcess.start("the job", program, Map.of(), log), port);
    }

    /** Waits until every task has its state and works, and returns the seconds since the tasks were made. */
    double awaitRunning() throws Exception {
        double[] seconds = {0};
        Await.until("all tasks at work", () -> {
            process.mustBeAlive();
            JsonNode jobs = get("/jobs/overview").path("jobs");
            if (jobs.isEmpty()) {
                return false;
            }
            JsonNode job = get("/jobs/" + jobs.get(0).path("jid").asText());
            for (JsonNode vertex : job.path("vertices")) {
                if (!vertex.path("status").asText().equals("RUNNING")) {
                    return false;
                }
            }
            seconds[0] = (job.path("now").asLong() - job.path("start-time").asLong()) / 1e3;
            return !job.path("vertices").isEmpty();
        });
        return seconds[0];
    }

    /** Whether any task has handed on anything. */
    boolean hasBegun() throws InterruptedException {
        process.mustBeAlive();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            JsonNode vertices = get("/jobs/" + job.path("jid").asText()).path("vertices");
            for (JsonNode vertex : vertices) {
                if (vertex.at("/metrics/write-records").asLong() > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Waits until every task has come so far in event time, in milliseconds since 1970. */
    void awaitTime(long atMillis) throws Exception {
        Await.until("event time to go on", () -> {
            process.mustBeAlive();
            String job = "/jobs/"
                    + get("/jobs/overview").path("jobs").get(0).path("jid").asText();
            for (JsonNode vertex : get(job).path("vertices")) {
                JsonNode marks = get(job + "/vertices/" + vertex.path("id").asText() + "/watermarks");
                for (JsonNode mark : marks) {
                    if (mark.path("value").asLong() < atMillis) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    /** The form of a savepoint. */
    enum Form {
        /** That of a checkpoint. */
        NATIVE,
        /** That any state backend can read. */
        CANONICAL
    }

    /** Writes a savepoint, and returns where it is. */
    Path savepoint(Form form, Path directory) throws Exception {
        String job = get("/jobs/overview").path("jobs").get(0).path("jid").asText();
        String wish = JSON.writeValueAsString(
                Map.of("target-directory", directory.toUri().toString(), "formatType", form));
        String request = send("POST", "/jobs/" + job + "/savepoints", wish)
                .path("request-id")
                .asText();
        JsonNode[] answer = {JSON.createObjectNode()};
        Await.until("the savepoint", () -> {
            JsonNode asked = get("/jobs/" + job + "/savepoints/" + request);
            answer[0] = asked.isMissingNode() ? answer[0] : asked;
            return answer[0].at("/status/id").asText().equals("COMPLETED") || !process.isAlive();
        });
        String location = answer[0].at("/operation/location").asText();
        if (location.isEmpty()) {
            throw new IllegalStateException("no savepoint: " + answer[0]);
        }
        return Path.of(URI.create(location));
    }

    private JsonNode get(String path) throws InterruptedException {
        try {
            return send("GET", path, "");
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private JsonNode send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= ACCEPTED) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        process.close();
    }
}
