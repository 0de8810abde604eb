package io.entrawatch.kafka;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.EntrawatchJob;
import io.entrawatch.Environments;
import io.entrawatch.cli.EntrawatchCli;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SettingsReader;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.Certificates;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.SecuredKafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A real broker behind TLS, with passwords and access control lists. */
class KafkaAccessTest {

    private static final String PASSWORD = "right-9e2b77";

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static SecuredKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.in(directory.resolve("ours"));
        Path keystore = certificates.server("kafka", "dns:localhost");
        kafka = SecuredKafka.start(
                directory, certificates, keystore, Map.of("watcher", PASSWORD, "stranger", PASSWORD, "half", PASSWORD));
        for (String topic : List.of("logs", "alerts", "other")) {
            kafka.createTopic(topic);
        }
        kafka.allow("watcher", ResourceType.TOPIC, "logs", AclOperation.READ, AclOperation.DESCRIBE);
        kafka.allow("watcher", ResourceType.TOPIC, "alerts", AclOperation.WRITE, AclOperation.DESCRIBE);
        kafka.allow("watcher", ResourceType.GROUP, "entrawatch", AclOperation.READ);
        kafka.allow("watcher", ResourceType.TRANSACTIONAL_ID, "entrawatch", AclOperation.WRITE, AclOperation.DESCRIBE);
        kafka.addScramUser("reader", PASSWORD);
        kafka.allow("reader", ResourceType.TOPIC, "logs", AclOperation.READ, AclOperation.DESCRIBE);
        kafka.allow("reader", ResourceType.TOPIC, "alerts", AclOperation.WRITE, AclOperation.DESCRIBE);
        kafka.allow("reader", ResourceType.GROUP, "entrawatch", AclOperation.READ);
        kafka.allow("reader", ResourceType.TRANSACTIONAL_ID, "entrawatch", AclOperation.WRITE, AclOperation.DESCRIBE);
        kafka.allow("half", ResourceType.TOPIC, "logs", AclOperation.DESCRIBE);
        kafka.allow("half", ResourceType.TOPIC, "alerts", AclOperation.DESCRIBE);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void whoIsLetInReadsAndWritesExactlyOnce() throws Exception {
        JobSettings settings = settings(kafka.properties("watcher", PASSWORD));
        assertThatCode(() -> KafkaAccess.check(settings)).doesNotThrowAnyException();
        Instant at = Instant.parse("2026-03-02T12:00:00Z");
        kafka.send(
                "logs",
                Logs.audit("a", at, "Add user", "target", "success"),
                Logs.audit("b", at.plusSeconds(60), "Delete user", "target", "success"),
                Logs.audit("c", at.plus(Duration.ofHours(1)), "Add user", "later", "success"),
                Logs.audit("d", at.plus(Duration.ofHours(2)), "Add user", "latest", "success"));
        StreamExecutionEnvironment env = Environments.local(
                Map.of(
                        "execution.checkpointing.interval", "500 ms",
                        "execution.checkpointing.timeout", "5 min",
                        "restart-strategy.type", "none"),
                false);
        env.setParallelism(1);
        EntrawatchJob.build(env, settings);
        JobClient job = env.executeAsync();
        Map<String, Object> plain =
                Map.of("bootstrap.servers", kafka.plainBootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(plain, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition alerts = new TopicPartition("alerts", 0);
            consumer.assign(List.of(alerts));
            consumer.seekToBeginning(List.of(alerts));
            Await.until("an alert", () -> {
                assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
                return !consumer.poll(Duration.ofMillis(200)).isEmpty();
            });
        }
        job.cancel().get();
    }

    @Test
    void aWrongPasswordIsToldAndNotRepeated() throws Exception {
        assertThat(refusal(kafka.properties("watcher", "wrong-51aa0d")))
                .contains("source entra", kafka.bootstrapServers(), "does not know these credentials", "outputs.kafka")
                .doesNotContain("wrong-51aa0d");
    }

    @Test
    void whoProvesHisPasswordByScramIsLetIn() throws Exception {
        JobSettings settings = settings(kafka.scramProperties("reader", PASSWORD));
        assertThatCode(() -> KafkaAccess.check(settings)).doesNotThrowAnyException();
    }

    @Test
    void aWrongPasswordIsToldByScramToo() throws Exception {
        assertThat(refusal(kafka.scramProperties("reader", "wrong-51aa0d")))
                .contains("source entra", "does not know these credentials", "outputs.kafka")
                .doesNotContain("wrong-51aa0d");
    }

    @Test
    void aProtocolBeforeTheAddressHidesNoWrongPassword() throws Exception {
        String prefixed = "SASL_SSL://" + kafka.bootstrapServers();
        assertThat(refusal(settings(prefixed, "logs", kafka.properties("watcher", "wrong-51aa0d"))))
                .contains("source entra", prefixed, "does not know these credentials", "outputs.kafka");
        JobSettings right = settings(prefixed, "logs", kafka.properties("watcher", PASSWORD));
        assertThatCode(() -> KafkaAccess.check(right)).doesNotThrowAnyException();
    }

    @Test
    void theProtocolMayBeInSmallLetters() throws Exception {
        Map<String, String> properties = kafka.properties("watcher", PASSWORD);
        properties.put("security.protocol", "sasl_ssl");
        JobSettings settings = settings(properties);
        assertThatCode(() -> KafkaAccess.check(settings)).doesNotThrowAnyException();
        properties.put("security.protocol", "sasl_plaintext");
        assertThat(refusal(properties)).contains("it speaks TLS", "SASL_SSL instead of SASL_PLAINTEXT");
    }

    @Test
    void anUnknownUserIsTold() throws Exception {
        assertThat(refusal(kafka.properties("nobody", PASSWORD))).contains("does not know these credentials");
    }

    @Test
    void aStrangerMaySeeNoTopic() throws Exception {
        assertThat(refusal(kafka.properties("stranger", PASSWORD))).contains("topic logs: ", "topic alerts: ", "ACL");
    }

    @Test
    void whoMayOnlySeeMayNeitherReadNorWriteNorUseGroupAndTransactions() throws Exception {
        assertThat(refusal(kafka.properties("half", PASSWORD)))
                .contains(
                        "topic logs: these credentials may not read it",
                        "group-id entrawatch",
                        "topic alerts: these credentials may not write to it",
                        "transactional-id-prefix");
    }

    @Test
    void aTopicThatIsNotThereIsTold() throws Exception {
        kafka.allow("watcher", ResourceType.TOPIC, "missing", AclOperation.READ, AclOperation.DESCRIBE);
        JobSettings settings = settings(kafka.bootstrapServers(), "missing", kafka.properties("watcher", PASSWORD));
        assertThat(refusal(settings)).contains("source entra", "topic missing: it is not there");
    }

    @Test
    void anAuthorityThatIsNotTrustedIsTold() throws Exception {
        Map<String, String> properties = kafka.properties("watcher", PASSWORD);
        properties.put(
                "ssl.truststore.location",
                Certificates.in(directory.resolve("others")).pem().toString());
        assertThat(refusal(properties)).contains("not trusted", "ssl.truststore.location");
    }

    @Test
    void aCertificateThatIsOutOfDateIsTold() throws Exception {
        Path keystore = certificates.expired("kafka-expired", "dns:localhost");
        assertThat(refusalOfABrokerWith(keystore)).contains("its certificate has expired");
    }

    @Test
    void aCertificateThatIsNotValidYetIsTold() throws Exception {
        Path keystore = certificates.early("kafka-early", "dns:localhost");
        assertThat(refusalOfABrokerWith(keystore))
                .contains("its certificate is not valid yet: valid from ", "the right time here");
    }

    private String refusalOfABrokerWith(Path keystore) throws Exception {
        Path home = Files.createDirectories(directory.resolve(keystore.getFileName() + "-broker"));
        try (SecuredKafka broker = SecuredKafka.start(home, certificates, keystore, Map.of("watcher", PASSWORD))) {
            String address = broker.bootstrapServers();
            String told = refusal(settings(address, "logs", broker.properties("watcher", PASSWORD)));
            assertThat(told).contains("source entra", address);
            return told;
        }
    }

    @Test
    void aCertificateOfAnotherHostIsTold() throws Exception {
        String other = "127.0.0.1:" + kafka.port();
        assertThat(refusal(settings(other, "logs", kafka.properties("watcher", PASSWORD))))
                .contains(other, "for another host", "bootstrap-servers");
    }

    @Test
    void tlsForABrokerThatSpeaksPlainTextIsTold() throws Exception {
        String plain = kafka.plainBootstrapServers();
        assertThat(refusal(settings(plain, "logs", kafka.properties("watcher", PASSWORD))))
                .contains(plain, "does not speak TLS", "security.protocol");
    }

    @Test
    void plainTextForABrokerThatSpeaksTlsIsTold() throws Exception {
        Map<String, String> properties = kafka.properties("watcher", PASSWORD);
        properties.put("security.protocol", "SASL_PLAINTEXT");
        assertThat(refusal(properties)).contains("it speaks TLS", "SASL_SSL instead of SASL_PLAINTEXT");
    }

    @Test
    void aBrokerThatIsNotReachedIsLeftToTheJob() throws Exception {
        JobSettings settings = settings("localhost:1", "logs", kafka.properties("watcher", PASSWORD));
        assertThatCode(() -> KafkaAccess.check(settings)).doesNotThrowAnyException();
    }

    @Test
    void jaasThatCannotBeReadIsToldAndNotRepeated() throws Exception {
        Map<String, String> properties = kafka.properties("watcher", "ab\" half-of-it-77c1 \"cd");
        assertThat(refusal(properties)).contains("sasl.jaas.config").doesNotContain("half-of-it-77c1");
        assertThat(refusal(settings("localhost:1", "logs", properties)))
                .contains("source entra", "sasl.jaas.config cannot be read", "outputs.kafka")
                .doesNotContain("half-of-it-77c1");
    }

    @Test
    void aPasswordWithQuotesIsLetIn() throws Exception {
        String password = "ab\"cd\\ef; gh";
        kafka.addScramUser("quoted", password);
        for (String topic : List.of("logs", "alerts")) {
            kafka.allow(
                    "quoted", ResourceType.TOPIC, topic, AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE);
        }
        kafka.allow("quoted", ResourceType.GROUP, "entrawatch", AclOperation.READ);
        kafka.allow("quoted", ResourceType.TRANSACTIONAL_ID, "entrawatch", AclOperation.WRITE, AclOperation.DESCRIBE);
        Path conf = write(kafka.bootstrapServers(), "logs", kafka.scramProperties("quoted", password));
        Files.writeString(conf.resolveSibling("pw"), password);
        String jaas = "'org.apache.kafka.common.security.scram.ScramLoginModule required username=\"quoted\""
                + " password=\"${file:pw}\";'";
        Files.writeString(conf, Files.readString(conf).replace("\"${file:sasl.jaas.config}\"", jaas));
        assertThatCode(() -> KafkaAccess.check(SettingsReader.read(conf))).doesNotThrowAnyException();
    }

    @Test
    void aPatternThatNoTopicHasIsTold() throws Exception {
        assertThat(refusal(pattern("lo*", kafka.properties("watcher", PASSWORD))))
                .contains("source entra", "topic-pattern lo* is the name of none of the", "such as insights-logs-.*");
        assertThat(refusal(pattern("lo.*", kafka.properties("stranger", PASSWORD))))
                .contains("none of the 0 topics");
        assertThat(refusal(pattern("lo.*", kafka.properties("half", PASSWORD))))
                .contains("topic logs: these credentials may not read it");
        JobSettings settings = pattern("lo.*", kafka.properties("watcher", PASSWORD));
        assertThatCode(() -> KafkaAccess.check(settings)).doesNotThrowAnyException();
    }

    private static JobSettings pattern(String pattern, Map<String, String> properties) throws Exception {
        Path conf = write(kafka.bootstrapServers(), "logs", properties);
        Files.writeString(
                conf, Files.readString(conf).replace("topics: [ logs ]", "topic-pattern: \"" + pattern + "\""));
        return SettingsReader.read(conf);
    }

    @Test
    void aNameThatNoTopicMayHaveIsToldOfAnOutputToo() throws Exception {
        kafka.allow("watcher", ResourceType.TOPIC, "aaa", AclOperation.WRITE, AclOperation.DESCRIBE);
        Path conf = write(kafka.bootstrapServers(), "logs", kafka.properties("watcher", PASSWORD));
        Files.writeString(conf, Files.readString(conf).replace("topic: alerts", "topic: " + "a".repeat(250)));
        assertThat(refusal(SettingsReader.read(conf))).contains("outputs.kafka", "no name of a topic");
    }

    @Test
    void aKeystoreThatDoesNotOpenIsTold() throws Exception {
        Map<String, String> properties = kafka.properties("watcher", PASSWORD);
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put(
                "ssl.keystore.location", directory.resolve("ours/kafka.p12").toString());
        properties.put("ssl.keystore.password", "shut-3c9d01");
        assertThat(refusal(properties))
                .contains("keystore", "ssl.keystore.password")
                .doesNotContain("shut-3c9d01");
    }

    @Test
    void theCommandTellsItInOneLineForEachAndEndsWithTwo() throws Exception {
        Path conf = write(kafka.bootstrapServers(), "logs", kafka.properties("watcher", "wrong-51aa0d"));
        StringWriter err = new StringWriter();
        int code = EntrawatchCli.run(
                new String[] {"run", "--conf", conf.toString()},
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.contains("does not know"));
        assertThat(err.toString()).doesNotContain("wrong-51aa0d");
    }

    private static String refusal(Map<String, String> properties) throws Exception {
        return refusal(settings(properties));
    }

    private static String refusal(JobSettings settings) {
        Throwable failure = catchThrowable(() -> KafkaAccess.check(settings));
        assertThat(failure).isInstanceOf(KafkaAccessException.class).hasNoCause();
        return failure.getMessage();
    }

    private static JobSettings settings(Map<String, String> properties) throws Exception {
        return settings(kafka.bootstrapServers(), "logs", properties);
    }

    private static JobSettings settings(String servers, String topic, Map<String, String> properties) throws Exception {
        return SettingsReader.read(write(servers, topic, properties));
    }

    private static Path write(String servers, String topic, Map<String, String> properties) throws Exception {
        Path own = Files.createTempDirectory(directory, "conf-");
        Map<String, String> written = new TreeMap<>();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            Files.writeString(own.resolve(property.getKey()), property.getValue());
            written.put(property.getKey(), "\"${file:" + property.getKey() + "}\"");
        }
        return Files.writeString(
                own.resolve("entrawatch.yaml"),
                """
                sources:
                  - name: entra
                    kafka: { bootstrap-servers: "%1$s", topics: [ %2$s ], start-from: earliest, properties: %3$s }
                outputs:
                  kafka: { bootstrap-servers: "%1$s", topic: alerts, delivery: exactly-once, properties: %3$s }
                """
                        .formatted(servers, topic, written.toString().replace("=", ": ")));
    }
}
