package io.entrawatch.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.yaml.InvalidDocumentException;
import io.entrawatch.yaml.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Mistakes that would only show as restarts without end, or as silence: each is one problem with its place. */
class SettingsMistakesTest {

    private static final String PLANTED = "planted-7d1e09";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bootstrap-servers: kafka.contoso.example     | kafka.contoso.example (expected: hosts with their ports",
                "bootstrap-servers: 'a:9092, b'               | b (expected: hosts with their ports",
                "bootstrap-servers: '${env:BROKERS}'          | ${env:BROKERS} (expected: hosts with their ports",
                "topics: [ 'a b' ]                            | a b (expected: letters, digits",
                "topics: [ '..' ]                             | .. (expected: letters, digits",
                "topics: [ '' ]                               | an empty name",
                "group-id: ''                                 | empty (expected: a text)",
                "properties: { bootstrap.servers: 'a:1' }     | is not set here (expected: bootstrap-servers)",
                "properties: { group.id: mine }               | is not set here (expected: group-id)",
                "properties: { auto.offset.reset: latest }    | is not set here (expected: start-from)",
                "properties: { partition.discovery.interval.ms: 5 } | is not set here (expected: discovery)",
            })
    void ofASourceOfKafka(String setting, String problem) {
        assertProblem(source("kafka", "bootstrap-servers: b:1\ntopics: [ t ]", setting), setting, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "namespace: 'sb://contoso.servicebus.windows.net/' | (expected: a host such as contoso.servicebus",
                "namespace: 'contoso.servicebus.windows.net:9093'  | (expected: a host such as contoso.servicebus",
                "consumer-group: ''                                | empty (expected: a text)",
                "properties: { bootstrap.servers: 'a:1' }          | is not set here (expected: namespace)",
                "properties: { group.id: mine }                    | is not set here (expected: consumer-group)",
            })
    void ofASourceOfEventHubs(String setting, String problem) {
        String hub = "namespace: ns.example\ntopics: [ t ]\nconnection-string: '${env:SECRET}'";
        assertProblem(source("event-hubs", hub, setting), setting, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topic: ''                               | an empty name",
                "topic: 'a b'                            | a b (expected: letters, digits",
                "dead-letter-topic: ''                   | an empty name",
                "late-topic: a/b                         | a/b (expected: letters, digits",
                "health-topic: ''                        | an empty name",
                "delivery: twice                         | twice (expected: at-least-once, exactly-once)",
                "bootstrap-servers: kafka                | kafka (expected: hosts with their ports",
                "transactional-id-prefix: ''             | empty (expected: a text)",
                "properties: { transactional.id: mine }  | is not set here (expected: transactional-id-prefix)",
            })
    void ofTheOutputToKafka(String setting, String problem) {
        assertProblem(output("kafka", "bootstrap-servers: b:1", setting), setting, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ca-file: ''               | empty (expected: a text)",
                "api-key: '${file:empty}'  | the file empty is empty (expected: a secret)",
                "api-key: '${env:EMPTY}'   | the environment variable EMPTY is empty (expected: a secret)",
                "api-key: '${file:two}'    | not one line of plain letters",
                "api-key: x${env:SECRET}   | a secret written out",
            })
    void ofTheOutputToElasticsearch(String setting, String problem) throws IOException {
        Files.writeString(directory.resolve("empty"), "\n");
        Files.writeString(directory.resolve("two"), PLANTED + "\nnext: " + PLANTED);
        assertProblem(output("elasticsearch", "hosts: [ 'https://es:9200' ]", setting), setting, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "organization: ''                | empty (expected: a text)",
                "geoip: ''                       | empty (expected: a text)",
                "time: { lateness: 99999999w }   | 99999999w (expected: at most 7d)",
                "time: { skew: 8d }              | 8d (expected: at most 7d)",
                "time: { idleness: 0s }          | longer than none",
                "flink: { metrics.reporter.dghttp.apikey: written-out }         | a secret written out",
                "flink: { fs.azure.sas.fixed.token.contoso: written-out }       | a secret written out",
            })
    void ofTheWhole(String setting, String problem) {
        assertProblem(setting + "\n" + source("files", "paths: [ logs ]", ""), setting, problem);
    }

    /** Each would be a directory below that of the settings, with alerts in it that nobody looks for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "detections: [ 'https://contoso.example/rules' ] | https://contoso.example/rules",
                "organization: s3://contoso/organization.yaml    | s3://contoso/organization.yaml",
                "geoip: file:/opt/geoip/city.mmdb                | file:/opt/geoip/city.mmdb",
            })
    void anAddressIsNoPath(String setting, String address) {
        assertProblem(setting + "\n" + source("files", "paths: [ logs ]", ""), setting, notAnAddress(address));
    }

    @Test
    void anAddressIsNoPathOfASourceOrAnOutput() {
        String paths = "paths: [ logs, 'file:///data/logs' ]";
        assertProblem(source("files", paths, ""), paths, notAnAddress("file:///data/logs"));
        String directory = "directory: abfss://alerts@contoso.example/out";
        assertProblem(output("files", directory, ""), directory, notAnAddress("abfss://alerts@contoso.example/out"));
        String caFile = "ca-file: file:///opt/ca.pem";
        assertProblem(
                output("elasticsearch", "hosts: [ 'https://es:9200' ]", caFile),
                caFile,
                notAnAddress("file:///opt/ca.pem"));
    }

    private static String notAnAddress(String address) {
        return address + " (expected: a path of this machine, not an address)";
    }

    @Test
    void aColonMayBeInAPath() {
        JobSettings settings = read(source("files", "paths: [ 'logs/09:15', 'c:/logs' ]", ""));
        SourceSettings.Files files = (SourceSettings.Files) settings.sources().get(0);
        assertThat(files.paths())
                .containsExactly(
                        directory.resolve("logs/09:15").toString(),
                        directory.resolve("c:/logs").toString());
    }

    @Test
    void aPatternThatIsEmptyIsNone() {
        String settings = source("kafka", "bootstrap-servers: b:1\ntopic-pattern: ''", "");
        assertProblem(settings, "topic-pattern: ''", "empty (expected: a text)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"tenant: '' | empty (expected: a text)", "tenant: \"a\\tb\" | (expected: the id of a"})
    void aTenantThatNoRecordMayHaveIsRefused(String tenant, String problem) {
        String settings = source("files", "paths: [ logs ]", "").replace("name: bus", "name: bus\n    " + tenant);
        assertProblem(settings, tenant, problem);
    }

    @Test
    void namesThatAreOneInMetricsAreRefused() {
        String two =
                "sources:\n  - { name: a.b, files: { paths: [ x ] } }\n  - { name: a-b, files: { paths: [ y ] } }\n";
        assertProblem(
                two + "outputs: { files: { directory: out } }\n", "name", "a-b and a.b have one name in metrics: a_b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module required username=\"${env:SECRET}\" password=\"written-out\";",
                "module required username='${env:SECRET}' password = 'written-out';",
                "module required clientId=\"${env:SECRET}\" clientSecret=\"written-out\";",
            })
    void aPasswordBesideAReferenceIsWrittenOut(String jaas) {
        String properties = "properties: { sasl.jaas.config: '" + jaas.replace("'", "''") + "' }";
        assertProblem(
                source("kafka", "bootstrap-servers: b:1\ntopics: [ t ]", properties),
                properties,
                "a secret written out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module required username=\"u\" password=\"Endpoint=sb://ns/;SharedAccessKey=${file:pw}\";",
                "com.sun.security.auth.module.Krb5LoginModule required keyTab=\"/etc/k\" principal=\"watcher\";",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;"
            })
    void jaasThatHoldsNoSecretIsTaken(String jaas) throws IOException {
        Files.writeString(directory.resolve("pw"), "key");
        JobSettings settings = read(source(
                "kafka", "bootstrap-servers: b:1\ntopics: [ t ]", "properties: { sasl.jaas.config: '" + jaas + "' }"));
        SourceSettings.Kafka kafka = (SourceSettings.Kafka) settings.sources().get(0);
        assertThat(kafka.properties().get("sasl.jaas.config").reveal()).isEqualTo(jaas.replace("${file:pw}", "key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:${file:pw}", "Bearer ${file:pw}"})
    void aReferenceMayStandBesideAName(String text) throws IOException {
        Files.writeString(directory.resolve("pw"), "key");
        JobSettings settings = read(source(
                "kafka", "bootstrap-servers: b:1\ntopics: [ t ]", "properties: { my.password: '" + text + "' }"));
        SourceSettings.Kafka kafka = (SourceSettings.Kafka) settings.sources().get(0);
        assertThat(kafka.properties().get("my.password").reveal()).isEqualTo(text.replace("${file:pw}", "key"));
    }

    @Test
    void aPasswordMayHoldWhatJaasQuotesWith() throws IOException {
        Files.writeString(directory.resolve("pw"), "\uFEFFa\"b\\c d\n");
        String jaas = "module required username=\"watcher\" password=\"${file:pw}\";";
        JobSettings settings = read(source(
                "kafka",
                "bootstrap-servers: '[::1]:9092,SASL_SSL://b:9093'\ntopics: [ t ]",
                "properties: { sasl.jaas.config: '" + jaas + "' }"));
        SourceSettings.Kafka kafka = (SourceSettings.Kafka) settings.sources().get(0);
        assertThat(kafka.properties().get("sasl.jaas.config").reveal())
                .isEqualTo("module required username=\"watcher\" password=\"a\\\"b\\\\c d\";");
    }

    @Test
    void theLinesEndOfAnEnvironmentIsNoPartOfAKey() {
        JobSettings settings = read(output("elasticsearch", "hosts: [ 'https://es:9200' ]", "api-key: '${env:LINE}'"));
        assertThat(settings.outputs().elasticsearch().apiKey().reveal()).isEqualTo(PLANTED);
    }

    @Test
    void settingsThatAreNotUtf8AreToldSo() throws IOException {
        Path file = Files.write(directory.resolve("g.yaml"), "# f\u00fcr".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SettingsReader.read(file))
                .hasMessageContaining("g.yaml cannot be read: it is not valid UTF-8");
    }

    @Test
    void whatDoesNotExistIsToldSo() {
        Path file = directory.resolve("missing.yaml");
        assertThatThrownBy(() -> SettingsReader.read(file))
                .hasMessage("settings: " + file + " cannot be read: does not exist");
        assertThatThrownBy(() ->
                        read(output("elasticsearch", "hosts: [ 'https://es:9200' ]", "api-key: '${file:no-such-key}'")))
                .hasMessageContaining("the file no-such-key cannot be read: does not exist");
    }

    private static String source(String kind, String needed, String setting) {
        return """
                sources:
                  - name: bus
                    %s:
                %s
                outputs: { files: { directory: out } }
                """
                .formatted(kind, settings(8, needed, setting));
    }

    private static String output(String kind, String needed, String setting) {
        return """
                sources: [ { name: files, files: { paths: [ logs ] } } ]
                outputs:
                  %s:
                %s
                """
                .formatted(kind, settings(6, needed, setting));
    }

    /** What is needed, with a setting in the place of the same or behind it. */
    private static String settings(int indent, String needed, String setting) {
        String name = setting.replaceAll("(?s):.*", ":");
        List<String> others = needed.lines()
                .filter(line -> setting.isEmpty() || !line.startsWith(name))
                .toList();
        return (String.join("\n", others) + "\n" + setting).indent(indent);
    }

    private void assertProblem(String settings, String setting, String problem) {
        InvalidDocumentException refused = catchThrowableOfType(InvalidDocumentException.class, () -> read(settings));
        assertThat(refused).as(settings).isNotNull();
        assertThat(refused.problems())
                .extracting(Problem::toString)
                .singleElement()
                .satisfies(text -> {
                    assertThat(text)
                            .matches("(?s).*entrawatch\\.yaml:\\d+:\\d+: .+")
                            .contains(problem);
                    assertThat(setting).contains(text.replaceAll("(?s).*yaml:\\d+:\\d+: ([^:]+):.*", "$1"));
                });
        assertThat(refused.getMessage()).doesNotContain(PLANTED).doesNotContain("written-out");
    }

    private JobSettings read(String text) {
        Map<String, String> environment = Map.of("SECRET", "s3cret", "EMPTY", " \n", "LINE", PLANTED + "\n");
        return SettingsReader.read(directory.resolve("entrawatch.yaml"), text, environment::get);
    }
}
