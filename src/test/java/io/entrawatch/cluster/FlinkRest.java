package io.entrawatch.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Flink's REST interface, as {@code curl} would use it. */
final class FlinkRest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BOUNDARY = "part-of-the-jar";
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    FlinkRest(String address) {
        this.address = address;
    }

    /** A request that Flink refuses, with its reason. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    String address() {
        return address;
    }

    boolean answers() throws InterruptedException {
        try {
            get("/overview");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    List<String> taskManagers() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        get("/taskmanagers")
                .get("taskmanagers")
                .forEach(manager -> ids.add(manager.get("id").asText()));
        return ids;
    }

    /** Uploads a jar and gives its id. */
    String upload(Path jar) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName() + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
        body.write(head.getBytes(StandardCharsets.UTF_8));
        Files.copy(jar, body);
        body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        String name = send(request("/jars/upload")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())))
                .get("filename")
                .asText();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Runs an uploaded jar with these settings, from a savepoint unless it is empty. */
    FlinkJob run(String jarId, Path settings, int parallelism, String savepoint, boolean allowNonRestoredState)
            throws IOException, InterruptedException {
        ObjectNode body = MAPPER.createObjectNode();
        body.putArray("programArgsList").add("--conf").add(settings.toString());
        body.put("parallelism", parallelism);
        if (!savepoint.isEmpty()) {
            body.put("savepointPath", savepoint).put("allowNonRestoredState", allowNonRestoredState);
        }
        return job(post("/jars/" + jarId + "/run", body).get("jobid").asText());
    }

    FlinkJob job(String id) {
        return new FlinkJob(this, id);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(LONGEST_ANSWER);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new RefusedException(response.uri() + " answers " + response.statusCode() + ": " + response.body());
        }
        return MAPPER.readTree(response.body());
    }

    void cancel(String job) throws IOException, InterruptedException {
        send(request("/jobs/" + job + "?mode=cancel").method("PATCH", HttpRequest.BodyPublishers.noBody()));
    }

    /** Ends every job that still runs. */
    void cancelAll() throws Exception {
        for (JsonNode job : get("/jobs").get("jobs")) {
            if (!job.get("status").asText().matches("CANCELED|FAILED|FINISHED")) {
                job(job.get("id").asText()).cancel();
            }
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
