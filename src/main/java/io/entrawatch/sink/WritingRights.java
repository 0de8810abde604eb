package io.entrawatch.sink;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
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
     * Goes on where a host does not answer or has no security.
     *
     * @param credentials how long all hosts together may refuse the credentials
     * @param address how long something else may answer in place of Elasticsearch
     * @throws SinkSetupException where somebody has to put something right
     */
    static void check(ElasticsearchClient client, String prefix, Duration credentials, Duration address)
            throws InterruptedException {
        long now = System.nanoTime();
        String question = question(prefix);
        for (String host : client.hosts()) {
            try {
                JsonNode rights = ask(client, host, question, now + credentials.toNanos(), now + address.toNanos());
                refuse(host, missing(rights));
            } catch (IOException e) {
                LOG.warn("Elasticsearch is not responding; privileges were not checked: {}", e.getMessage());
            }
        }
    }

    /** Again while the answer may change by itself and there is time; empty where nothing is said of rights. */
    private static JsonNode ask(
            ElasticsearchClient client, String host, String question, long endOfCredentials, long endOfAddress)
            throws IOException, InterruptedException {
        Duration wait = SHORTEST_WAIT;
        while (true) {
            HttpResponse<String> answer = client.post(host, "/_security/user/_has_privileges", question);
            JsonNode rights = BulkAnswer.parse(answer.body()).path("index");
            String wrong = whatIsWrong(client, host, answer, rights);
            if (wrong == null) {
                return rights;
            }
            long end = answer.statusCode() == 401 ? endOfCredentials : endOfAddress;
            if (end - System.nanoTime() < wait.toNanos()) {
                throw new SinkSetupException("Elasticsearch at " + host + " answers " + wrong);
            }
            LOG.warn("Elasticsearch at {} is not ready, or its address is wrong; retrying: {}", host, wrong);
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    /** What somebody has to put right unless it gets right by itself, or null. */
    private static @Nullable String whatIsWrong(
            ElasticsearchClient client, String host, HttpResponse<String> answer, JsonNode rights) {
        int status = answer.statusCode();
        if (status == 401) {
            return BulkAnswer.unknownCredentials(answer.body());
        }
        if (status == 408 || status == 429 || status >= 500) {
            return null;
        }
        // One without security, or behind a proxy that lets through nothing else, answers this alone.
        if (rights.isObject() || client.answersBulk(host).join()) {
            client.becomesKnown();
            return null;
        }
        // Elasticsearch itself says 400 or 405 where the path is wrong; so it does to the first documents.
        boolean ofAProxy = status < 400 || status == 403 || status == 404;
        return ofAProxy ? BulkAnswer.wrongAddress(status, answer.body()) : null;
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
