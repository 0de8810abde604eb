package io.entrawatch.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code import.sh} sends: to a server that listens, and is no Kibana. */
class KibanaImportTest {

    private static final String DONE = "{\"successCount\":16,\"success\":true}";

    private Listener kibana;

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() throws IOException {
        kibana = new Listener(DONE);
    }

    @AfterEach
    void stop() {
        kibana.close();
    }

    @Test
    void theFileArrivesAsAnImportThatReplaces() throws Exception {
        Script.Result result =
                script().with("KIBANA_API_KEY", "c2VjcmV0OmtleQ==").run();

        assertThat(result.exit()).as(result.complained()).isZero();
        assertThat(result.said())
                .startsWith("imported 16 objects")
                .contains("/app/dashboards#/view/entrawatch-overview");
        assertThat(kibana.requests()).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /s/security/api/saved_objects/_import?overwrite=true");
            assertThat(request.headers().getFirst("kbn-xsrf")).isNotBlank();
            assertThat(request.headers().getFirst("Authorization")).isEqualTo("ApiKey c2VjcmV0OmtleQ==");
            assertThat(request.headers().getFirst("Content-Type")).startsWith("multipart/form-data; boundary=");
            assertThat(request.body())
                    .contains("name=\"file\"; filename=\"entrawatch.ndjson\"")
                    .contains(Files.readString(Path.of("deploy/kibana/entrawatch.ndjson")));
        });
    }

    @Test
    void noSecretIsAmongTheArgumentsOfAProcess() throws Exception {
        Script.Result result = script().with("KIBANA_USER", "anna")
                .with("KIBANA_PASSWORD", "qu\"o\\te and space")
                .run();

        assertThat(result.exit()).as(result.complained()).isZero();
        assertThat(kibana.requests().get(0).headers().getFirst("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString("anna:qu\"o\\te and space".getBytes(StandardCharsets.UTF_8)));
        assertThat(result.argumentsOfCurl()).contains("kbn-xsrf").doesNotContain("qu\"o", "anna");
    }

    @Test
    void anotherPrefixOfIndicesIsThatOfTheDataViews() throws Exception {
        script().with("ENTRAWATCH_INDEX_PREFIX", "soc-entra").run();

        assertThat(kibana.requests().get(0).body())
                .contains("\"title\":\"soc-entra-alerts-*\"", "\"title\":\"soc-entra-late\"")
                .doesNotContain("\"title\":\"entrawatch-");
    }

    @Test
    void theRuleOfElasticSecurityIsImportedForItsOwn() throws Exception {
        Script.Result result =
                rule().with("ENTRAWATCH_INDEX_PREFIX", "soc-entra").run();

        assertThat(result.exit()).as(result.complained()).isZero();
        assertThat(result.said()).contains("imported the rule").contains("/s/security/app/security/alerts");
        assertThat(kibana.requests()).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST /s/security/api/detection_engine/rules/_import?overwrite=true");
            assertThat(request.headers().getFirst("kbn-xsrf")).isNotBlank();
            assertThat(request.body())
                    .contains("name=\"file\"; filename=\"security-rule.ndjson\"")
                    .contains("\"index\":[\"soc-entra-alerts-*\"]")
                    .doesNotContain("entrawatch-alerts");
        });
        kibana.answerFromNowOn(403, "{}");
        assertFailure(rule(), "Security: All");
    }

    private Script rule() {
        return new Script(directory, "deploy/kibana/import.sh", "--security-rule")
                .with("KIBANA_URL", kibana.address() + "/s/security/");
    }

    @Test
    void whatGoesWrongIsSaid() throws Exception {
        assertFailure(script().with("KIBANA_URL", "kibana:5601"), "KIBANA_URL: kibana:5601 (expected: ");
        Script told = script().with("KIBANA_URL", "https://anna:hush-hush@kibana:5601");
        assertFailure(told, "KIBANA_URL: credentials in it");
        assertThat(told.run().complained()).doesNotContain("hush-hush");
        assertFailure(script().with("ENTRAWATCH_INDEX_PREFIX", "a/b"), "ENTRAWATCH_INDEX_PREFIX: a/b (expected: ");
        kibana.answerFromNowOn(401, "{}");
        assertFailure(script(), "KIBANA_API_KEY");
        kibana.answerFromNowOn(403, "{}");
        assertFailure(script(), "Saved Objects Management");
        kibana.answerFromNowOn(200, "{\"success\":false,\"errors\":[{\"id\":\"entrawatch-overview\"}]}");
        assertFailure(script(), "entrawatch-overview");
        kibana.close();
        assertFailure(script(), "does not answer");
    }

    private static void assertFailure(Script script, String words) throws Exception {
        Script.Result result = script.run();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.complained()).contains(words);
    }

    private Script script() {
        return new Script(directory, "deploy/kibana/import.sh").with("KIBANA_URL", kibana.address() + "/s/security/");
    }
}
