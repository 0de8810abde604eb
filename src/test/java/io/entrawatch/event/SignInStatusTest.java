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
}
