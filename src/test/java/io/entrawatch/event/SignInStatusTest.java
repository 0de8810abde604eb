package io.entrawatch.event;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SignInStatusTest {

    @ParameterizedTest
    @CsvSource({
        "0, Success",
        "50126, Failure",
        "16000, Interrupted",
        "51005, Interrupted",
        "51004, Failure",
        "70016, Interrupted",
        "70008, Failure"
    })
    void aStepIsNoFailure(String code, String status) {
        assertThat(SignInStatus.of(code)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.0, 0",
        "-0, 0",
        "' 0', 0",
        "00, 0",
        "0e999999999, 0",
        "50126, 50126",
        "50126.0, 50126",
        "5.0126E4, 50126",
        "-1, -1",
        "0.5, 0.5",
        "1e-400, 1e-400",
        "1e999999999, 1e999999999",
        "1e-9999999999, 1e-9999999999",
        "'', ''",
        "-, -",
        "Success, Success"
    })
    void aWholeNumberIsWrittenInOneWay(String written, String code) {
        assertThat(SignInStatus.code(written)).isEqualTo(code);
    }
}
