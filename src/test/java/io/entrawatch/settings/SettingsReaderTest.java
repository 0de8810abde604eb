package io.entrawatch.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.yaml.InvalidDocumentException;
import io.entrawatch.yaml.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SettingsReaderTest {

    private static final String SMALLEST =
            """
            sources:
              - name: files
                files: { paths: [ logs ] }
            outputs:
              files: { directory: out }
            """;
    private static final String CONNECTION = "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKey=a\"b\\c=";

    @TempDir
    private Path directory;

    @Test
    void aSecretFileWithoutEndIsRefused() {
        assertThatThrownBy(() -> read(SMALLEST.replace(
                        "files: { directory: out }",
                        "kafka: { bootstrap-servers: b, properties: { ssl.key.password: '${file:/dev/zero}' } }")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("/dev/zero (expected: at most 65536 bytes)");
    }

    @Test
    void everythingThatCanBeSetIsRead() {
        JobSettings settings = read(
                """
                sources:
                  - name: lake
                    tenant: t-1
                    files: { paths: [ logs, /var/log/entra ], watch: 30s }
                  - name: bus
                    tenant: t-2
                    kafka:
                      bootstrap-servers: broker:9092
                      topics: [ signins, audit ]
                      group-id: watchers
                      start-from: 2026-03-02T00:00:00Z
                      until-now: true
                      discovery: 1m
                      properties: { client.id: me, ssl.truststore.password: "${env:PASSWORD}" }
                detections: [ rules, ../more ]
                organization: organization.yaml
                geoip: /data/city.mmdb
                time: { lateness: 10m, idleness: 2m, skew: 1m }
                outputs:
                  elasticsearch:
                    hosts: [ "https://es-1.example:9200", "https://es-2.example:9200" ]
                    index-prefix: watch
                    username: elastic
                    password: ${env:PASSWORD}
                    ca-file: ca.pem
                    install-template: false
                    timeout: 20s
                    batch-size: 100
                    in-flight: 3
                  kafka:
                    bootstrap-servers: broker:9092
                    topic: alerts
                    dead-letter-topic: dead
                    late-topic: late
                    health-topic: health
                    delivery: exactly-once
                    transactional-id-prefix: watch
                  files: { directory: out }
                largest-record: 2048
                flink: { state.backend.type: rocksdb, parallelism.default: 4 }
                """);
        assertThat(settings.sources().get(0))
                .isEqualTo(new SourceSettings.Files(
                        "lake", "t-1", List.of(in("logs"), "/var/log/entra"), Duration.ofSeconds(30)));
        SourceSettings.Kafka bus = (SourceSettings.Kafka) settings.sources().get(1);
        assertThat(bus.tenant()).isEqualTo("t-2");
        assertThat(bus.topics()).containsExactly("signins", "audit");
        assertThat(bus.groupId()).isEqualTo("watchers");
        assertThat(bus.startFrom()).isEqualTo(SourceSettings.StartFrom.TIMESTAMP);
        assertThat(bus.startAt()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(bus.untilNow()).isTrue();
        assertThat(bus.discovery()).isEqualTo(Duration.ofMinutes(1));
        assertThat(bus.properties().get("client.id").reveal()).isEqualTo("me");
        assertThat(bus.properties().get("ssl.truststore.password").reveal()).isEqualTo("s3cret");
        assertThat(settings.detections())
                .containsExactly(in("rules"), directory.resolveSibling("more").toString());
        assertThat(settings.organization()).isEqualTo(in("organization.yaml"));
        assertThat(settings.geoip()).isEqualTo("/data/city.mmdb");
        assertThat(settings.time())
                .isEqualTo(new TimeSettings(Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMinutes(1)));
        OutputSettings.Elasticsearch elasticsearch = settings.outputs().elasticsearch();
        assertThat(elasticsearch.hosts()).hasSize(2);
        assertThat(elasticsearch.prefix()).isEqualTo("watch");
        assertThat(elasticsearch.password().reveal()).isEqualTo("s3cret");
        assertThat(elasticsearch.caFile()).isEqualTo(in("ca.pem"));
        assertThat(elasticsearch.installTemplate()).isFalse();
        assertThat(elasticsearch.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(elasticsearch.batchSize()).isEqualTo(100);
        assertThat(elasticsearch.inFlight()).isEqualTo(3);
        assertThat(settings.outputs().kafka())
                .isEqualTo(new OutputSettings.Kafka(
                        "broker:9092", "alerts", "dead", "late", "health", true, "watch", Map.of()));
        assertThat(settings.outputs().files().directory()).isEqualTo(in("out"));
        assertThat(settings.largestRecord()).isEqualTo(2048);
        assertThat(settings.flink())
                .containsOnly(Map.entry("state.backend.type", "rocksdb"), Map.entry("parallelism.default", "4"));
    }

    @Test
    void aNumberOfKeyGroupsThatIsNoPowerOfTwoIsRefused() {
        assertThatThrownBy(() -> read(SMALLEST + "flink: { pipeline.max-parallelism: 100 }\n"))
                .hasMessageContaining("pipeline.max-parallelism: 100 (expected: a power of two up to 32768)");
        assertThat(read(SMALLEST + "flink: { pipeline.max-parallelism: 1024 }\n")
                        .flink())
                .containsEntry("pipeline.max-parallelism", "1024");
    }

    @Test
    void aSecretOfFlinkIsReferredToAndAProviderOfSecretsIsNone() {
        assertThatThrownBy(() -> read(SMALLEST + "flink: { s3.secret-key: hush-hush }\n"))
                .hasMessageContaining("s3.secret-key: a secret written out")
                .hasMessageNotContaining("hush-hush");
        assertThat(read(SMALLEST + "flink: { s3.secret-key: '${env:CONNECTION}', s3.access-key: an-id,"
                                + " fs.s3a.aws.credentials.provider: a.Provider,"
                                + " fs.azure.account.keyprovider.contoso: another.Provider }\n")
                        .flink())
                .doesNotContainEntry("s3.secret-key", "${env:CONNECTION}")
                .containsEntry("s3.access-key", "an-id")
                .containsEntry("fs.s3a.aws.credentials.provider", "a.Provider")
                .containsEntry("fs.azure.account.keyprovider.contoso", "another.Provider");
    }

    @Test
    void littleHasToBeSet() {
        JobSettings settings = read(SMALLEST);
        assertThat(settings.time())
                .isEqualTo(new TimeSettings(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(5)));
        assertThat(settings.largestRecord()).isEqualTo(1_048_576);
        assertThat(settings.organization()).isNull();
        assertThat(settings.outputs().kafka()).isNull();
        assertThat(settings.sources())
                .singleElement()
                .extracting(SourceSettings::name)
                .isEqualTo("files");
    }

    @Test
    void eventHubsAreKafkaBehindTls() {
        SourceSettings.Kafka hub =
                (SourceSettings.Kafka) read(hub("${env:CONNECTION}")).sources().get(0);
        assertThat(hub.tenant()).isEqualTo("t-3");
        assertThat(hub.untilNow()).isFalse();
        assertThat(hub.discovery()).isEqualTo(Duration.ofMinutes(5));
        assertThat(hub.bootstrapServers()).isEqualTo("ns.servicebus.windows.net:9093");
        assertThat(hub.groupId()).isEqualTo("$Default");
        assertThat(hub.startFrom()).isEqualTo(SourceSettings.StartFrom.COMMITTED);
        assertThat(hub.properties().get("security.protocol").reveal()).isEqualTo("SASL_SSL");
        assertThat(hub.properties().get("sasl.mechanism").reveal()).isEqualTo("PLAIN");
        assertThat(hub.properties().get("sasl.jaas.config").reveal())
                .startsWith("org.apache.kafka.common.security.plain.PlainLoginModule required")
                .contains("username=\"$ConnectionString\"")
                .endsWith("SharedAccessKey=a\\\"b\\\\c=\";");
    }

    @Test
    void aSecretMayBeInAFileBesideTheSettings() throws Exception {
        Files.writeString(directory.resolve("connection.txt"), "from-the-file\n");
        SourceSettings.Kafka hub = (SourceSettings.Kafka)
                read(hub("${file:connection.txt}")).sources().get(0);
        assertThat(hub.properties().get("sasl.jaas.config").reveal()).contains("password=\"from-the-file\"");
    }

    @Test
    void aSecretPrintsAsStars() {
        JobSettings settings = read(hub("${env:CONNECTION}"));
        assertThat(new Secret("s3cret")).hasToString("***");
        assertThat(settings.toString()).contains("***").doesNotContain("SharedAccessKey");
    }

    @Test
    void aSecretWrittenOutIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> read(hub("Endpoint=hush-hush")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("connection-string")
                .hasMessageContaining("${env:NAME}")
                .hasMessageNotContaining("hush-hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.key.password",
                "ssl.keystore.key",
                "sasl.oauthbearer.assertion.private.key.passphrase",
                "sasl.oauthbearer.client.credentials.client.secret"
            })
    void aSecretAmongThePropertiesOfAClientIsRefusedToo(String property) {
        assertThatThrownBy(() -> read(
                        """
                        sources:
                          - name: bus
                            kafka: { bootstrap-servers: "b:1", topics: [ t ], properties: { %s: hush-hush } }
                        outputs:
                          files: { directory: out }
                        """
                                .formatted(property)))
                .hasMessageContaining(property)
                .hasMessageNotContaining("hush-hush");
    }

    @Test
    void aPasswordInAnAddressIsRefusedAndNotRepeated() {
        assertThatThrownBy(
                        () -> read(
                                """
                        sources:
                          - name: files
                            files: { paths: [ logs ] }
                        outputs:
                          elasticsearch: { hosts: [ "https://elastic:hush-hush@es:9200" ] }
                        """))
                .hasMessageContaining("hosts")
                .hasMessageNotContaining("hush-hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${env:NOT_SET}", "${file:nowhere.txt}"})
    void aSecretThatIsNotThereIsNamed(String reference) {
        assertThatThrownBy(() -> read(hub(reference)))
                .hasMessageContaining("connection-string")
                .hasMessageContaining(reference.substring(reference.indexOf(':') + 1, reference.length() - 1));
    }

    @Test
    void aMisspeltNameGetsASuggestion() {
        assertThatThrownBy(() -> read(SMALLEST.replace("outputs:", "ouputs:")))
                .hasMessageContaining("ouputs: unknown here (did you mean 'outputs'?)");
        assertThatThrownBy(() -> read(SMALLEST.replace("paths:", "path:")))
                .hasMessageContaining("did you mean 'paths'?");
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirPlaces() {
        InvalidDocumentException refused = catchThrowableOfType(
                InvalidDocumentException.class,
                () -> read(
                        """
                sources:
                  - name: one
                    kafka: { bootstrap-servers: "b:1", start-from: someday }
                  - name: one
                    files: { paths: [ ] }
                  - name: three
                time: { lateness: soon }
                outputs:
                  elasticsearch: { hosts: [ "es:9200" ], username: elastic, batch-size: 0 }
                largest-record: 7
                extra: 1
                """));
        assertThat(refused.problems())
                .extracting(Problem::toString)
                .allMatch(text -> text.matches(".*entrawatch\\.yaml:\\d+:\\d+: (?s:.+)"));
        assertThat(refused.getMessage())
                .contains(
                        "start-from: someday",
                        "either topics or topic-pattern",
                        "one is given twice",
                        "paths",
                        "source three",
                        "lateness: soon",
                        "hosts",
                        "username and password go together",
                        "batch-size: 0",
                        "largest-record: 7",
                        "extra: unknown here");
        assertThat(refused.getMessage()).contains("entrawatch.yaml:7:19: lateness");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> SettingsReader.read(directory.resolve("nowhere.yaml")))
                .hasMessageContaining("nowhere.yaml");
    }

    private static String hub(String connection) {
        return """
                sources:
                  - name: hub
                    tenant: t-3
                    event-hubs:
                      namespace: ns.servicebus.windows.net
                      topics: [ insights-logs-signinlogs ]
                      connection-string: '%s'
                outputs:
                  files: { directory: out }
                """
                .formatted(connection);
    }

    private JobSettings read(String text) {
        Map<String, String> environment = Map.of("PASSWORD", "s3cret", "CONNECTION", CONNECTION);
        return SettingsReader.read(directory.resolve("entrawatch.yaml"), text, environment::get);
    }

    private String in(String path) {
        return directory.resolve(path).toString();
    }
}
