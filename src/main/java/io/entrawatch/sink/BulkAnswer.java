package io.entrawatch.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.entrawatch.event.DeadLetter;

/**
 * What Elasticsearch said to a bulk request, item by item.
 *
 * @param retry to be sent again later
 * @param busy why some are to be sent again, for the log; empty where none is
 * @param rejected refused for what they are, with the reason
 * @param fatal refused for what the job is set up to do; empty where nothing is
 * @param foreign whether it was not Elasticsearch that answered, but what stands before it
 */
record BulkAnswer(List<BulkEntry> retry, String busy, List<Rejected> rejected, String fatal, boolean foreign) {

    /** @param blocked on its way to Elasticsearch, which has not seen it */
    record Rejected(BulkEntry entry, String reason, boolean blocked) {

        /** @param longest of the document, in bytes */
        DeadLetter letter(int longest) {
            byte[] json = entry.json();
            if (!blocked) {
                String beginning = DeadLetter.beginningOf(json, 0, json.length, longest);
                return new DeadLetter("refused-by-elasticsearch", reason, entry.index(), entry.id(), beginning);
            }
            // As plain text it would be blocked again.
            String hidden = Base64.getEncoder().encodeToString(Arrays.copyOf(json, Math.min(json.length, longest)));
            return new DeadLetter("blocked-before-elasticsearch", reason, entry.index(), entry.id(), hidden);
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    /** The cluster has as many shards as it may have. From the beginning, because a document could hold these words too. */
    private static final Pattern NO_MORE_SHARDS =
            Pattern.compile("^(Validation Failed: \\d+: )?this action would add \\[\\d+] ");

    private static BulkAnswer allAgain(int status, String body, List<BulkEntry> entries) {
        return new BulkAnswer(entries, status + " " + excerpt(body), List.of(), "", false);
    }

    static BulkAnswer rejected(Rejected entry) {
        return new BulkAnswer(List.of(), "", List.of(entry), "", false);
    }

    static BulkAnswer fatal(String message) {
        return new BulkAnswer(List.of(), "", List.of(), message, false);
    }

    /**
     * Reads the answer to a request; the status of the request comes first, because an error has no items.
     *
     * @param mayPass whether waiting may help where the credentials are refused, or nothing is there: it is an Elasticsearch that
     *     starts and has not found its users yet, or has lost its indices
     * @param worked whether Elasticsearch took documents before
     */
    static BulkAnswer read(int status, String body, List<BulkEntry> entries, boolean mayPass, boolean worked) {
        if (status == 408 || status == 429 || status >= 500 || (status == 401 && mayPass)) {
            return allAgain(status, body, entries);
        }
        if (status == 401) {
            return fatal(unknownCredentials(body));
        }
        JsonNode said = parse(body);
        JsonNode items = said.path("items");
        if (status == 200 && items.isArray() && items.size() == entries.size()) {
            return ofItems(items, entries, worked);
        }
        String type = errorType(said);
        if (type.equals("cluster_block_exception") || (mayPass && status == 404 && !type.isEmpty())) {
            return allAgain(status, body, entries);
        }
        if (type.equals("security_exception")) {
            return fatal(status + ": these credentials may not write; the role needs create_doc, create_index and"
                    + " auto_configure on the indices: " + excerpt(body));
        }
        return type.isEmpty() && !isOfNoPath(status, said)
                ? new BulkAnswer(entries, status + " " + excerpt(body), List.of(), "", true)
                : fatal(wrongAddress(status, body));
    }

    BulkAnswer and(BulkAnswer other) {
        List<BulkEntry> allRetry = new ArrayList<>(retry);
        allRetry.addAll(other.retry);
        List<Rejected> allRejected = new ArrayList<>(rejected);
        allRejected.addAll(other.rejected);
        return new BulkAnswer(
                allRetry,
                busy.isEmpty() ? other.busy : busy,
                allRejected,
                fatal.isEmpty() ? other.fatal : fatal,
                foreign || other.foreign);
    }

    static String unknownCredentials(String body) {
        return "401: it does not know these credentials; check username and password, or api-key: " + excerpt(body);
    }

    static String wrongAddress(int status, String body) {
        return status
                + ": the address does not answer like Elasticsearch's _bulk; check hosts, and what stands before them"
                + (status == 403 ? ", and whether these credentials may write: " : ": ")
                + excerpt(body);
    }

    /** What Elasticsearch says to a request for what can only be sent, if it is asked under its own path. */
    static boolean isRefusedMethod(int status, String body) {
        return status == 405 && parse(body).path("error").asText().startsWith("Incorrect HTTP method for uri [/_bulk]");
    }

    /** As Elasticsearch says it where nothing is under a path. */
    private static boolean isOfNoPath(int status, JsonNode said) {
        return said.path("error").isTextual() && said.path("status").asInt() == status;
    }

    /** Nothing where it is no JSON. */
    static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The name that Elasticsearch gives an error; empty where these are not its words. */
    static String errorType(JsonNode said) {
        return said.at("/error/type").asText();
    }

    private static BulkAnswer ofItems(JsonNode items, List<BulkEntry> entries, boolean worked) {
        List<BulkEntry> retry = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        String busy = "";
        String fatal = "";
        for (int i = 0; i < entries.size(); i++) {
            JsonNode item = items.get(i).path("create");
            int status = item.path("status").asInt();
            String type = item.at("/error/type").asText();
            String said = item.at("/error/reason").asText();
            String reason = type + ": " + said;
            if (status == 200 || status == 201 || status == 409) {
                continue;
            }
            if (passes(status, type, said, worked)) {
                retry.add(entries.get(i));
                busy = status + " " + excerpt(reason);
            } else if (status == 401 || status == 403 || status == 404) {
                fatal = status + " for index " + entries.get(i).index() + ": " + excerpt(reason) + " (expected: "
                        + (status == 404
                                ? "an index that exists or may be created"
                                : "a role with create_doc, create_index and auto_configure on it")
                        + ")";
            } else {
                rejected.add(new Rejected(entries.get(i), status + " " + excerpt(reason), false));
            }
        }
        return new BulkAnswer(retry, busy, rejected, fatal, false);
    }

    private static boolean passes(int status, String type, String said, boolean worked) {
        if (status == 429 || status >= 500) {
            return true;
        }
        return switch (type) {
            case "cluster_block_exception" -> true;
            case "validation_exception", "illegal_argument_exception" ->
                NO_MORE_SHARDS.matcher(said).find();
            // The index was taken away, and is made again as that of a new month is.
            case "index_not_found_exception" -> worked;
            default -> false;
        };
    }

    /** Elasticsearch repeats values of the document, which must not write lines of their own into a log. */
    static String excerpt(String text) {
        String visible = CONTROLS.matcher(text).replaceAll("?");
        return visible.length() <= 500 ? visible : visible.substring(0, 500) + "…";
    }
}
