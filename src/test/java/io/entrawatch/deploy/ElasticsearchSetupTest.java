package io.entrawatch.deploy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.Environments;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.settings.Secret;
import io.entrawatch.sink.Document;
import io.entrawatch.sink.Writers;
import io.entrawatch.testkit.ElasticsearchServer;
import io.entrawatch.testkit.ElasticsearchServer.User;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code setup.sh} does to a real Elasticsearch, and what the key that it makes may do there. */
class ElasticsearchSetupTest {

    private static final String PASSWORD = "correct \"horse\" \\ battery";

    private static ElasticsearchServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = ElasticsearchServer.startWithRolesAndKeys(
                new User("admin", PASSWORD, "superuser", ""),
                new User(
                        "reader",
                        PASSWORD,
                        "reads",
                        "reads: { indices: [ { names: [ '*' ], privileges: [ read ] }, { names: [ 'entrawatch-*' ],"
                                + " privileges: [ manage ] } ] }"),
                user("creates", "create_doc, create_index, auto_configure"),
                user("prepares", "manage"),
                user("prepares-and-writes", "manage, create_doc"));
    }

    /** With what README.md says that the script needs. */
    private static User user(String name, String privileges) {
        return new User(
                name,
                PASSWORD,
                name,
                name + ": { cluster: [ manage_index_templates, manage_ilm, manage_security ], indices: [ { names: ["
                        + " 'entrawatch-*' ], privileges: [ " + privileges + " ] } ] }");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theKeyOfTheJobWritesAndDoesNothingElse() throws Exception {
        Script.Result setup = script("admin", "--api-key").run();
        assertThat(setup.exit()).as(setup.complained()).isZero();
        assertThat(setup.said().lines())
                .as("what goes into the file of the key")
                .hasSize(1);
        assertThat(setup.complained()).contains("put the role entrawatch-writer in place");
        String key = setup.said().lines().reduce((first, last) -> last).orElseThrow();
        write(key);
        write(key);

        String index = "/entrawatch-alerts-2026.03";
        assertThat(ask(admin(), "POST", index + "/_refresh", "").statusCode()).isEqualTo(200);
        assertThat(ask(admin(), "GET", index + "/_count", "").body()).contains("\"count\":1");
        String forged = "{\"@timestamp\":\"2026-03-02T12:00:00Z\",\"message\":\"forged\"}";
        for (String[] request : new String[][] {
            {"GET", index + "/_search", ""},
            {"GET", index + "/_doc/a", ""},
            {"PUT", index + "/_doc/a", forged},
            {"POST", index + "/_update/a", "{\"doc\":" + forged + "}"},
            {"DELETE", index + "/_doc/a", ""},
            {"DELETE", index, ""},
            {"PUT", "/another/_create/a", forged},
            {"PUT", "/_index_template/entrawatch-alerts", "{\"index_patterns\":[\"entrawatch-alerts-*\"]}"},
        }) {
            HttpResponse<String> answer = ask("ApiKey " + key, request[0], request[1], request[2]);
            assertThat(answer.statusCode()).as("%s %s", request[0], request[1]).isEqualTo(403);
        }
        assertThat(ask(admin(), "GET", index + "/_doc/a", "").body())
                .contains("genuine")
                .doesNotContain("forged");
    }

    @Test
    void whoMayNotWriteMakesNoKeyThatMayNotEither() throws Exception {
        Script.Result setup = script("prepares", "--api-key").run();
        assertThat(setup.exit()).isEqualTo(1);
        assertThat(setup.complained())
                .contains(
                        "the credentials may not write to entrawatch-*",
                        "expected: create_doc, create_index and auto_configure");
        assertThat(ask(admin(), "GET", "/_security/api_key?username=prepares", "")
                        .body())
                .contains("\"api_keys\":[]");

        Script.Result withoutKey = script("prepares").run();
        assertThat(withoutKey.exit()).as(withoutKey.complained()).isZero();
    }

    @Test
    void whoMayNotDeleteIndicesPutsNoLifecycleInPlaceThatMayNotEither() throws Exception {
        Script.Result setup = script("creates").run();
        assertThat(setup.exit()).isEqualTo(1);
        assertThat(setup.complained())
                .contains("the credentials may not manage entrawatch-*", "expected: manage on entrawatch-*")
                .doesNotContain("lifecycle for");
        assertThat(setup.said()).isEmpty();
    }

    @Test
    void whatTheScriptNeedsIsEnough() throws Exception {
        Script.Result setup = script("prepares-and-writes", "--api-key").run();
        assertThat(setup.exit()).as(setup.complained()).isZero();
        write(setup.said().lines().reduce((first, last) -> last).orElseThrow());
    }

    @Test
    void templatesAndTheRoleAreInPlaceAndWhatThisServerLacksIsSaid() throws Exception {
        script("admin").with("ENTRAWATCH_INDEX_PREFIX", "soc").run();
        Script.Result again =
                script("admin").with("ENTRAWATCH_INDEX_PREFIX", "soc").run();

        assertThat(again.exit()).as(again.complained()).isZero();
        assertThat(again.said().lines())
                .contains(
                        "put the index template soc-alerts in place",
                        "put the index template soc-records in place",
                        "put the role soc-writer in place");
        assertThat(again.complained())
                .contains("no lifecycle for soc-alerts: this Elasticsearch does not manage any")
                .contains("no lifecycle for soc-health");
        assertThat(ask(admin(), "GET", "/_security/role/soc-writer", "").body()).contains("\"soc-*\"", "create_doc");
        // A month in which no script runs any more.
        assertThat(ask(admin(), "PUT", "/soc-alerts-2020.03", "").statusCode()).isEqualTo(200);
        assertThat(ask(admin(), "GET", "/soc-alerts-2020.03/_mapping", "").body())
                .contains("geo_point");
        assertThat(again.argumentsOfCurl())
                .contains("/_security/role/soc-writer")
                .doesNotContain("horse", "admin");
    }

    @Test
    void theFirstIndicesAreThereWithTheirFieldsAndStayWhenTheyAre() throws Exception {
        Script.Result first =
                script("admin").with("ENTRAWATCH_INDEX_PREFIX", "fresh").run();
        assertThat(first.exit()).as(first.complained()).isZero();
        assertThat(first.said().lines().filter(line -> line.startsWith("made the index fresh-")))
                .hasSize(4)
                .contains("made the index fresh-dead-letters", "made the index fresh-late");
        for (String field : List.of("source.geo.location", "entrawatch.health.lag_ms", "late_by_ms")) {
            assertThat(ask(admin(), "GET", "/fresh-*/_field_caps?fields=" + field, "")
                            .body())
                    .contains("\"" + field + "\":");
        }

        Script.Result again =
                script("admin").with("ENTRAWATCH_INDEX_PREFIX", "fresh").run();
        assertThat(again.exit()).as(again.complained()).isZero();
        assertThat(again.said()).doesNotContain("made the index");
    }

    @Test
    void credentialsThatAreWrongOrTooWeakAreSaid() throws Exception {
        Script.Result wrong =
                script("admin").with("ELASTICSEARCH_PASSWORD", "wrong").run();
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.complained()).contains("refuses the credentials").doesNotContain("wrong\"");

        Script.Result weak = script("reader").run();
        assertThat(weak.exit()).isEqualTo(1);
        assertThat(weak.complained()).contains("the credentials may not PUT /_index_template/entrawatch-alerts");

        Script.Result nowhere =
                script("admin").with("ELASTICSEARCH_URL", "localhost:9200").run();
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.complained()).contains("ELASTICSEARCH_URL: localhost:9200 (expected: ");

        Script.Result told = script("admin")
                .with("ELASTICSEARCH_URL", "http://anna:hush-hush@127.0.0.1:1")
                .run();
        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.complained())
                .contains("ELASTICSEARCH_URL: credentials in it")
                .doesNotContain("hush-hush");
    }

    private Script script(String user, String... arguments) {
        String[] command = Stream.concat(Stream.of("deploy/elasticsearch/setup.sh"), Stream.of(arguments))
                .toArray(String[]::new);
        return new Script(directory, command)
                .with("ELASTICSEARCH_URL", server.address())
                .with("ELASTICSEARCH_USER", user)
                .with("ELASTICSEARCH_PASSWORD", PASSWORD);
    }

    /** As the job writes, with a key. */
    private static void write(String key) throws Exception {
        OutputSettings.Elasticsearch settings = new OutputSettings.Elasticsearch(
                List.of(server.address()),
                "entrawatch",
                null,
                null,
                new Secret(key),
                null,
                false,
                Duration.ofSeconds(30),
                10,
                1);
        long noon = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
        byte[] json =
                "{\"@timestamp\":\"2026-03-02T12:00:00Z\",\"message\":\"genuine\"}".getBytes(StandardCharsets.UTF_8);
        StreamExecutionEnvironment env = Environments.local(Map.of("restart-strategy.type", "none"), false);
        env.setParallelism(1);
        for (Writers.Writer writer : Writers.of(new OutputSettings(settings, null, null))) {
            writer.write(
                    env.fromData(List.of(new Document(Document.Target.ALERTS, "a", noon, json)))
                            .uid("documents"),
                    Document.Target.ALERTS);
        }
        env.execute();
    }

    private static String admin() {
        String pair = "admin:" + PASSWORD;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> ask(String authorization, String method, String path, String json)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
