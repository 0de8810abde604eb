package io.entrawatch.detection;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ThresholdTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "GTE, false, true, true",
        "GT, false, false, true",
        "LTE, true, true, false",
        "LT, true, false, false",
        "EQ, false, true, false",
        "NEQ, true, false, true"
    })
    void holdsBelowAtAndAboveItsNumber(Threshold.Operator operator, boolean below, boolean at, boolean above) {
        Threshold five = new Threshold(operator, 5);
        assertThat(five.holds(4)).isEqualTo(below);
        assertThat(five.holds(5)).isEqualTo(at);
        assertThat(five.holds(6)).isEqualTo(above);
    }
}
