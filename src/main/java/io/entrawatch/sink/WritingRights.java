package io.entrawatch.sink;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each host before the first alert whether it is the right one and lets the job write. */
final class WritingRights {

    private static final Logger LOG = LoggerFactory.getLogger(WritingRights.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PRIVILEGE = "create_doc";
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private WritingRights() {}

    /**
     * Goes on where a host does not answer, has no security, or is not Elasticsearch: its answer to documents tells more.
     *
     * @param patience how long all hosts together may refuse the credentials
     * @throws SinkSetupException where somebody has to put something right
     */
    static void check(ElasticsearchClient client, String prefix, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        String question = question(prefix);
        for (String host : client.hosts()) {
            try {
                HttpResponse<String> answer = ask(client, host, question, end);
                JsonNode rights = BulkAnswer.parse(answer.body()).path("index");
                // One without security, or behind a proxy that lets through nothing else, answers a bulk request alone.
                if (rights.isObject() || client.answersBulk(host).get()) {
                    client.becomesKnown();
                }
                refuse(host, missing(rights));
            } catch (IOException | ExecutionException e) {
                LOG.warn("Elasticsearch is not responding; privileges were not checked: {}", e.getMessage());
            }
        }
    }

    /** Again while the credentials are refused and there is time. */
    private static HttpResponse<String> ask(ElasticsearchClient client, String host, String question, long end)
            throws IOException, InterruptedException {
        Duration wait = SHORTEST_WAIT;
        while (true) {
            HttpResponse<String> answer = client.post(host, "/_security/user/_has_privileges", question);
            if (answer.statusCode() != 401) {
                return answer;
            }
            String wrong = BulkAnswer.unknownCredentials(answer.body());
            if (end - System.nanoTime() < wait.toNanos()) {
                throw new SinkSetupException("Elasticsearch at " + host + " answers " + wrong);
            }
            LOG.warn(
                    "Elasticsearch at {} refuses the credentials, as one that starts may do; retrying: {}",
                    host,
                    wrong);
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    private static void refuse(String host, List<String> indices) {
        if (!indices.isEmpty()) {
            throw new SinkSetupException("Elasticsearch at " + host + ": these credentials may not write to "
                    + String.join(", ", indices) + " (expected: a role with create_doc, create_index and"
                    + " auto_configure on the indices)");
        }
    }

    private static String question(String prefix) {
        ObjectNode question = MAPPER.createObjectNode();
        ObjectNode index = question.putArray("index").addObject();
        ArrayNode names = index.putArray("names");
        for (Document.Target target : Document.Target.values()) {
            names.add(ToBulkEntry.index(prefix, target, Instant.now().toEpochMilli()));
        }
        index.putArray("privileges").add(PRIVILEGE);
        return question.toString();
    }

    private static List<String> missing(JsonNode indices) {
        List<String> missing = new ArrayList<>();
        indices.fields().forEachRemaining(index -> {
            if (!index.getValue().path(PRIVILEGE).asBoolean(true)) {
                missing.add(index.getKey());
            }
        });
        return missing;
    }
}
