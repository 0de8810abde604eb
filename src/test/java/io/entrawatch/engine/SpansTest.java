package io.entrawatch.engine;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpansTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, less than a second",
        "PT0.999S, less than a second",
        "PT1S, 1 s",
        "PT59S, 59 s",
        "PT10M, 10 min",
        "PT10M1S, 10 min 1 s",
        "PT1H, 1 h",
        "PT1H30S, 1 h",
        "PT2H5M, 2 h 5 min",
        "P1D, 1 d",
        "P1DT59M, 1 d",
        "P1DT1H, 1 d 1 h"
    })
    void partsThatAreZeroAreLeftOut(Duration span, String words) {
        assertThat(Spans.words(span)).isEqualTo(words);
    }
}
