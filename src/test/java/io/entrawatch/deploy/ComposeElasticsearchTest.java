package io.entrawatch.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.deploy.Listener.Answer;
import io.entrawatch.deploy.Listener.Request;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code setup-elasticsearch.sh} does while an Elasticsearch comes up: to a server that listens, because a real one
 * cannot be held there.
 */
class ComposeElasticsearchTest {

    private static final String TAKEN = "{\"acknowledged\":true,\"has_all_requested\":true}";
    private static final String PASSWORD = "POST /_security/user/kibana_system/_password";

    @TempDir
    private Path directory;

    /** A minute would be long here. */
    @BeforeEach
    void waitForNothing() throws Exception {
        Path sleep = Files.createDirectory(directory.resolve("bin")).resolve("sleep");
        Files.writeString(sleep, "#!/bin/sh\n").toFile().setExecutable(true);
    }

    @Test
    void anElasticsearchThatHasNotOpenedItsUsersYetIsAskedAgain() throws Exception {
        try (Listener elasticsearch = new Listener(TAKEN)) {
            elasticsearch.answerFirst(PASSWORD, List.of(new Answer(401, "{}"), new Answer(503, "{}")));
            Script.Result result = script(elasticsearch.address()).run();

            assertThat(result.exit()).as(result.complained()).isZero();
            assertThat(elasticsearch.requests().stream().map(Request::line).filter(PASSWORD::equals))
                    .hasSize(3);
            assertThat(result.said()).contains("put the role entrawatch-writer in place");
            assertThat(result.argumentsOfCurl()).doesNotContain("of-elastic", "of-kibana");
        }
    }

    @Test
    void whatStaysRefusedOrSilentEndsIt() throws Exception {
        try (Listener elasticsearch = new Listener("{}")) {
            elasticsearch.answerFromNowOn(401, "{}");
            Script.Result refused = script(elasticsearch.address()).run();
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.complained()).contains("kibana_system: Elasticsearch answers 401 (expected: 200");
            assertThat(elasticsearch.requests()).hasSize(30);

            elasticsearch.answerFromNowOn(400, "{}");
            assertThat(script(elasticsearch.address()).run().exit()).isEqualTo(1);
            assertThat(elasticsearch.requests()).as("a mistake stays one").hasSize(31);
        }
        Script.Result silent = script("http://127.0.0.1:9").run();
        assertThat(silent.exit()).isEqualTo(1);
        assertThat(silent.complained()).contains("kibana_system: Elasticsearch answers 000 (expected: 200");
    }

    private Script script(String address) throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "made before");
        return new Script(directory, "docker/setup-elasticsearch.sh")
                .with("ELASTICSEARCH_URL", address)
                .with("ELASTICSEARCH_CA_FILE", key.toString())
                .with("ELASTICSEARCH_USER", "elastic")
                .with("ELASTICSEARCH_PASSWORD", "of-elastic")
                .with("KIBANA_SYSTEM_PASSWORD", "of-kibana")
                .with("API_KEY_FILE", key.toString());
    }
}
