package io.entrawatch.rule;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HollowTest {

    private static final String RULE =
            """
            title: A trial
            logsource: { product: azure, service: signinlogs }
            detection:
              a: { %s }
              b: { %s }
              condition: %s
            """;

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '#',
            value = {
                "ResultType: 0 # ResultType: 50126 # a and b",
                "ResultType: 0, status.errorCode: 1 # app: x # a or (a and b)",
                "ResultType: 0, app: x # app: x, ResultType: 50126 # a and b",
                "Status: Failure # Status: success # a and b",
                "ResultType|gt: 9 # ResultType|lt: 3 # a and b",
                "ResultType|gt: 3 # ResultType|lte: 3 # a and b",
                "ResultType|gt: 9 # ResultType: 0 # b and a",
                "ResultType: 0, app: x # app: y # a and b and not a"
            })
    void whatAsksForTwoValuesOfOneCanNeverMatch(String a, String b, String condition) {
        assertThat(Hollow.of(rule(a, b, condition))).hasValue("condition: can never match");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '#',
            value = {
                "ResultType: 0 # ResultType: 50126 # a or b",
                "ResultType: 0 # ResultType: 50126 # a and not b",
                "ResultType: 0 # app: x # a and b",
                "Status: Failure # Status: failure # a and b",
                "Status: Failure # Status: User did not respond # a and b",
                "Status: User did not respond # Status: failure # not a or not b",
                "ResultType|gte: 3 # ResultType|lte: 3 # a and b",
                "ResultType|gt: 3 # ResultType|lt: 10 # a and b",
                "ResultType|gt: 9 # ResultType: 50126 # a and b",
                "riskEventTypes_v2: x # riskEventTypes_v2: y # a and b"
            })
    void whatARecordMayHaveIsNotTold(String a, String b, String condition) {
        assertThat(Hollow.of(rule(a, b, condition))).isEmpty();
    }

    private static Rule rule(String a, String b, String condition) {
        return ReadRule.of(RULE.formatted(a, b, condition)).rule();
    }
}
