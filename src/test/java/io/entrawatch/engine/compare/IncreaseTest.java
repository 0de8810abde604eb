package io.entrawatch.engine.compare;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.alert.Alert;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.engine.Operators;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;
import io.entrawatch.testkit.Replay;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class IncreaseTest {

    private static final double THREE_DEVIATIONS = 0.0013498980316301;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 2",
        "7, 8",
        "9, 10",
        "10, 12",
        "33, 37",
        "100, 111",
        "1000, 1101",
        "1000000, 1100001",
        "9000000000, 9900000001"
    })
    void tenPercentMoreIsNotYetMoreThanTenPercent(long baseline, long needed) {
        assertThat(Increase.moreThan(baseline, 0.1)).isEqualTo(needed);
    }

    @Test
    void noShareOfASmallNumberIsRoundedWrongly() {
        for (int percent = 0; percent <= 300; percent++) {
            for (long baseline = 0; baseline <= 400; baseline++) {
                long exact = baseline * (100 + percent) / 100 + 1;
                assertThat(Increase.moreThan(baseline, percent / 100.0))
                        .as("%d + %d %%", baseline, percent)
                        .isEqualTo(exact);
            }
        }
    }

    @Test
    void theLiteralRuleFollowsTheGuide() {
        IncreaseDetection literal = shipped("failed-sign-in-increase");
        assertThat(needed(literal, 100L, List.of(100L))).isEqualTo(111);
        assertThat(needed(literal, 0L, List.of(0L))).isEqualTo(literal.minimum());
        assertThat(Increase.over(literal, null, List.of(100L))).isNull();
    }

    @Test
    void anEarlierDayOfLessThanHalfTheUsualIsSuspect() {
        Increase increase = Increase.over(shipped("failed-sign-in-surge"), 10L, List.of(10L, 100L, 100L, 100L));
        assertThat(increase.baselineSuspect()).isTrue();
        assertThat(increase.median()).isEqualTo(100);
        assertThat(increase.needed()).isGreaterThan(130);
        assertThat(Increase.over(shipped("failed-sign-in-increase"), 10L, List.of(10L, 100L, 100L, 100L))
                        .needed())
                .isEqualTo(12);
    }

    @Test
    void halfTheUsualIsNotYetSuspect() {
        for (String name : List.of("failed-sign-in-surge", "failed-sign-in-increase")) {
            assertThat(Increase.over(shipped(name), 50L, List.of(50L, 100L, 100L, 100L))
                            .baselineSuspect())
                    .isFalse();
            assertThat(Increase.over(shipped(name), 49L, List.of(49L, 100L, 100L, 100L))
                            .baselineSuspect())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAlertSaysWhenTheEarlierDayMayBeIncomplete(boolean hasTheDayBefore) throws Exception {
        try (var harness = Operators.comparing()) {
            Instant lastWeek = Operators.MONDAY.minus(Duration.ofDays(7));
            if (hasTheDayBefore) {
                compare(harness, Observation.PRESENCE, lastWeek.minus(Duration.ofDays(1)));
            }
            for (int i = 0; i < 20; i++) {
                compare(harness, 0, lastWeek.plusSeconds(i));
            }
            for (int i = 0; i < 23; i++) {
                compare(harness, 0, Operators.MONDAY.plusSeconds(i));
            }
            assertThat(harness.extractOutputValues()).singleElement().satisfies(alert -> assertThat(
                            alert.evidence().notes().containsKey("baseline_incomplete"))
                    .isNotEqualTo(hasTheDayBefore));
        }
    }

    private static void compare(
            KeyedOneInputStreamOperatorTestHarness<Key, Observations, Alert> harness, int step, Instant at)
            throws Exception {
        Observation seen = Operators.step("failed-sign-in-increase", "", step, "e-" + at, at);
        harness.processElement(Operators.record(Observations.of(seen), at.toEpochMilli()));
    }

    @ParameterizedTest
    @CsvSource({"at-least: 500, 500", "more-by: 300, 400", "deviations: 6, 221"})
    void aRuleMaySayWhatIsSignificant(String said, long needed) throws IOException {
        IncreaseDetection surge = surge("significance: { " + said + " }");
        assertThat(needed(surge, 100L, List.of(100L))).isEqualTo(needed);
        assertThat(needed(surge(""), 100L, List.of(100L))).isLessThan(needed);
    }

    private IncreaseDetection surge(String significance) throws IOException {
        Path file = Files.writeString(
                directory.resolve("surge.yml"),
                """
                title: A surge
                name: a-surge
                level: low
                correlation:
                  type: increase
                  rules: [ failed ]
                  verdict: significant
                  %s
                ---
                title: Failed
                name: failed
                logsource: { product: azure, service: signinlogs }
                detection: { selection: { ResultType: 50126 }, condition: selection }
                """
                        .formatted(significance));
        Problems problems = new Problems();
        Catalogue catalogue = CatalogueReader.read(List.of(file), Organization.UNKNOWN, problems);
        problems.throwIfAny();
        return (IncreaseDetection) catalogue.find("a-surge").orElseThrow();
    }

    @Test
    void aWeekdayThatVariesTakesMore() {
        IncreaseDetection surge = shipped("failed-sign-in-surge");
        long steady = needed(surge, 200L, List.of(200L, 200L, 200L, 200L));
        long varying = needed(surge, 200L, List.of(200L, 120L, 290L, 180L));
        assertThat(varying).isGreaterThan(steady);
    }

    @Test
    void theDayOfAnAttackDoesNotHideTheNextOne() {
        IncreaseDetection surge = shipped("failed-sign-in-surge");
        long usual = needed(surge, 200L, List.of(200L, 200L, 200L));
        assertThat(needed(surge, 200L, List.of(200L, 10_000L, 200L, 200L))).isEqualTo(usual);
        Increase after = Increase.over(surge, 10_000L, List.of(10_000L, 200L, 200L, 200L));
        assertThat(after.baselineSuspect()).isTrue();
        assertThat(after.needed()).isEqualTo(usual);
    }

    @Test
    void anAlertAfterTheDayOfAnAttackSaysWhatIsUsual() throws Exception {
        try (var harness = Operators.comparing()) {
            for (int weeks = 4; weeks >= 0; weeks--) {
                for (int i = 0; i < (weeks == 1 ? 400 : weeks == 0 ? 150 : 60); i++) {
                    Instant at =
                            Operators.MONDAY.minus(Duration.ofDays(7L * weeks)).plusSeconds(i);
                    Observation failure = Operators.step("failed-sign-in-surge", "", 0, "f-" + at, at);
                    harness.processElement(Operators.record(Observations.of(failure), at.toEpochMilli()));
                }
            }
            Alert last = harness.extractOutputValues()
                    .get(harness.extractOutputValues().size() - 1);
            assertThat(last.reason())
                    .contains("more than 10 % above the 60 on such a day; the 400 on 2026-02-23 stand out");
            assertThat(last.evidence().facts().get("increase_percent")).isGreaterThan(10);
            assertThat(last.evidence().observed()).isLessThan(150);
        }
    }

    @Test
    void threeTimesTheUsualIsNoAttackYetAndTwoDaysSayNothing() {
        IncreaseDetection surge = shipped("failed-sign-in-surge");
        assertThat(Increase.over(surge, 600L, List.of(600L, 200L, 200L)).baselineSuspect())
                .isFalse();
        assertThat(Increase.over(surge, 601L, List.of(601L, 200L, 200L)).baselineSuspect())
                .isTrue();
        assertThat(Increase.over(surge, 10_000L, List.of(10_000L, 200L)).baselineSuspect())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 5, 10, 20, 30, 35, 40, 45, 49})
    void smallCountsAreDecidedExactly(long baseline) {
        long count = Math.max(50, baseline + 20);
        while (exactTail(count, baseline).compareTo(BigDecimal.valueOf(THREE_DEVIATIONS)) > 0) {
            count++;
        }
        assertThat(needed(shipped("failed-sign-in-surge"), baseline, List.of(baseline)))
                .isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(longs = {50, 51, 75, 100, 163, 250, 500, 1_000, 5_000, 20_000, 100_000})
    void largeCountsAreDecidedByDeviations(long baseline) {
        List<List<Long>> histories = List.of(
                List.of(baseline),
                List.of(baseline, baseline, baseline, baseline),
                List.of(baseline, baseline + baseline / 3, baseline - baseline / 4),
                List.of(baseline, baseline + 1));
        for (List<Long> history : histories) {
            double dispersion = dispersion(history);
            long count = Math.max(50, baseline + 20);
            while (count - 1.1 * baseline < 3 * Math.sqrt(dispersion * (count + 1.21 * baseline))) {
                count++;
            }
            assertThat(needed(shipped("failed-sign-in-surge"), baseline, history))
                    .as("%d after %s", baseline, history)
                    .isEqualTo(count);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.15865525393146",
        "-1, 0.84134474606854",
        "1.959963984540054, 0.025",
        "3, 0.0013498980316301",
        "6, 9.865876450377e-10"
    })
    void theNormalTailIsThatOfTheTables(double z, double tail) {
        assertThat(Probability.normalTail(z)).isCloseTo(tail, within(tail * 1e-8));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.5, 1",
        "5, 10, 0.5, 0.623046875",
        "10, 10, 0.5, 0.0009765625",
        "1, 3, 0.25, 0.578125",
        "0, 0, 0.5, 1",
        "500, 1000, 0.5, 0.51261250908"
    })
    void theBinomialTailIsThatOfTheTables(long successes, long trials, double probability, double tail) {
        assertThat(Probability.binomialTail(successes, trials, probability)).isCloseTo(tail, within(1e-10));
    }

    /** P(X >= count) for count + baseline trials, each of chance 1.1 / 2.1, as a fraction of whole numbers. */
    private static BigDecimal exactTail(long count, long baseline) {
        int trials = (int) (count + baseline);
        BigInteger sum = BigInteger.ZERO;
        for (int k = (int) count; k <= trials; k++) {
            sum = sum.add(
                    choose(trials, k).multiply(BigInteger.valueOf(11).pow(k)).multiply(BigInteger.TEN.pow(trials - k)));
        }
        BigInteger all = BigInteger.valueOf(21).pow(trials);
        return new BigDecimal(sum).divide(new BigDecimal(all), MathContext.DECIMAL64);
    }

    private static BigInteger choose(int n, int k) {
        BigInteger chosen = BigInteger.ONE;
        for (int i = 1; i <= k; i++) {
            chosen = chosen.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
        }
        return chosen;
    }

    private static double dispersion(List<Long> history) {
        if (history.size() < 2) {
            return 1;
        }
        double mean = history.stream().mapToLong(x -> x).average().orElseThrow();
        double squares =
                history.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        return Math.max(1, squares / (history.size() - 1) / mean);
    }

    private static long needed(IncreaseDetection detection, long baseline, List<Long> history) {
        return Increase.over(detection, baseline, history).needed();
    }

    private static IncreaseDetection shipped(String name) {
        return (IncreaseDetection)
                Replay.catalogue(Organization.UNKNOWN).find(name).orElseThrow();
    }
}
