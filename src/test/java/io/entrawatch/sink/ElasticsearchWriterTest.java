package io.entrawatch.sink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.entrawatch.Environments;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.testkit.LogLines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of documents that Elasticsearch does not take, in answers to which a real one is hard to bring. */
@Timeout(120)
class ElasticsearchWriterTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String LETTERS = "x-dead-letters";

    private final List<List<Sent>> requests = new CopyOnWriteArrayList<>();
    private final List<Sent> taken = new CopyOnWriteArrayList<>();
    private final InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();

    /** The status of each request; less than zero where a page of a proxy comes with it. */
    private ToIntFunction<List<Sent>> whole = sent -> 200;

    private ToIntFunction<Sent> each = sent -> 201;

    /** How many requests of any kind a proxy still answers in place of Elasticsearch. */
    private final AtomicInteger away = new AtomicInteger();

    /** Whether everything but a request with documents is unknown there. */
    private boolean takesDocumentsOnly;

    /** Whether a proxy hands requests in turn to a host that is away and to one that is there. */
    private boolean alternates;

    private final AtomicInteger turns = new AtomicInteger();

    /** Whether it is too early for everything but a request with documents. */
    private boolean isStarting;

    private Patience patience = Patience.USUAL;
    private HttpServer server;

    private record Sent(String index, String id, JsonNode document) {

        boolean isLetter() {
            return index.equals(LETTERS);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::orProxy);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aRequestThatIsTooLargeIsSplitUntilOneDocumentIsLeft() throws Exception {
        whole = sent -> sent.size() > 2 || (sent.size() == 1 && isAlert(sent.get(0), "c")) ? 413 : 200;
        write(alert("a"), alert("b"), alert("c"), alert("d"), alert("e"));
        assertThat(taken)
                .extracting(sent -> sent.index() + " " + sent.id())
                .containsExactlyInAnyOrder(
                        "x-alerts-2026.03 a",
                        "x-alerts-2026.03 b",
                        "x-alerts-2026.03 d",
                        "x-alerts-2026.03 e",
                        LETTERS + " c");
        JsonNode letter = letter("c");
        assertThat(letter.get("detail").asText()).isEqualTo("413 the document is too large");
        assertThat(letter.get("source").asText()).isEqualTo("x-alerts-2026.03");
        assertThat(letter.get("position").asText()).isEqualTo("c");
    }

    @Test
    void whatWaitsAndWhatBecameADeadLetterAreSentTogether() throws Exception {
        List<String> waited = new ArrayList<>();
        each = sent -> {
            if (isAlert(sent, "refused")) {
                return 400;
            }
            if (isAlert(sent, "waits") && waited.isEmpty()) {
                waited.add(sent.id());
                return 429;
            }
            return 201;
        };
        write(alert("taken"), alert("waits"), alert("refused"));
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1))
                .extracting(sent -> sent.index() + " " + sent.id())
                .containsExactlyInAnyOrder("x-alerts-2026.03 waits", LETTERS + " refused");
        assertThat(taken).extracting(Sent::id).containsExactlyInAnyOrder("taken", "waits", "refused");
        assertThat(count("retried")).isEqualTo(2);
    }

    @Test
    void aDeadLetterThatIsRefusedAsWellIsLostAndSaidToBe() throws Exception {
        each = sent -> 400;
        try (LogLines log = LogLines.of(ElasticsearchWriter.class)) {
            write(document("a", "{\"message\":\"of-anna\"}"));
            assertThat(log.all())
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("ERROR") && line.contains(" a for index x-alerts-2026.03"))
                    .anyMatch(line -> line.startsWith("ERROR") && line.contains(" a for index " + LETTERS))
                    .noneMatch(line -> line.contains("of-anna"));
        }
        assertThat(requests).hasSize(2);
        assertThat(count("refused")).isEqualTo(1);
        assertThat(count("lost")).isEqualTo(1);
    }

    @Test
    void aLargeDocumentThatIsRefusedBecomesASmallDeadLetter() throws Exception {
        each = sent -> sent.isLetter() ? 201 : 400;
        // Each quote takes two bytes in the document, and would take four in a text that holds the document.
        write(document("large", "{\"message\":\"" + "\\\"".repeat(1_900_000) + "\"}"));
        assertThat(letter("large").get("record").asText())
                .startsWith("{\"message\":\"\\\"")
                .hasSize(ElasticsearchWriter.LONGEST_REFUSED);
    }

    @Test
    void aDocumentThatIsTooLargeBecomesADeadLetterAndHoldsNoOtherBack() throws Exception {
        int most = (int) ElasticsearchSink.LARGEST_DOCUMENT;
        write(document("fits", ofSize(most)), document("too-large", ofSize(most + 1)), alert("b"));
        assertThat(taken)
                .filteredOn(sent -> !sent.isLetter())
                .extracting(Sent::id)
                .containsExactly("fits", "b");
        assertThat(taken).filteredOn(Sent::isLetter).singleElement().satisfies(sent -> {
            assertThat(sent.document().get("reason").asText()).isEqualTo("too-large");
            assertThat(sent.document().get("source").asText()).isEqualTo("alerts");
            assertThat(sent.document().get("position").asText()).isEqualTo("too-large");
            assertThat(sent.document().get("record").asText()).hasSize(ElasticsearchWriter.LONGEST_REFUSED);
        });
        assertThat(count("refused")).isEqualTo(1);
    }

    @Test
    void whatWaitsInACheckpointIsKeptWhole() throws Exception {
        SimpleVersionedSerializer<BufferedRequestState<BulkEntry>> serializer =
                new ElasticsearchSink(settings()).getWriterStateSerializer();
        List<BulkEntry> entries = List.of(
                new BulkEntry("x-alerts-2026.03", "a", new byte[] {'{', '}'}, false),
                new BulkEntry(LETTERS, "b", new byte[] {'{', ' ', '}'}, true));
        byte[] bytes = serializer.serialize(new BufferedRequestState<>(entries.stream()
                .map(entry -> new RequestEntryWrapper<>(entry, entry.size()))
                .toList()));
        List<BulkEntry> restored =
                serializer.deserialize(serializer.getVersion(), bytes).getBufferedRequestEntries().stream()
                        .map(RequestEntryWrapper::getRequestEntry)
                        .toList();
        assertThat(restored).usingRecursiveComparison().isEqualTo(entries);
    }

    @Test
    void aProxyThatLosesElasticsearchIsWaitedForByWhoHasNotWrittenYet() throws Exception {
        for (int status : new int[] {302, 404}) {
            requests.clear();
            whole = sent -> requests.size() == 1 ? status : 200;
            write(alert("a-" + status));
            assertThat(requests).hasSize(2);
        }
        assertThat(taken).extracting(Sent::id).containsExactly("a-302", "a-404");
    }

    @Test
    void aProxyThatHasNotFoundElasticsearchAtTheStartIsAskedAgain() throws Exception {
        // What one may do, whether it takes bulk requests, and a request with documents and one of whether it is there.
        away.set(4);
        write(alert("a"));
        assertThat(taken).extracting(Sent::id).containsExactly("a");
    }

    @Test
    void whoWasDownAtTheStartMayRefuseTheCredentialsUntilItHasFoundItsUsers() throws Exception {
        isStarting = true;
        patience = new Patience(Duration.ofHours(1), Duration.ZERO);
        whole = sent -> requests.size() <= 2 ? 401 : 200;
        write(alert("a"));
        assertThat(requests).hasSize(3);
        assertThat(taken).extracting(Sent::id).containsExactly("a");
    }

    @Test
    void credentialsThatStayRefusedByWhoWasDownAtTheStartAreTold() {
        isStarting = true;
        patience = new Patience(Duration.ofSeconds(1), Duration.ofHours(1));
        whole = sent -> 401;
        assertThatThrownBy(() -> write(alert("a"))).hasStackTraceContaining("check username and password");
        assertThat(requests).as("asked again").hasSizeGreaterThan(1);
    }

    @Test
    void whoTakesBulkRequestsAndNothingElseIsWrittenTo() throws Exception {
        takesDocumentsOnly = true;
        patience = new Patience(Duration.ZERO, Duration.ZERO);
        write(alert("a"));
        assertThat(taken).extracting(Sent::id).containsExactly("a");
    }

    @Test
    void anAddressThatStaysWrongIsTold() {
        away.set(Integer.MAX_VALUE);
        patience = new Patience(Duration.ofSeconds(1), Duration.ofHours(1));
        assertThatThrownBy(() -> write(alert("a")))
                .hasStackTraceContaining("answers 404")
                .hasStackTraceContaining("check hosts")
                .hasStackTraceContaining("No such site");
        assertThat(away.get()).as("asked again").isLessThan(Integer.MAX_VALUE - 4);
        assertThat(requests).isEmpty();
    }

    @Test
    void aPageOfAProxyIsNoReasonToStop() throws Exception {
        for (int status : new int[] {200, 403}) {
            requests.clear();
            whole = sent -> {
                if (requests.size() == 1) {
                    // Nor does Elasticsearch answer anything else then.
                    away.set(1);
                    return -status;
                }
                return 200;
            };
            write(alert("a-" + status), alert("b-" + status));
            assertThat(requests).extracting(List::size).containsExactly(2, 2);
        }
        assertThat(taken).extracting(Sent::id).containsExactly("a-200", "b-200", "a-403", "b-403");
    }

    @Test
    void aPageOfAProxyThatStaysFailsTheJob() {
        patience = new Patience(Duration.ofHours(1), Duration.ZERO);
        whole = sent -> {
            away.set(1);
            return -403;
        };
        assertThatThrownBy(() -> write(alert("a")))
                .hasStackTraceContaining("answers 403: ")
                .hasStackTraceContaining("check hosts, and what stands before them")
                .hasStackTraceContaining("Not here");
    }

    @Test
    void aFirewallThatBlocksEverythingFailsTheJob() {
        patience = new Patience(Duration.ZERO, Duration.ZERO);
        whole = sent -> -403;
        assertThatThrownBy(() -> write(alert("a"), alert("b")))
                .hasStackTraceContaining("answers 403: ")
                .hasStackTraceContaining("whether these credentials may write");
        assertThat(taken).isEmpty();
    }

    @Test
    void aDeadLetterThatIsBlockedAsWellIsLostWhereOthersGetThrough() throws Exception {
        patience = new Patience(Duration.ZERO, Duration.ofSeconds(1));
        List<Sent> letters = new CopyOnWriteArrayList<>();
        whole = sent -> {
            sent.stream().filter(Sent::isLetter).forEach(letters::add);
            return sent.stream().anyMatch(one -> one.id().equals("b")) ? -403 : 200;
        };
        each = sent -> letters.isEmpty() ? 429 : 201;
        write(alert("a"), alert("b"));
        assertThat(taken).extracting(Sent::id).containsExactly("a");
        assertThat(count("lost")).isEqualTo(1);
    }

    @Test
    void oneOfTwoHostsThatIsAwayBlocksNoDocument() throws Exception {
        alternates = true;
        write(alert("a"));
        assertThat(taken).singleElement().matches(sent -> isAlert(sent, "a"));
    }

    @Test
    void aDocumentThatAFirewallBlocksHoldsNoOtherBack() throws Exception {
        patience = new Patience(Duration.ZERO, Duration.ofHours(1));
        whole = sent -> sent.toString().contains("<script>") ? -403 : 200;
        write(alert("a"), document("b", "{\"message\":\"<script>\"}"), alert("c"));
        assertThat(taken)
                .filteredOn(sent -> !sent.isLetter())
                .extracting(Sent::id)
                .containsExactlyInAnyOrder("a", "c");
        assertThat(taken).filteredOn(Sent::isLetter).singleElement().satisfies(sent -> {
            JsonNode letter = sent.document();
            assertThat(sent.id()).isEqualTo("b");
            assertThat(letter.get("reason").asText()).isEqualTo("blocked-before-elasticsearch");
            assertThat(letter.get("detail").asText()).startsWith("403 ");
            assertThat(letter.get("position").asText()).isEqualTo("b");
            assertThat(new String(
                            Base64.getDecoder().decode(letter.get("record").asText()), StandardCharsets.UTF_8))
                    .isEqualTo("{\"message\":\"<script>\"}");
        });
        assertThat(count("refused")).isEqualTo(1);
        assertThat(count("lost")).isZero();
    }

    @Test
    void aDocumentThatAFirewallBlocksOnlyAtFirstIsWrittenAsItIs() throws Exception {
        List<String> blocked = new ArrayList<>();
        whole = sent -> {
            if (sent.toString().contains("<script>") && blocked.size() < 2) {
                blocked.add("");
                return -200;
            }
            return 200;
        };
        write(alert("a"), document("b", "{\"message\":\"<script>\"}"));
        assertThat(taken)
                .extracting(sent -> sent.index() + " " + sent.id())
                .containsExactlyInAnyOrder("x-alerts-2026.03 a", "x-alerts-2026.03 b");
    }

    private static boolean isAlert(Sent sent, String id) {
        return !sent.isLetter() && sent.id().equals(id);
    }

    private static String ofSize(int bytes) {
        String frame = "{\"message\":\"\"}";
        return frame.replace("\"\"", "\"" + "m".repeat(bytes - frame.length()) + "\"");
    }

    /** The dead letter of a document that was refused. */
    private JsonNode letter(String id) {
        List<Sent> letters = taken.stream()
                .filter(sent -> sent.isLetter() && sent.id().equals(id))
                .toList();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).document().get("reason").asText()).isEqualTo("refused-by-elasticsearch");
        return letters.get(0).document();
    }

    private long count(String name) {
        return reporter.getMetricsByGroup().values().stream()
                .map(metrics -> metrics.get("elasticsearch." + name))
                .filter(Counter.class::isInstance)
                .mapToLong(counter -> ((Counter) counter).getCount())
                .sum();
    }

    private void write(Document... documents) throws Exception {
        Map<String, String> options =
                new HashMap<>(reporter.addToConfiguration(new Configuration()).toMap());
        options.put("restart-strategy.type", "none");
        StreamExecutionEnvironment env = Environments.local(options, false);
        env.setParallelism(1);
        env.fromData(List.of(documents), TypeInformation.of(Document.class))
                .uid("documents")
                .sinkTo(new ElasticsearchSink(settings(), patience))
                .uid("sink");
        env.execute();
    }

    private OutputSettings.Elasticsearch settings() {
        String address = "http://localhost:" + server.getAddress().getPort();
        return new OutputSettings.Elasticsearch(
                List.of(address), "x", null, null, null, null, false, Duration.ofSeconds(20), 100, 1);
    }

    private static Document alert(String id) {
        return document(id, "{\"message\":\"m\"}");
    }

    private static Document document(String id, String json) {
        return new Document(Document.Target.ALERTS, id, 1_772_452_800_000L, json.getBytes(StandardCharsets.UTF_8));
    }

    /** As an Elasticsearch without security, behind a proxy. */
    private void orProxy(HttpExchange exchange) throws IOException {
        boolean toTheOther = alternates && turns.getAndIncrement() % 2 == 0;
        boolean documents = exchange.getRequestURI().getPath().equals("/_bulk")
                && !exchange.getRequestMethod().equals("GET");
        if (isStarting && !documents) {
            answer(exchange, 503, "{}");
        } else if (toTheOther || away.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            answer(exchange, 404, "<html>No such site</html>");
        } else if (exchange.getRequestMethod().equals("GET")) {
            String said = "{\"error\":\"Incorrect HTTP method for uri [/_bulk]\",\"status\":405}";
            answer(exchange, takesDocumentsOnly ? 404 : 405, takesDocumentsOnly ? "{}" : said);
        } else if (documents) {
            bulk(exchange);
        } else {
            answer(
                    exchange,
                    takesDocumentsOnly ? 404 : 400,
                    takesDocumentsOnly ? "{}" : "{\"error\":\"no handler found\",\"status\":400}");
        }
    }

    private void bulk(HttpExchange exchange) throws IOException {
        List<Sent> sent = new ArrayList<>();
        try (BufferedReader body =
                new BufferedReader(new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8))) {
            for (String action = body.readLine(); action != null; action = body.readLine()) {
                JsonNode create = MAPPER.readTree(action).get("create");
                sent.add(new Sent(
                        create.get("_index").asText(), create.get("_id").asText(), MAPPER.readTree(body.readLine())));
            }
        }
        requests.add(sent);
        int status = whole.applyAsInt(sent);
        if (status < 0) {
            answer(exchange, -status, "<html>Not here</html>");
        } else {
            answer(exchange, status, status == 200 ? items(sent) : "{}");
        }
    }

    private String items(List<Sent> sent) {
        int[] statuses = sent.stream().mapToInt(each).toArray();
        for (int i = 0; i < statuses.length; i++) {
            if (statuses[i] == 201) {
                taken.add(sent.get(i));
            }
        }
        return Arrays.stream(statuses)
                .mapToObj(status -> "{\"create\":{\"status\":" + status + "}}")
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    private static void answer(HttpExchange exchange, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
