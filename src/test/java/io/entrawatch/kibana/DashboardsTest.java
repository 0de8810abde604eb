package io.entrawatch.kibana;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.entrawatch.Environments;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.HealthReport;
import io.entrawatch.event.LateEvent;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.sink.Document;
import io.entrawatch.sink.Documents;
import io.entrawatch.sink.Writers;
import io.entrawatch.testkit.ElasticsearchServer;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.Scenarios;
import io.entrawatch.testkit.Scenarios.Scenario;

import static org.assertj.core.api.Assertions.assertThat;

/** What the dashboards ask, asked of a real Elasticsearch with an alert of every detection. */
class DashboardsTest {

    private static final String NOON = "2026-03-02T12:00:00Z";

    private static ElasticsearchServer server;
    private static ImportFile file;

    @BeforeAll
    static void fillElasticsearch() throws Exception {
        file = ImportFile.read();
        server = ElasticsearchServer.start(Map.of());
        write(Document.Target.ALERTS, alerts());
        write(
                Document.Target.DEAD_LETTERS,
                List.of(Documents.of(new DeadLetter("not-json", "unexpected end", "entra", "0:17", "{"))));
        write(Document.Target.LATE, List.of(Documents.of(new LateEvent("entra", event(), 360_000))));
        write(
                Document.Target.HEALTH,
                List.of(Documents.of(health(0)), Documents.of(health(1)), Documents.of(health(2))));
        server.send("POST", "/entrawatch-*/_refresh", "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyFieldIsThereAndCanBeAskedFor() throws Exception {
        for (Question question : Question.all(file)) {
            JsonNode fields = server.get("/" + question.indices() + "/_field_caps?fields=*")
                    .path("fields");
            for (String field : question.fields()) {
                assertThat(fields.has(field)).as("%s: %s", question, field).isTrue();
                fields.path(field)
                        .forEach(type -> assertThat(type.path("aggregatable").asBoolean()
                                        && type.path("searchable").asBoolean())
                                .as("%s: %s is %s", question, field, type)
                                .isTrue());
            }
            question.shown().forEach(field -> assertThat(fields.has(field))
                    .as("%s: %s", question, field)
                    .isTrue());
            question.queried().forEach(field -> assertThat(fields.path(field).findValue("searchable"))
                    .as("%s: %s", question, field)
                    .isNotNull());
        }
    }

    @Test
    void everyPanelSearchAndControlHasAnAnswer() throws Exception {
        List<Question> questions = Question.all(file);
        assertThat(questions).hasSizeGreaterThan(60);
        for (Question question : questions) {
            JsonNode answer = server.send(
                    "POST",
                    "/" + question.indices() + "/_search",
                    question.search().toString());
            assertThat(answer.at("/hits/total/value").asLong())
                    .as("%s: %s", question, answer)
                    .isPositive();
            assertThat(answer.findValues("buckets"))
                    .as("%s: %s", question, answer)
                    .noneMatch(JsonNode::isEmpty);
            assertThat(answer.findValues("value"))
                    .as("%s: %s", question, answer)
                    .noneMatch(JsonNode::isNull);
        }
    }

    @Test
    void accountsAreNamesAndEachHasAlertsBehindIt() throws Exception {
        Question ranking = Question.all(file).stream()
                .filter(question -> question.what().startsWith("entrawatch-overview")
                        && question.what().contains("Accounts"))
                .findFirst()
                .orElseThrow();
        JsonNode accounts = server.send(
                        "POST",
                        "/" + ranking.indices() + "/_search",
                        ranking.search().toString())
                .at("/aggregations/group-1/buckets");
        assertThat(accounts).hasSizeGreaterThan(5).allSatisfy(account -> {
            assertThat(account.path("key").asText()).contains("@");
            Json clicked = Json.of("query", Json.of("term", Json.of("related.user", account.path("key"))));
            assertThat(server.send("POST", "/entrawatch-alerts-*/_count", clicked.toString())
                            .path("count")
                            .asLong())
                    .isEqualTo(account.path("doc_count").asLong());
        });
    }

    @Test
    void aSourceThatIsChosenHoldsForLateEvents() throws Exception {
        for (Map.Entry<String, Integer> source :
                Map.of("entra", 1, "another", 0).entrySet()) {
            Json chosen = Json.of("query", Json.of("term", Json.of("entrawatch.health.source", source.getKey())));
            assertThat(server.send("POST", "/entrawatch-late/_count", chosen.toString())
                            .path("count")
                            .asInt())
                    .isEqualTo(source.getValue());
        }
    }

    @Test
    void detectionsAreOnAndOffAsTheNewestDocumentSays() throws Exception {
        List<Question> numbers = Question.all(file).stream()
                .filter(question -> question.fields().contains("entrawatch.health.detections.on"))
                .toList();
        assertThat(numbers).singleElement().satisfies(question -> {
            JsonNode newest = server.send(
                            "POST",
                            "/" + question.indices() + "/_search",
                            question.search().toString())
                    .at("/aggregations/number-1/hits/hits/0");
            assertThat(newest.at("/_source/@timestamp").asText()).isEqualTo("2026-03-02T12:02:00Z");
            assertThat(newest.at("/fields/entrawatch.health.detections.on/0").asInt())
                    .isEqualTo(118);
        });
    }

    @Test
    void theRuleOfElasticSecurityFindsEveryAlertAndKnowsItsSeverity() throws Exception {
        JsonNode rule = new ObjectMapper()
                .readTree(Path.of("deploy/kibana/security-rule.ndjson").toFile());
        String indices = "/" + rule.at("/index/0").asText();
        // Kibana's language and Lucene's mean the same by this.
        String query = rule.path("query").asText().replace(" : ", ":").replace(" and ", " AND ");
        Json search = Json.of("query", Json.of("query_string", Json.of("query", query)))
                .and("size", 0)
                .and("track_total_hits", true)
                .and("aggs", Json.of("severities", Json.of("terms", Json.of("field", "event.severity"))));
        JsonNode answer = server.send("POST", indices + "/_search", search.toString());
        assertThat(answer.at("/hits/total/value").asLong()).isPositive().isEqualTo(server.count("entrawatch-alerts-*"));

        Map<String, String> known = new HashMap<>();
        rule.path("severity_mapping").forEach(severity -> {
            assertThat(severity.path("field").asText()).isEqualTo("event.severity");
            known.put(severity.path("value").asText(), severity.path("severity").asText());
        });
        assertThat(known).isEqualTo(Map.of("21", "low", "47", "medium", "73", "high", "99", "critical"));
        assertThat(answer.at("/aggregations/severities/buckets"))
                .hasSize(4)
                .allMatch(severity -> known.containsKey(severity.path("key").asText()));
    }

    @Test
    void whatTheRuleOfElasticSecurityTakesFromAnAlertIsThere() throws Exception {
        JsonNode rule = new ObjectMapper()
                .readTree(Path.of("deploy/kibana/security-rule.ndjson").toFile());
        JsonNode fields = server.get("/" + rule.at("/index/0").asText() + "/_field_caps?fields=*")
                .path("fields");
        assertThat(fields.path(rule.path("timestamp_override").asText()).has("date"))
                .isTrue();
        assertThat(fields.path(rule.path("rule_name_override").asText()).has("keyword"))
                .isTrue();
        assertThat(fields.path(rule.at("/risk_score_mapping/0/field").asText()).has("float"))
                .isTrue();
    }

    @Test
    void everyDetectionIsOfOneKindOfItsSection() throws Exception {
        Set<String> seen = new HashSet<>();
        seen.addAll(detectionsOfOneKind(Kinds.ABOUT_ACCOUNTS, Kinds.OF_ACCOUNTS));
        seen.addAll(detectionsOfOneKind(Kinds.ABOUT_SIGN_INS, Kinds.OF_SIGN_INS));
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(Replay.catalogue(Scenarios.example()).entries().stream()
                        .map(entry -> entry.detection().name())
                        .collect(Collectors.toSet()));
    }

    private static Set<String> detectionsOfOneKind(String section, Map<String, String> kinds) throws Exception {
        Json filters = Json.empty();
        kinds.forEach((label, query) -> filters.and(label, Json.of("query_string", Json.of("query", query))));
        Json search = Json.of("size", 0)
                .and("query", Json.of("query_string", Json.of("query", section)))
                .and(
                        "aggs",
                        Json.of(
                                "detections",
                                Json.of("terms", Json.of("field", "rule.id").and("size", 1000))
                                        .and(
                                                "aggs",
                                                Json.of("kinds", Json.of("filters", Json.of("filters", filters))))));
        Set<String> detections = new HashSet<>();
        for (JsonNode detection : server.send("POST", "/entrawatch-alerts-*/_search", search.toString())
                .at("/aggregations/detections/buckets")) {
            List<String> of = new ArrayList<>();
            detection.at("/kinds/buckets").fields().forEachRemaining(kind -> {
                if (kind.getValue().path("doc_count").asLong() > 0) {
                    of.add(kind.getKey());
                }
            });
            assertThat(of).as(detection.path("key").asText()).hasSize(1);
            detections.add(detection.path("key").asText());
        }
        return detections;
    }

    private static List<Document> alerts() {
        List<Scenario> scenarios = Scenarios.all();
        List<String> lines = new ArrayList<>();
        scenarios.forEach(scenario -> lines.addAll(scenario.lines()));
        return Replay.withShippedDetections().of(Scenarios.organization(scenarios)).scan(lines).documents().stream()
                .map(alert -> new Document(
                        Document.Target.ALERTS,
                        alert.at("/event/id").asText(),
                        Instant.parse(alert.path("@timestamp").asText()).toEpochMilli(),
                        alert.toString().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static void write(Document.Target target, List<Document> documents) throws Exception {
        OutputSettings.Elasticsearch settings = new OutputSettings.Elasticsearch(
                List.of(server.address()), "entrawatch", null, null, null, null, true, Duration.ofSeconds(30), 100, 2);
        StreamExecutionEnvironment env = Environments.local(Map.of("restart-strategy.type", "none"), false);
        env.setParallelism(1);
        for (Writers.Writer writer : Writers.of(new OutputSettings(settings, null, null))) {
            writer.write(env.fromData(documents).uid("documents"), target);
        }
        env.execute();
    }

    private static EventSummary event() {
        return new EventSummary(
                "e",
                Instant.parse(NOON).toEpochMilli(),
                "t",
                "SignInLogs",
                "Sign-in",
                null,
                null,
                "anna@contoso.example",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static HealthReport health(int minute) {
        long at = Instant.parse(NOON).plus(Duration.ofMinutes(minute)).toEpochMilli();
        HealthReport.Numbers numbers =
                new HealthReport.Numbers(1_000 + minute, 990, 7, 3 + minute, Map.of("not-json", 3L + minute));
        return new HealthReport("entra", 0, "run", at, numbers, 4_200L, at, 120 - minute, List.of("account-misnamed"));
    }
}
