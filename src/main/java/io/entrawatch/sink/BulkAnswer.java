package io.entrawatch.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What Elasticsearch said to a bulk request, item by item.
 *
 * @param retry to be sent again later
 * @param busy why some are to be sent again, for the log; empty where none is
 * @param rejected refused for what they are, with the reason
 * @param fatal refused for what the job is set up to do; empty where nothing is
 */
record BulkAnswer(List<BulkEntry> retry, String busy, List<Rejected> rejected, String fatal) {

    record Rejected(BulkEntry entry, String reason) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    /** The cluster has as many shards as it may have. From the beginning, because a document could hold these words too. */
    private static final Pattern NO_MORE_SHARDS =
            Pattern.compile("^(Validation Failed: \\d+: )?this action would add \\[\\d+] ");

    private static BulkAnswer allAgain(int status, String body, List<BulkEntry> entries) {
        return new BulkAnswer(entries, status + " " + excerpt(body), List.of(), "");
    }

    static BulkAnswer rejected(Rejected entry) {
        return new BulkAnswer(List.of(), "", List.of(entry), "");
    }

    static BulkAnswer fatal(String message) {
        return new BulkAnswer(List.of(), "", List.of(), message);
    }

    /**
     * Reads the answer to a request; the status of the request comes first, because an error has no items.
     *
     * @param worked whether Elasticsearch took documents before: then it is a proxy that has lost it for a while, or an
     *     Elasticsearch that starts and has not found its users yet
     */
    static BulkAnswer read(int status, String body, List<BulkEntry> entries, boolean worked) {
        boolean mayPass = status == 401 || status == 404 || (status >= 300 && status < 400);
        if (status == 408 || status == 429 || status >= 500 || (mayPass && worked)) {
            return allAgain(status, body, entries);
        }
        if (status == 401) {
            return fatal(unknownCredentials(body));
        }
        if (status == 403) {
            return body.contains("cluster_block_exception")
                    ? allAgain(status, body, entries)
                    : fatal("403: these credentials may not write; the role needs create_doc, create_index and"
                            + " auto_configure on the indices: " + excerpt(body));
        }
        if (status != 200) {
            return fatal(wrongAddress(status, body));
        }
        try {
            JsonNode items = MAPPER.readTree(body).path("items");
            if (!items.isArray() || items.size() != entries.size()) {
                return fatal("200 without the items of a bulk answer; check hosts: " + excerpt(body));
            }
            return ofItems(items, entries, worked);
        } catch (IOException e) {
            return fatal("200 with an answer that is no JSON; check hosts: " + excerpt(body));
        }
    }

    static String unknownCredentials(String body) {
        return "401: it does not know these credentials; check username and password, or api-key: " + excerpt(body);
    }

    static String wrongAddress(int status, String body) {
        return status + ": the address does not answer like Elasticsearch's _bulk; check hosts: " + excerpt(body);
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
                rejected.add(new Rejected(entries.get(i), status + " " + excerpt(reason)));
            }
        }
        return new BulkAnswer(retry, busy, rejected, fatal);
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
