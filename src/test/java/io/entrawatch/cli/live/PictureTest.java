package io.entrawatch.cli.live;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.rule.Level;

import static org.assertj.core.api.Assertions.assertThat;

class PictureTest {

    private static final Numbers NUMBERS = new Numbers(12_345, 12_340, 2, 3);
    private static final long[] LEVELS = {0, 4, 0, 1_200, 1};

    @Test
    void saysWhatWasReadAndWhatWasFound() {
        assertThat(picture(List.of(alert("mfa-fatigue", "anna@contoso.example: 5 events")))
                        .lines(24, 120, false))
                .containsExactly(
                        "12,345 events, 1,500 a second: 12,340 evaluated, 2 late, 3 dead letters",
                        "1,205 alerts: 1 critical, 1,200 high, 4 low",
                        "",
                        "2026-03-02 12:00:00  high           mfa-fatigue  anna@contoso.example: 5 events",
                        "",
                        "look there");
    }

    @Test
    void withoutAlertsSaysSo() {
        assertThat(picture(List.of()).lines(24, 80, false)).contains("no alert yet");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40, 79, 80})
    void noLineIsLongerThanTheTerminal(int columns) {
        List<SeenAlert> alerts = List.of(alert("mfa-fatigue", "x".repeat(300)), alert("spray", "山".repeat(300)));
        assertThat(picture(alerts).lines(24, columns, false))
                .allMatch(line ->
                        line.length() + line.chars().filter(c -> c == '山').count() <= columns);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8, 12, 24, 60})
    void thePictureIsNotHigherThanTheTerminal(int rows) {
        assertThat(picture(Collections.nCopies(50, alert("mfa-fatigue", "anna")))
                        .lines(rows, 80, false))
                .hasSizeLessThan(Math.max(rows, 7));
    }

    @Test
    void whatALogSaysNeverActsOnTheTerminal() {
        List<SeenAlert> evil = List.of(alert("mfa-fatigue", "evil\u001b[2J\u0007\u009b31m\u202e\n\rnext\u2028"));
        assertThat(picture(evil).lines(24, 120, false))
                .anyMatch(line -> line.endsWith("evil?[2J??31m???next?"))
                .noneMatch(line -> line.codePoints().anyMatch(Character::isISOControl));
    }

    @Test
    void colorsAreOnlyAdded() {
        Picture picture = picture(List.of(alert("highest", "a high price: $0 \\1")));
        List<String> colored = picture.lines(24, 120, true);
        assertThat(colored).anyMatch(line -> line.contains("\u001b[31mhigh\u001b[0m"));
        assertThat(colored.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(picture.lines(24, 120, false));
    }

    private static Picture picture(List<SeenAlert> alerts) {
        return new Picture(NUMBERS, 1_500, LEVELS, alerts, "look there");
    }

    private static SeenAlert alert(String detection, String what) {
        return new SeenAlert("2026-03-02T12:00:00.123Z", Level.HIGH, detection, what);
    }
}
