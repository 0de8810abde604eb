package io.entrawatch.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

/** Sums, averages and percentiles within sliding spans, through the whole job. */
class ReckonedValuesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final String RULES = correlation("sum", "value_sum", "gte: 60")
            + correlation("average", "value_avg", "gte: 20")
            + correlation("median", "value_median", "gte: 20")
            + correlation("upper-quarter", "value_percentile", "gte: 30, percentile: 75")
            + correlation("seven-of-a-hundred", "value_percentile", "gte: 20, percentile: 7")
            + correlation("all-but-the-highest", "value_percentile", "gte: 30")
            + """
            title: Any sign-in
            name: any
            logsource: { product: azure, service: signinlogs }
            detection: { selection: { ResultType: 0 }, condition: selection }
            """;

    private static final String TWENTY = "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 ";

    private static final String SEVEN = "1 1 1 1 1 1 1 ";
    private static final String TEN_HIGH = "20 20 20 20 20 20 20 20 20 20";

    /** With seven low ones a hundred. */
    private static final String MANY = TEN_HIGH + " " + TEN_HIGH + " " + TEN_HIGH + " " + TEN_HIGH + " " + TEN_HIGH
            + " " + TEN_HIGH + " " + TEN_HIGH + " " + TEN_HIGH + " " + TEN_HIGH + " 20 20 20";

    private static List<JsonNode> alerts;

    private static String correlation(String name, String type, String condition) {
        return """
               title: %1$s
               name: %1$s
               correlation:
                 type: %2$s
                 rules: [ any ]
                 timespan: 1h
                 condition: { field: autonomousSystemNumber, %3$s }
               ---
               """
                .formatted(name, type, condition);
    }

    /** The values of each case are those of a tenant of its own, so that one run decides all. */
    @BeforeAll
    static void replay() {
        List<String> lines = new ArrayList<>();
        for (String values : List.of(
                "10 20 30",
                "10 20 29",
                "10 29 20",
                "10 29 19",
                "10 30",
                "10 29",
                "10 20 29 30",
                SEVEN + MANY,
                SEVEN + MANY + " 20",
                TWENTY + "30",
                TWENTY + "30 30",
                balanced(499),
                balanced(500))) {
            lines.addAll(signIns(values));
        }
        alerts = Replay.of(RULES).scan(lines).documents();
    }

    @ParameterizedTest
    @CsvSource({
        "sum, 10 20 30, 1, 60",
        "sum, 10 20 29, 0,",
        "average, 10 20 30, 1, 20",
        "average, 10 20 29, 0,",
        "median, 10 29 20, 1, 20",
        "median, 10 29 19, 0,",
        "median, 10 30, 1, 20",
        "median, 10 29, 0,",
        "upper-quarter, 10 20 30, 1, 30",
        "upper-quarter, 10 20 29 30, 0,",
        "seven-of-a-hundred, " + SEVEN + MANY + ", 0,",
        "seven-of-a-hundred, " + SEVEN + MANY + " 20, 1, 20",
        "all-but-the-highest, " + TWENTY + "30, 0,",
        "all-but-the-highest, " + TWENTY + "30 30, 1, 30"
    })
    void aSpanIsReckonedWithAnewOnEachEvent(String detection, String values, int count, Double observed) {
        List<JsonNode> found = of(detection, values);
        assertThat(found).hasSize(count).allSatisfy(alert -> {
            assertThat(alert.at("/entrawatch/evidence/observed").asDouble()).isEqualTo(observed);
            assertThat(alert.at("/entrawatch/evidence").has("approximate")).isFalse();
        });
    }

    /** Values of failures, which are those to be outnumbered, have an F. */
    @ParameterizedTest
    @CsvSource({
        "value_sum, F1 F1 100, 1",
        "value_sum, F1000 1 1, 0",
        "value_sum, F100 100, 0",
        "value_sum, F100 101, 1",
        "value_avg, F50 F50 99, 1",
        "value_avg, F50 F50 49 49 49, 0",
        "value_median, F1 F1 F90 20, 1",
        "value_median, F30 20 20, 0",
        "value_avg, -5, 1",
        "value_avg, F-4 -5, 0"
    })
    void whatIsOutnumberedComesToLess(String type, String values, int count) {
        String rules = correlation("more", type, "gte: -10, lte: 1000")
                        .replace("rules: [ any ]", "rules: [ any ]\n  outnumbering: [ failed ]")
                + RULES.substring(RULES.lastIndexOf("title: Any sign-in"))
                + "---\n"
                + RULES.substring(RULES.lastIndexOf("title: Any sign-in"))
                        .replace("any", "failed")
                        .replace("ResultType: 0", "ResultType: 50126");
        List<String> lines = new ArrayList<>();
        for (String value : values.split(" ")) {
            boolean failed = value.startsWith("F");
            String more = "\"isInteractive\":true,\"autonomousSystemNumber\":" + value.replace("F", "");
            Instant at = NOON.plusSeconds(lines.size());
            lines.add(Logs.signIn(Logs.TENANT, "o" + lines.size(), at, "anna", Logs.LONDON, failed ? 50126 : 0, more));
        }
        assertThat(Replay.of(rules).scan(lines).documents()).hasSize(count);
    }

    @Test
    void whatJavaAloneTakesForANumberIsNone() {
        String sum =
                correlation("sum-of-names", "value_sum", "gte: 0").replace("autonomousSystemNumber", "appDisplayName")
                        + RULES.substring(RULES.lastIndexOf("title: Any sign-in"));
        List<String> lines = new ArrayList<>();
        for (String value : List.of("12d", "12f", "0x1p3", "NaN", "Infinity", " 7 ", "1e999", "1-2", "1e", ".", "")) {
            lines.add(named(lines.size(), "none", value));
        }
        for (String value : List.of("12", "-2", "+0.5", "2.5E-1", "1e1")) {
            lines.add(named(lines.size(), "all", value));
        }

        assertThat(Replay.of(sum).scan(lines).documents()).singleElement().satisfies(alert -> {
            assertThat(alert.at("/organization/id").asText()).isEqualTo("all");
            assertThat(alert.at("/entrawatch/evidence/observed").asDouble()).isEqualTo(12);
        });
        String reached = sum.replace("gte: 0", "gte: 20.75");
        assertThat(Replay.of(reached).scan(lines).documents()).singleElement().satisfies(alert -> assertThat(
                        alert.at("/entrawatch/evidence/observed").asDouble())
                .isEqualTo(20.75));
    }

    private static String named(int second, String tenant, String app) {
        String record = Logs.signIn(
                tenant, "n" + second, NOON.plusSeconds(second), "anna", Logs.LONDON, 0, "\"isInteractive\":true");
        return record.replace("\"appDisplayName\":\"Office\"", "\"appDisplayName\":\"" + app + "\"");
    }

    /** The lower half comes first, and of more than 1,000 values it is the oldest that goes. */
    @Test
    void ofMoreThanAThousandValuesAnAlertSaysThatItIsApproximate() {
        assertThat(of("median", balanced(499))).singleElement().satisfies(alert -> assertThat(
                        alert.at("/entrawatch/evidence").has("approximate"))
                .isFalse());
        assertThat(of("median", balanced(500))).singleElement().satisfies(alert -> assertThat(
                        alert.at("/entrawatch/evidence/approximate").asText())
                .isEqualTo("older events were discarded"));
    }

    /** So many low values, and one more of high ones: with the last of them the median is high. */
    private static String balanced(int low) {
        return String.join(
                " ",
                IntStream.rangeClosed(0, 2 * low)
                        .mapToObj(i -> i < low ? "1" : "20")
                        .toList());
    }

    private static List<String> signIns(String values) {
        List<String> lines = new ArrayList<>();
        for (String value : values.split(" ")) {
            String more = "\"isInteractive\":true,\"autonomousSystemNumber\":" + value;
            String id = "s" + lines.size();
            Instant at = NOON.plusSeconds(lines.size());
            lines.add(Logs.signIn(tenant(values), id, at, "anna", Logs.LONDON, 0, more));
        }
        return lines;
    }

    private static List<JsonNode> of(String detection, String values) {
        return alerts.stream()
                .filter(alert -> alert.at("/rule/id").asText().equals(detection))
                .filter(alert -> alert.at("/organization/id").asText().equals(tenant(values)))
                .toList();
    }

    private static String tenant(String values) {
        return "tenant-" + Integer.toHexString(values.hashCode());
    }
}
