package io.entrawatch.generate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The generated logs are what their labels say, of any number of people and from any day on. */
class GeneratorTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final Set<String> NO_FAILURES = Set.of("0", "50140", "50097", "50074", "50155", "50158");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {20, 200, 300, 400, 900})
    void tenPercentMoreAreExactlyThat(int users) throws Exception {
        generate(users, 15, 1, MONDAY);
        List<JsonNode> exact = read("labels.ndjson").stream()
                .filter(label -> label.get("what").asText().equals("exactly 10 % more"))
                .toList();
        assertThat(exact).hasSize(1);
        LocalDate day = dayOf(exact.get(0).get("from").asText());
        assertThat(10 * failuresOn(day)).isEqualTo(11 * failuresOn(day.minusDays(7)));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 900})
    void theSmallAttackIsOneShortOfASurge(int users) throws Exception {
        generate(users, 15, 1, MONDAY);
        JsonNode small = read("labels.ndjson").stream()
                .filter(label -> label.get("what").asText().equals("one wrong password less than it takes"))
                .findFirst()
                .orElseThrow();
        assertThat(failuresOn(dayOf(small.get("from").asText()))).isEqualTo(49);
    }

    @Test
    void aSurgeIsAboutItsGroupAndWhoFailedThatDay() throws Exception {
        generate(20, 15, 1, MONDAY);
        List<JsonNode> surges = read("labels.ndjson").stream()
                .filter(label -> label.get("detection").asText().startsWith("failed-sign-in-surge"))
                .toList();
        assertThat(surges)
                .hasSize(8)
                .extracting(label -> label.get("group").asText())
                .contains("GB", "50126", surges.get(0).get("tenant").asText());
        for (JsonNode label : surges) {
            Set<String> failed =
                    addressesOfWrongPasswordsOn(dayOf(label.get("from").asText()));
            failed.add("203.0.113.0/24");
            assertThat(label.get("about")).extracting(JsonNode::asText).containsExactlyInAnyOrderElementsOf(failed);
        }
    }

    @Test
    void thePlaysAreInTheFirstWeekWhicheverDayItBegins() throws Exception {
        generate(20, 15, 1, MONDAY);
        int fromMonday = read("labels.ndjson").size();
        for (int later = 1; later < 5; later++) {
            generate(20, 15, 1, MONDAY.plusDays(later));
            assertThat(read("labels.ndjson")).as("from day " + later).hasSizeGreaterThan(fromMonday - 10);
        }
        generate(20, 6, 1, MONDAY.plusDays(1));
        assertThat(read("labels.ndjson")).hasSizeGreaterThan(100);
    }

    @Test
    void theOrganizationForbadeOldClientsBeforeTheLogsAndRestsOnNoDayOfThem() throws Exception {
        generate(20, 15, 1, LocalDate.of(2025, 12, 22));
        assertThat(Files.readString(directory.resolve("organization.yaml")))
                .contains("legacy-auth-disabled-since: 2025-11-06", "holidays: { ALL: [ \"12-20\" ] }");
    }

    @Test
    void nothingHappensAfterTheLastDay() throws Exception {
        generate(5, 1, 3, MONDAY);
        assertThat(read("signins.ndjson"))
                .isNotEmpty()
                .allMatch(record ->
                        record.at("/properties/createdDateTime").asText().compareTo("2026-03-03") < 0);
    }

    @Test
    void noMachineEndsTheLinesInItsOwnWay() throws Exception {
        // Files.write asks for it once and for all, so that only a JVM of its own shows the difference.
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Dline.separator=\r\n",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.entrawatch.cli.EntrawatchCli",
                        "generate",
                        "--users",
                        "5",
                        "--days",
                        "1",
                        "--out",
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(directory.resolve("labels.ndjson")))
                .endsWith("}\n")
                .doesNotContain("\r");
    }

    @Test
    void aSessionIsRenewedWithoutAPassword() throws Exception {
        generate(20, 15, 1, MONDAY);
        List<JsonNode> renewals = read("signins.ndjson").stream()
                .filter(record ->
                        record.at("/properties/incomingTokenType").asText().equals("primaryRefreshToken"))
                .toList();
        assertThat(renewals).isNotEmpty().allSatisfy(record -> {
            assertThat(record.at("/resultType").asText()).isEqualTo("0");
            assertThat(record.at("/properties/authenticationDetails/0/succeeded")
                            .asBoolean())
                    .isTrue();
            assertThat(record.at("/properties/authenticationDetails/0/authenticationMethod")
                            .asText())
                    .isEqualTo("Previously satisfied");
        });
    }

    @Test
    void anActivationNamesTheRoleFirst() throws Exception {
        generate(20, 15, 1, MONDAY);
        List<JsonNode> activations = read("audit.ndjson").stream()
                .filter(record -> record.get("operationName").asText().endsWith("(PIM activation)"))
                .toList();
        assertThat(activations).isNotEmpty().allSatisfy(record -> {
            assertThat(record.at("/properties/id").asText()).startsWith("PIM_");
            assertThat(record.at("/properties/targetResources"))
                    .extracting(target -> target.get("type").asText())
                    .containsExactly("Role", "Request", "User", "Directory", "Other");
        });
    }

    private void generate(int users, int days, long seed, LocalDate start) throws Exception {
        new Generator(users, days, seed, 1, start).write(directory);
    }

    private long failuresOn(LocalDate day) throws Exception {
        Set<String> seen = new HashSet<>();
        String then = "\"createdDateTime\":\"" + day;
        try (Stream<String> lines = Files.lines(directory.resolve("signins.ndjson"))) {
            for (String line : lines.filter(line -> line.contains(then)).toList()) {
                JsonNode record = MAPPER.readTree(line);
                if (!NO_FAILURES.contains(record.get("resultType").asText())) {
                    seen.add(record.at("/properties/id").asText());
                }
            }
        }
        return seen.size();
    }

    /** Of the plan; plays are in the first week. */
    private Set<String> addressesOfWrongPasswordsOn(LocalDate day) throws Exception {
        Set<String> addresses = new HashSet<>();
        for (JsonNode record : read("signins.ndjson")) {
            if (record.at("/properties/createdDateTime").asText().startsWith(day.toString())
                    && record.get("resultType").asText().equals("50126")) {
                addresses.add(record.at("/properties/ipAddress").asText());
            }
        }
        return addresses;
    }

    private static LocalDate dayOf(String time) {
        return Instant.parse(time).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private List<JsonNode> read(String file) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(file))) {
            records.add(MAPPER.readTree(line));
        }
        return records;
    }
}
