package io.entrawatch.sink;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.Environments;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.KafkaBroker;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.SeededCases;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts and dead letters in topics of a real broker. */
class KafkaTopicsTest {

    private static final SeededCases CASES = new SeededCases(12, List.of());
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.start();
        broker.createTopic("logs", 2);
        List<String> lines = new ArrayList<>(CASES.inOrder());
        lines.add("{broken");
        for (int i = 0; i < lines.size(); i++) {
            broker.send("logs", i % 2, lines.get(i).getBytes(StandardCharsets.UTF_8));
        }
        broker.flush();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachAlertIsThereUnderItsId(boolean exactlyOnce) throws Exception {
        String prefix = exactlyOnce ? "once-" : "least-";
        broker.createTopic(prefix + "alerts", 1);
        broker.createTopic(prefix + "dead", 1);
        broker.createTopic(prefix + "health", 1);
        OutputSettings.Kafka kafka = new OutputSettings.Kafka(
                broker.bootstrapServers(),
                prefix + "alerts",
                prefix + "dead",
                null,
                prefix + "health",
                exactlyOnce,
                prefix,
                Map.of());
        new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                .option("execution.checkpointing.interval", "500 ms")
                .build(List.of(Pipeline.topic(broker, "logs", true)), Writers.of(new OutputSettings(null, kafka, null)))
                .execute();
        Set<String> expected = new TreeSet<>();
        Replay.withShippedDetections()
                .scan(CASES.inOrder())
                .documents()
                .forEach(alert -> expected.add(alert.at("/event/id").asText()));
        List<ConsumerRecord<byte[], byte[]>> records = broker.readAll(prefix + "alerts", true);
        Set<String> ids = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> message : records) {
            JsonNode alert = MAPPER.readTree(message.value());
            assertThat(new String(message.key(), StandardCharsets.UTF_8))
                    .isEqualTo(alert.at("/event/id").asText());
            ids.add(alert.at("/event/id").asText());
        }
        assertThat(ids).isEqualTo(expected).hasSizeGreaterThan(5);
        assertThat(records).hasSameSizeAs(ids);
        JsonNode letter =
                MAPPER.readTree(broker.readAll(prefix + "dead", true).get(0).value());
        assertThat(letter.get("reason").asText()).isEqualTo("not-json");
        assertThat(letter.get("source").asText()).isEqualTo("logs");
        assertThat(letter.get("position").asText()).startsWith("partition ");
        long events = 0;
        for (ConsumerRecord<byte[], byte[]> message : broker.readAll(prefix + "health", true)) {
            events += MAPPER.readTree(message.value())
                    .at("/entrawatch/health/events")
                    .asLong();
        }
        assertThat(events).isEqualTo(CASES.inOrder().size() + 1);
    }

    /** The only checkpoint is the savepoint. */
    @Test
    void whatIsWrittenExactlyOnceCountsWithTheNextCheckpoint(@TempDir Path savepoints) throws Exception {
        broker.createTopic("stream", 1);
        broker.createTopic("transactions", 1);
        OutputSettings.Kafka kafka = new OutputSettings.Kafka(
                broker.bootstrapServers(), "transactions", null, null, null, true, "transactions", Map.of());
        CASES.inOrder().forEach(line -> broker.send("stream", 0, line.getBytes(StandardCharsets.UTF_8)));
        broker.flush();
        JobClient job = new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                .build(
                        List.of(Pipeline.topic(broker, "stream", false)),
                        Writers.of(new OutputSettings(null, kafka, null)))
                .executeAsync();
        Await.until("an alert of an open transaction", () -> !broker.readAll("transactions", false)
                .isEmpty());
        assertThat(broker.readAll("transactions", true)).isEmpty();
        job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        Await.until("the alert of the closed one", () -> !broker.readAll("transactions", true)
                .isEmpty());
    }

    @Test
    void eachTargetHasItsTopic() throws Exception {
        for (Document.Target target : Document.Target.values()) {
            broker.createTopic("of-" + target.label(), 1);
        }
        OutputSettings.Kafka kafka = new OutputSettings.Kafka(
                broker.bootstrapServers(),
                "of-alerts",
                "of-dead-letters",
                "of-late",
                "of-health",
                false,
                "targets",
                Map.of());
        StreamExecutionEnvironment env = Environments.local(Map.of("restart-strategy.type", "none"), false);
        for (Document.Target target : Document.Target.values()) {
            new KafkaTopics(kafka)
                    .write(
                            env.fromData(
                                            List.of(new Document(target, target.label(), 0, new byte[] {'{', '}'})),
                                            TypeInformation.of(Document.class))
                                    .uid(target.label()),
                            target);
        }
        env.execute();
        for (Document.Target target : Document.Target.values()) {
            assertThat(broker.readAll("of-" + target.label(), true))
                    .extracting(message -> new String(message.key(), StandardCharsets.UTF_8))
                    .containsExactly(target.label());
        }
    }
}
