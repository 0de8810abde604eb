package io.entrawatch.sink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.entrawatch.Environments;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.settings.Secret;
import io.entrawatch.testkit.ElasticsearchServer;
import io.entrawatch.testkit.ElasticsearchServer.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A real Elasticsearch that asks who is there, with the least privileges that the job needs. */
class SecuredElasticsearchTest {

    private static final String PASSWORD = "correct-horse-battery";
    private static final User WRITER = new User(
            "writer",
            PASSWORD,
            "alert_writer",
            "alert_writer: { cluster: [ monitor, manage_index_templates ], indices: [ { names: [ 'entrawatch-*' ],"
                    + " privileges: [ create_doc, create_index, auto_configure, view_index_metadata ] } ] }");
    private static final User READER = new User(
            "reader",
            PASSWORD,
            "only_reader",
            "only_reader: { indices: [ { names: [ '*' ], privileges: [ read ] } ] }");

    private static ElasticsearchServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ElasticsearchServer.start(Map.of("xpack.security.enabled", "true"), WRITER, READER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theLeastRoleWritesAndInstallsTheTemplate() throws Exception {
        write("writer", PASSWORD);
        // Written a second time, the same document is refused as one that is there, and that is no failure.
        write("writer", PASSWORD);
        ElasticsearchClient client = new ElasticsearchClient(settings("writer", PASSWORD));
        assertThat(client.head("/_index_template/entrawatch-alerts").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWrongPasswordFailsTheJobAndIsNotRepeated() {
        assertThatThrownBy(() -> write("writer", "not-the-password"))
                .hasStackTraceContaining("check username and password")
                .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain("not-the-password"));
    }

    @Test
    void aRoleThatMayNotWriteFailsTheJobAndNamesThePrivileges() {
        assertThatThrownBy(() -> write("reader", PASSWORD)).hasStackTraceContaining("create_doc");
    }

    private static void write(String user, String password) throws Exception {
        StreamExecutionEnvironment env = Environments.local(Map.of("restart-strategy.type", "none"), false);
        env.setParallelism(1);
        byte[] json = "{\"@timestamp\":\"2026-03-02T12:00:00Z\",\"message\":\"m\"}".getBytes(StandardCharsets.UTF_8);
        env.fromData(List.of(new Document(Document.Target.ALERTS, "a", 0, json)), TypeInformation.of(Document.class))
                .uid("documents")
                .sinkTo(new ElasticsearchSink(settings(user, password)))
                .uid("sink");
        env.execute();
    }

    private static OutputSettings.Elasticsearch settings(String user, String password) {
        return new OutputSettings.Elasticsearch(
                List.of(server.address()),
                "entrawatch",
                user,
                new Secret(password),
                null,
                null,
                true,
                Duration.ofSeconds(10),
                10,
                1);
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
