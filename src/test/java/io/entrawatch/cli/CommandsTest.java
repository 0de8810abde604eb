package io.entrawatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.ingest.PlaceDatabase;
import io.entrawatch.testkit.Skip;

import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.NOWHERE;
import static io.entrawatch.testkit.Logs.TENANT;
import static io.entrawatch.testkit.Logs.audit;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;

class CommandsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final String GOOD_RULE =
            """
            title: Failed
            name: failed
            logsource: { product: azure, service: signinlogs }
            detection:
              selection:
                Status: Failure
              condition: selection
            """;
    private static final String BROKEN_RULE = GOOD_RULE.replace("condition: selection", "condition: selektion");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aScanWithAlertsIsDoneAndLeavesItsFourFiles() throws Exception {
        Path logs = write("logs.ndjson", created("target", 0), deleted("target", 60), created("target", 0));
        assertThat(scan(logs)).isZero();
        assertThat(lines("alerts.ndjson")).hasSize(1);
        assertThat(MAPPER.readTree(lines("alerts.ndjson").get(0)).at("/rule/id").asText())
                .isEqualTo("short-lived-account");
        assertThat(lines("dead-letters.ndjson")).isEmpty();
        assertThat(lines("late.ndjson")).isEmpty();
        JsonNode summary = summary();
        assertThat(summary.fieldNames())
                .toIterable()
                .containsExactly(
                        "events",
                        "evaluated",
                        "duplicates",
                        "dead_letters",
                        "late",
                        "first_event",
                        "last_event",
                        "alerts",
                        "alerts_by_detection",
                        "repeats_held_back",
                        "events_by_category",
                        "dead_letters_by_reason",
                        "detections_off");
        assertThat(summary.get("events").asInt()).isEqualTo(3);
        assertThat(summary.get("duplicates").asInt()).isEqualTo(1);
        assertThat(summary.get("first_event").asText()).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(summary.get("last_event").asText()).isEqualTo("2026-03-02T12:01:00Z");
        assertThat(summary.at("/alerts_by_detection/short-lived-account").asInt())
                .isEqualTo(1);
        assertThat(summary.at("/events_by_category/AuditLogs").asInt()).isEqualTo(3);
        assertThat(out.toString()).contains("short-lived-account", "3 events: 3 evaluated");
        try (Stream<Path> left = Files.list(results())) {
            assertThat(left).hasSize(4);
        }
    }

    @Test
    void theReportGoesWhereItIsWanted() throws Exception {
        Path report = directory.resolve("new").resolve("report.html");
        Path logs = write("logs.ndjson", created("target", 0), deleted("target", 60));
        assertThat(scan(logs, "--report", report.toString())).isZero();
        assertThat(out.toString()).contains("The report is " + report);
        assertThat(Files.readString(report))
                .contains("<h1>1 alert</h1>", "short-lived-account", "2026-03-02 12:00", "2026-03-02 12:01");
    }

    @Test
    void aReportThatCannotBeAFileIsRefusedBeforeTheScan() throws Exception {
        assertThat(scan(write("logs.ndjson", signInAt("a", 0)), "--report", directory.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--report: " + directory + " is a directory (expected: a file)");
        assertThat(results()).doesNotExist();
    }

    @Test
    @Tag("full")
    void oneProcessHasBuffersForManySubtasks() throws Exception {
        Path logs = write("logs.ndjson", created("target", 0), deleted("target", 60));
        assertThat(run(
                        "scan",
                        logs.toString(),
                        "--parallelism",
                        "8",
                        "--out",
                        results().toString()))
                .isZero();
        assertThat(lines("alerts.ndjson")).hasSize(1);
    }

    @Test
    void ofAScanWithoutEventsNoTimesAreKnown() throws Exception {
        assertThat(scan(write("logs.ndjson", "what"))).isZero();
        assertThat(summary().has("first_event")).isFalse();
    }

    @Test
    void brokenLinesAreCountedAndKept() throws Exception {
        Path logs = write("logs.ndjson", created("target", 0), "{\"broken", signInAt("a", 5), "\"text\"", "what");
        assertThat(scan(logs)).isZero();
        JsonNode summary = summary();
        assertThat(summary.get("events").asInt())
                .isEqualTo(summary.get("evaluated").asInt()
                        + summary.get("dead_letters").asInt()
                        + summary.get("late").asInt());
        assertThat(summary.get("evaluated").asInt()).isEqualTo(2);
        assertThat(lines("dead-letters.ndjson")).hasSize(3).allMatch(line -> line.contains("logs.ndjson"));
    }

    @Test
    void withALatenessWhatComesTooLateIsTold() throws Exception {
        Path logs = write(
                "logs.ndjson",
                signInAt("a", 0),
                signInAt("b", 1),
                signInAt("c", 2),
                signInAt("d", 7200),
                signInAt("in-time", 7200 - 299),
                signInAt("too-late", 7200 - 301));
        assertThat(scan(logs, "--lateness", "5m")).isZero();
        assertThat(lines("late.ndjson")).singleElement().asString().contains("too-late");
        assertThat(summary().get("late").asInt()).isEqualTo(1);
        assertThat(summary().get("evaluated").asInt()).isEqualTo(5);
    }

    @Test
    void recordsThatNameNoTenantAreOfTheOneThatIsGiven() throws Exception {
        Path logs = write(
                "logs.ndjson",
                nameless(created("nameless", 0)),
                nameless(deleted("nameless", 60)),
                created("named", 0),
                deleted("named", 60));
        assertThat(scan(logs, "--tenant", "the-tenant")).isZero();
        assertThat(tenants()).containsExactlyInAnyOrder("the-tenant", TENANT);
        assertThat(scan(logs)).isZero();
        assertThat(tenants()).contains(TENANT).doesNotContain("the-tenant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "a\u0000"})
    void aTenantThatNoRecordMayHaveIsToldBeforeTheScan(String tenant) throws Exception {
        assertThat(scan(write("logs.ndjson", created("target", 0)), "--tenant", tenant))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("--tenant: '")
                .contains("' (expected: the id of a tenant, of at most 1000 characters that can be printed)")
                .hasLineCount(1);
        assertThat(results()).doesNotExist();
    }

    @Test
    void aDatabaseOfPlacesTellsWhereAnAddressIs() throws Exception {
        Path places = new PlaceDatabase(6)
                .put("203.0.113.0/24", PlaceDatabase.city("Paris", "FR", 48.85, 2.35, 20))
                .write(directory.resolve("places.mmdb"));
        Path logs = write("logs.ndjson", signIn("a", NOON, "anna", NOWHERE, 50126));
        Path rules = write("failed.yml", GOOD_RULE);
        assertThat(scan(logs, "--geoip", places.toString(), "--detections", rules.toString()))
                .isZero();
        assertThat(lines("alerts.ndjson")).singleElement().satisfies(alert -> assertThat(
                        MAPPER.readTree(alert).at("/source/geo/city_name").asText())
                .isEqualTo("Paris"));
    }

    private static String nameless(String record) {
        return record.replace("\"tenantId\":\"" + TENANT + "\",", "");
    }

    private List<String> tenants() throws IOException {
        List<String> tenants = new ArrayList<>();
        for (String alert : lines("alerts.ndjson")) {
            tenants.add(MAPPER.readTree(alert).at("/organization/id").asText());
        }
        return tenants;
    }

    @Test
    void withoutALatenessNothingIsLate() throws Exception {
        assertThat(scan(write("logs.ndjson", signInAt("b", 7200), signInAt("a", 0))))
                .isZero();
        assertThat(lines("late.ndjson")).isEmpty();
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(scan(
                        directory.resolve("nowhere.json"),
                        directory.resolve("nor-here.csv").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nowhere.json", "nor-here.csv");
    }

    @Test
    void whatARunShouldReadAndIsNotThereIsToldAtOnce() throws Exception {
        Path conf = write(
                "run.yaml",
                "sources: [ { name: logs, files: { paths: [ no-logs ] } } ]",
                "geoip: no-places.mmdb",
                "outputs: { files: { directory: out } }");
        assertThat(run("run", "--conf", conf.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no-logs", "no-places.mmdb");
    }

    @Test
    void aWrongValueOfFlinksIsToldInOneLine() throws Exception {
        assertThat(runWith("parallelism.default: many")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("flink: Could not parse value 'many' for key 'parallelism.default'.");
    }

    @Test
    void whatFlinkCannotUseWhenTheJobStartsIsToldInOneLine() throws Exception {
        assertThat(runWith("state.backend.type: rockdb, rest.port: 0")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("flink: Could not instantiate configured state backend:"
                        + " Cannot find configured state backend factory class: rockdb");
    }

    @Test
    void aDirectoryOfRulesWithoutARuleIsToldByEveryCommand() throws Exception {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path log = write("log.ndjson", "{}");
        Path conf = write(
                "run.yaml",
                "sources: [ { name: logs, files: { paths: [ . ] } } ]",
                "detections: [ empty ]",
                "outputs: { files: { directory: out } }");
        String told = empty + ":1:1: no rule file (expected: one or more *.yml or *.yaml)";
        assertThat(run("scan", "--detections", empty.toString(), log.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines(told);
        err.getBuffer().setLength(0);
        assertThat(run("rules", "list", "--detections", empty.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(told);
        err.getBuffer().setLength(0);
        assertThat(run("run", "--conf", conf.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(told);
    }

    @Test
    void aPortThatIsTakenIsToldInOneLine() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(runWith("rest.port: " + other.getLocalPort())).isEqualTo(2);
            assertThat(err.toString())
                    .contains(
                            other.getLocalPort() + " (expected: a free port and an address of this machine; rest.port")
                    .doesNotContain("\tat ");
        }
    }

    private int runWith(String flink) throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Path conf = write(
                "run.yaml",
                "sources: [ { name: logs, files: { paths: [ '" + logs + "' ] } } ]",
                "outputs: { files: { directory: out } }",
                "flink: { " + flink + " }");
        return run("run", "--conf", conf.toString());
    }

    @Test
    void aScanOfADirectoryLeavesOutWhatAScanHasWrittenThere() throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Files.writeString(logs.resolve("a.ndjson"), created("target", 0) + "\n");
        Path results = logs.resolve("results");
        for (int i = 0; i < 2; i++) {
            assertThat(run("scan", logs.toString(), "--out", results.toString()))
                    .isZero();
        }
        assertThat(out.toString()).doesNotContain("1 dead letters").contains("1 events: 1 evaluated, 0 dead letters");
    }

    @Test
    void eachFileIsReadOnceWhateverItIsCalled() throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Path file = Files.writeString(logs.resolve("a.ndjson"), created("target", 0) + "\n");
        Path link = Files.createSymbolicLink(directory.resolve("link"), logs);
        for (Path twice : List.of(file, logs, link, logs.resolve("../logs/a.ndjson"))) {
            assertThat(run(
                            "scan",
                            file.toString(),
                            twice.toString(),
                            "--out",
                            results().toString()))
                    .isZero();
            assertThat(summary().get("events").asInt()).as(twice.toString()).isEqualTo(1);
        }
        assertThat(run("scan", link.toString(), "--out", link.resolve("out").toString()))
                .isZero();
        assertThat(run("scan", link.toString(), "--out", link.resolve("out").toString()))
                .isZero();
        assertThat(MAPPER.readTree(logs.resolve("out/summary.json").toFile())
                        .get("events")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatAScanHasWrittenIsNoLogOfTheNextAndIsNotTakenAwayAsOne() throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Files.writeString(logs.resolve("a.ndjson"), created("target", 0) + "\n");
        for (int i = 0; i < 2; i++) {
            assertThat(run("scan", logs.toString(), "--out", logs.toString())).isZero();
            assertThat(MAPPER.readTree(logs.resolve("summary.json").toFile())
                            .get("events")
                            .asInt())
                    .isEqualTo(1);
        }
        Path late = logs.resolve("late.ndjson");
        assertThat(run("scan", late.toString(), "--out", logs.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(late + ": the scan would write its own results there");
        assertThat(late).exists();
    }

    @Test
    void whatIsBelowHiddenDirectoriesIsLeftOut() throws Exception {
        Path logs = Files.createDirectories(directory.resolve("logs/.git")).getParent();
        Files.writeString(logs.resolve(".git/a.ndjson"), created("one", 0));
        Files.writeString(logs.resolve("b.ndjson"), created("two", 0));
        assertThat(scan(logs)).isZero();
        assertThat(summary().get("events").asInt()).isEqualTo(1);
    }

    @Test
    void aNameThatFlinkWouldLoseIsToldBeforeTheScan() throws Exception {
        Path file = write("a\\b.ndjson", created("target", 0));
        assertThat(scan(file)).isEqualTo(2);
        assertThat(err.toString()).contains(file + " (expected: a name without backslashes");
    }

    @Test
    void whatIsNoDatabaseOfPlacesIsToldBeforeTheScan() throws Exception {
        Path logs = write("logs.ndjson", created("target", 0));
        assertThat(scan(logs, "--geoip", logs.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("geoip: " + logs, "expected: a database in MaxMind's format");
        assertThat(results()).doesNotExist();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsToldWithTheReason() throws Exception {
        Path logs = write("logs.ndjson", created("target", 0));
        assertThat(run("scan", logs.toString(), "--out", logs.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--out: " + logs + " cannot be created", "exists and is not a directory");
    }

    @Test
    void aLateCopyOfAnEventMakesNoAlertTwice() throws Exception {
        String invited = audit("invited", NOON, "Invite external user", "guest", "success");
        List<String> lines = new ArrayList<>(List.of(invited));
        for (int hour = 1; hour < 72; hour++) {
            lines.add(signInAt("s" + hour, 3_600 * hour));
        }
        lines.add(invited);
        Path logs = write("logs.ndjson", lines.toArray(String[]::new));
        Path rules = write(
                "invited.yml",
                GOOD_RULE
                        .replace("service: signinlogs", "service: auditlogs")
                        .replace("Status: Failure", "OperationName: Invite external user"));
        assertThat(scan(logs, "--lateness", "5m", "--detections", rules.toString()))
                .isZero();
        assertThat(summary().get("late").asInt()).isEqualTo(1);
        assertThat(lines("alerts.ndjson")).hasSize(1);
        assertThat(summary().at("/alerts_by_detection/failed").asInt()).isEqualTo(1);
    }

    @Test
    void aHiddenFileThatIsNamedIsRead() throws Exception {
        assertThat(scan(write(".hidden.ndjson", created("target", 0)))).isZero();
        assertThat(summary().get("evaluated").asInt()).isEqualTo(1);
    }

    @Test
    void aBrokenRuleIsRefusedWithItsPlace() throws Exception {
        Path rules = write("broken.yml", BROKEN_RULE);
        assertThat(scan(write("logs.ndjson", signInAt("a", 0)), "--detections", rules.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).containsPattern("broken\\.yml:\\d+:\\d+: .*selektion");
    }

    @Test
    void whatIsNoCommandOrNoDurationIsBadUsage() throws Exception {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(scan(write("logs.ndjson", signInAt("a", 0)), "--lateness", "soon"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("soon");
    }

    @Test
    void rulesListShowsTheShippedDetections() throws Exception {
        assertThat(run("rules", "list", "--format", "json")).isZero();
        JsonNode list = MAPPER.readTree(out.toString());
        assertThat(list).allSatisfy(node -> assertThat(node.fieldNames())
                .toIterable()
                .containsExactly("name", "title", "level", "kind", "guide", "enabled", "reason", "file"));
        assertThat(list.findValuesAsText("name"))
                .contains(
                        "short-lived-account", "failed-sign-in-increase", "failed-sign-in-surge", "impossible-travel");
        assertThat(list).allMatch(node -> node.get("guide").size() > 0);
    }

    @Test
    void rulesCheckTellsWhereARuleIsBroken() throws Exception {
        assertThat(run("rules", "check", write("broken.yml", BROKEN_RULE).toString()))
                .isEqualTo(1);
        assertThat(out.toString().lines()).isNotEmpty().allMatch(line -> line.matches(".*broken\\.yml:\\d+:\\d+: .+"));
    }

    @Test
    void rulesCheckSaysNothingOfAGoodRule() throws Exception {
        assertThat(run("rules", "check", write("good.yml", GOOD_RULE).toString()))
                .as(out::toString)
                .isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void oneSeedGivesTheSameFilesAndAnotherGivesOthers() throws Exception {
        Map<String, String> files = generate("one", 7);
        assertThat(files)
                .containsOnlyKeys(
                        "signins.ndjson",
                        "audit.ndjson",
                        "risk.ndjson",
                        "snapshots.ndjson",
                        "azure.ndjson",
                        "labels.ndjson",
                        "organization.yaml");
        assertThat(generate("same", 7)).isEqualTo(files);
        assertThat(generate("other", 8).get("signins.ndjson")).isNotEqualTo(files.get("signins.ndjson"));
    }

    @Test
    void aTenantIsGeneratedFromItsFirstDayAndThePeopleAreSharedOut() throws Exception {
        Path into = directory.resolve("generated");
        assertThat(run(
                        "generate",
                        "--users",
                        "20",
                        "--days",
                        "2",
                        "--tenants",
                        "2",
                        "--start",
                        "2026-01-05",
                        "--out",
                        into.toString()))
                .isZero();
        Set<String> days = new TreeSet<>();
        Set<String> tenants = new TreeSet<>();
        for (String line : Files.readAllLines(into.resolve("signins.ndjson"))) {
            JsonNode record = MAPPER.readTree(line);
            days.add(record.get("time").asText().substring(0, 10));
            tenants.add(record.get("tenantId").asText());
        }
        assertThat(days).contains("2026-01-05", "2026-01-06").first().isEqualTo("2026-01-05");
        assertThat(tenants).hasSize(2);
    }

    @Test
    void controlCharactersOfANameReachNoTerminal() throws Exception {
        String evil = "evil\\u001b[31m\\u0007\\u202e";
        assertThat(scan(write("logs.ndjson", created(evil, 0), deleted(evil, 60))))
                .isZero();
        assertThat(lines("alerts.ndjson")).hasSize(1);
        assertThat(out.toString()).contains("evil?[31m").doesNotContain("\u001b", "\u0007", "\u202e");
    }

    @Test
    void controlCharactersOfAFileReachNoTerminal() throws Exception {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        Files.writeString(logs.resolve("a\\\u001b[31m.ndjson"), "{}");
        Files.writeString(logs.resolve("b\\.ndjson"), "{}");
        assertThat(scan(logs)).isEqualTo(2);
        assertThat(err.toString())
                .contains("a\\?[31m.ndjson (expected")
                .doesNotContain("\u001b")
                .hasLineCount(2);
    }

    @Test
    void anOwnFileIsNotGeneratedOver() throws Exception {
        Path own = write("organization.yaml", "lists: {}");
        assertThat(run("generate", "--out", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(own + ": exists and was not generated (expected: another");
        assertThat(own).hasContent("lists: {}");
    }

    @Test
    void aFullDiskEndsGeneratingWithAMessage() throws Exception {
        Path full = Path.of("/dev/full");
        Skip.unless(Files.isWritable(full), "there is no " + full);
        Path into = Files.createDirectories(directory.resolve("generated"));
        Files.createFile(into.resolve("labels.ndjson"));
        Files.createSymbolicLink(into.resolve("signins.ndjson"), full);
        assertThat(run("generate", "--users", "20", "--days", "8", "--out", into.toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith(into + ": ")
                .contains("what is there is not whole")
                .hasLineCount(1);
    }

    private Map<String, String> generate(String name, int seed) throws IOException {
        Path into = directory.resolve(name);
        assertThat(run("generate", "--users", "20", "--days", "8", "--seed", "" + seed, "--out", into.toString()))
                .isZero();
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> written = Files.list(into)) {
            for (Path file : written.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private int scan(Path logs, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "scan",
                logs.toString(),
                "--parallelism",
                "1",
                "--out",
                results().toString()));
        all.addAll(Arrays.asList(more));
        return run(all.toArray(String[]::new));
    }

    private int run(String... args) {
        return EntrawatchCli.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private Path results() {
        return directory.resolve("out");
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(results().resolve(file));
    }

    private JsonNode summary() throws IOException {
        return MAPPER.readTree(results().resolve("summary.json").toFile());
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private static String signInAt(String id, int second) {
        return signIn(id, NOON.plusSeconds(second), "anna", LONDON, 0);
    }

    private static String created(String account, int second) {
        return audit("c", NOON.plusSeconds(second), "Add user", account, "success");
    }

    private static String deleted(String account, int second) {
        return audit("d", NOON.plusSeconds(second), "Delete user", account, "success");
    }
}
