package io.entrawatch.cli.live;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.entrawatch.rule.Level;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalTest {

    private static final String RED = "\u001b[31mhigh\u001b[0m";

    @Test
    void colorsAreThereUnlessTheEnvironmentAsksForNone() {
        assertThat(drawn(Map.of("TERM", "xterm"))).contains(RED);
        assertThat(drawn(Map.of("TERM", "xterm", "NO_COLOR", ""))).contains(RED);
        assertThat(drawn(Map.of("TERM", "xterm", "NO_COLOR", "1"))).doesNotContain("\u001b");
        assertThat(drawn(Map.of("TERM", "dumb"))).doesNotContain("\u001b");
    }

    private static String drawn(Map<String, String> environment) {
        StringWriter out = new StringWriter();
        SeenAlert alert = new SeenAlert("2026-03-02T12:00:00Z", Level.HIGH, "mfa-fatigue", "anna");
        Picture picture =
                new Picture(new Numbers(1, 1, 0, 0), 1, new long[] {0, 0, 0, 1, 0}, List.of(alert), "look there");
        new Terminal(new PrintWriter(out), environment).draw(picture);
        return out.toString();
    }
}
