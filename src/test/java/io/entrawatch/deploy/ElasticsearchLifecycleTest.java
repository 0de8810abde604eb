package io.entrawatch.deploy;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.deploy.Listener.Answer;
import io.entrawatch.deploy.Listener.Request;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code setup.sh} sends about lifecycles: to a server that listens, because that of the tests manages none. */
class ElasticsearchLifecycleTest {

    private static final String TAKEN = "{\"acknowledged\":true,\"has_all_requested\":true}";
    private static final String RIGHTS = "POST /_security/user/_has_privileges";
    private static final String LIFECYCLE = "PUT /_ilm/policy/entrawatch-alerts";

    @TempDir
    private Path directory;

    @Test
    void indicesAreDeletedAfterTheirDaysAndTemplatesTakeTheLifecycle() throws Exception {
        try (Listener elasticsearch = new Listener(TAKEN)) {
            Script.Result result =
                    script(elasticsearch).with("ENTRAWATCH_ALERT_DAYS", "400").run();

            assertThat(result.exit()).as(result.complained()).isZero();
            assertThat(result.complained()).isEmpty();
            assertThat(body(elasticsearch, "PUT /_ilm/policy/entrawatch-alerts"))
                    .contains("\"min_age\": \"431d\"");
            assertThat(body(elasticsearch, "PUT /_ilm/policy/entrawatch-health"))
                    .contains("\"min_age\": \"61d\"");
            assertThat(body(elasticsearch, "PUT /_component_template/entrawatch-alerts@lifecycle"))
                    .contains("{\"index.lifecycle.name\":\"entrawatch-alerts\"}");
            assertThat(body(elasticsearch, "PUT /_index_template/entrawatch-alerts"))
                    .contains("\"composed_of\": [\"entrawatch-alerts@lifecycle\"]");
            assertThat(body(elasticsearch, "PUT /_index_template/entrawatch-records"))
                    .as("dead letters are one index, which is not to be deleted as a whole")
                    .doesNotContain("lifecycle");
        }
    }

    @Test
    void aLifecycleThatIsNotTakenEndsTheScript() throws Exception {
        for (int status : List.of(400, 503)) {
            try (Listener elasticsearch = new Listener(TAKEN)) {
                elasticsearch.answerTo(LIFECYCLE, status, "{\"error\":\"no master\"}");
                Script.Result result = script(elasticsearch).run();

                assertThat(result.exit()).isEqualTo(1);
                assertThat(result.complained()).contains(Integer.toString(status), "no master");
                assertThat(elasticsearch.requests().stream().map(Request::line)).containsExactly(RIGHTS, LIFECYCLE);
            }
        }
    }

    @Test
    void anElasticsearchThatHasJustStartedIsAskedAgain() throws Exception {
        try (Listener elasticsearch = new Listener(TAKEN)) {
            elasticsearch.answerFirst(RIGHTS, List.of(new Answer(503, "{\"error\":\"unavailable_shards_exception\"}")));
            Script.Result result = script(elasticsearch).run();

            assertThat(result.exit()).as(result.complained()).isZero();
            assertThat(elasticsearch.requests().stream().map(Request::line)).startsWith(RIGHTS, RIGHTS, LIFECYCLE);
        }
    }

    @Test
    void whereNobodyManagesLifecyclesTheRestIsDone() throws Exception {
        try (Listener elasticsearch = new Listener(TAKEN)) {
            elasticsearch.answerTo(
                    LIFECYCLE, 400, "{\"error\":\"no handler found for uri [/_ilm/policy/entrawatch-alerts]\"}");
            Script.Result result = script(elasticsearch).run();

            assertThat(result.exit()).as(result.complained()).isZero();
            assertThat(result.complained())
                    .contains("no lifecycle for entrawatch-alerts: this Elasticsearch does not manage");
            assertThat(body(elasticsearch, "PUT /_security/role/entrawatch-writer"))
                    .contains("create_doc");
        }
    }

    @Test
    void daysThatAreNoneAreRefusedBeforeAnythingIsSent() throws Exception {
        try (Listener elasticsearch = new Listener("{}")) {
            for (String days : List.of("0", "1y", "-3", " ", "100000")) {
                Script.Result result = script(elasticsearch)
                        .with("ENTRAWATCH_HEALTH_DAYS", days)
                        .run();
                assertThat(result.exit()).as(days).isEqualTo(1);
                assertThat(result.complained())
                        .contains("ENTRAWATCH_HEALTH_DAYS: ")
                        .contains("(expected: a number of days up to 99999)");
            }
            assertThat(elasticsearch.requests()).isEmpty();
        }
    }

    private Script script(Listener elasticsearch) {
        return new Script(directory, "deploy/elasticsearch/setup.sh")
                .with("ELASTICSEARCH_URL", elasticsearch.address());
    }

    private static String body(Listener elasticsearch, String line) {
        return elasticsearch.requests().stream()
                .filter(request -> request.line().equals(line))
                .map(Request::body)
                .findFirst()
                .orElseThrow(() -> new AssertionError(line + " not among " + elasticsearch.requests()));
    }
}
