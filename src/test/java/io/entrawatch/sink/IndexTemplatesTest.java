package io.entrawatch.sink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.HealthReport;
import io.entrawatch.event.LateEvent;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.testkit.LogLines;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.Scenarios;
import io.entrawatch.testkit.Scenarios.Scenario;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written is what the templates say: no type is left to the first value that comes. */
class IndexTemplatesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Types whose values are objects. */
    private static final Set<String> OF_OBJECTS = Set.of("flattened", "geo_point", "object");

    @Test
    void everyFieldOfAnAlertIsInTheTemplate() throws IOException {
        List<Scenario> scenarios = Scenarios.all();
        List<String> lines = new ArrayList<>();
        scenarios.forEach(scenario -> lines.addAll(scenario.lines()));
        List<JsonNode> alerts = Replay.withShippedDetections()
                .of(Scenarios.organization(scenarios))
                .scan(lines)
                .documents();
        assertThat(alerts).hasSizeGreaterThan(100);
        assertThat(unmapped("alerts", alerts)).isEmpty();
    }

    @Test
    void everyFieldOfARecordAndOfHealthIsInItsTemplate() throws IOException {
        EventSummary event = new EventSummary(
                "e",
                1,
                "t",
                "SignInLogs",
                "Sign-in",
                null,
                null,
                "anna",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        HealthReport report = new HealthReport(
                "entra",
                0,
                "run",
                1,
                new HealthReport.Numbers(3, 1, 1, 1, Map.of("not-json", 1L)),
                1L,
                1L,
                1,
                List.of("off"));
        assertThat(unmapped("records", List.of(json(Documents.of(new DeadLetter("not-json", "d", "s", "0", "{"))))))
                .isEmpty();
        assertThat(unmapped("records", List.of(json(Documents.of(new LateEvent("entra", event, 1))))))
                .isEmpty();
        assertThat(unmapped("health", List.of(json(Documents.of(report))))).isEmpty();
    }

    @Test
    void theTimeOfWritingIsATimeEverywhere() throws IOException {
        for (String kind : List.of("alerts", "records", "health")) {
            assertThat(mappings(kind)
                            .at("/properties/event/properties/ingested/type")
                            .asText())
                    .as(kind)
                    .isEqualTo("date");
        }
    }

    @Test
    void whatAServerSaysToATemplateIsLoggedAsOneLineOfSomeLength() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            byte[] answer = ("no\nERROR forged" + "!".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(head ? 404 : 403, head ? -1 : answer.length);
            if (!head) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
        try (LogLines log = LogLines.of(IndexTemplates.class)) {
            OutputSettings.Elasticsearch settings = new OutputSettings.Elasticsearch(
                    List.of("http://localhost:" + server.getAddress().getPort()),
                    "x",
                    null,
                    null,
                    null,
                    null,
                    true,
                    Duration.ofSeconds(20),
                    10,
                    1);
            IndexTemplates.install(new ElasticsearchClient(settings), "x");
            assertThat(log.all()).hasSize(3).allSatisfy(line -> assertThat(line)
                    .contains("(403)", "manage_index_templates: no?ERROR forged!!!")
                    .hasSizeLessThan(1_000)
                    .doesNotContain("\n"));
        } finally {
            server.stop(0);
        }
    }

    private static Set<String> unmapped(String kind, List<JsonNode> documents) throws IOException {
        Set<String> unmapped = new TreeSet<>();
        JsonNode mappings = mappings(kind);
        documents.forEach(document -> collect("", document, mappings, unmapped));
        return unmapped;
    }

    private static void collect(String path, JsonNode value, JsonNode mapping, Set<String> unmapped) {
        if (value.isObject() && mapping.has("properties")) {
            value.fields()
                    .forEachRemaining(field -> collect(
                            path + "/" + field.getKey(),
                            field.getValue(),
                            mapping.path("properties").path(field.getKey()),
                            unmapped));
        } else if (mapping.isMissingNode()
                || value.isObject() && !OF_OBJECTS.contains(mapping.path("type").asText())) {
            unmapped.add(path);
        }
    }

    private static JsonNode mappings(String kind) throws IOException {
        return MAPPER.readTree(IndexTemplates.template(kind, "entrawatch")).at("/template/mappings");
    }

    private static JsonNode json(Document document) throws IOException {
        return MAPPER.readTree(document.json());
    }
}
