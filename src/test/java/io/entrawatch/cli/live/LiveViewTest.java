package io.entrawatch.cli.live;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiveViewTest {

    private final StringWriter out = new StringWriter();
    private long now;

    @Test
    void aLogGetsALineEachMinute() {
        LiveView view = view(false);
        for (int second = 1; second <= 150; second++) {
            now = TimeUnit.SECONDS.toNanos(second);
            view.show(new Numbers(second * 100L, second * 100L, 0, 0));
        }
        view.end();
        assertThat(out.toString().lines())
                .containsExactly(
                        "6,000 events, 100 a second: 6,000 evaluated, 0 late, 0 dead letters; 0 alerts",
                        "12,000 events, 100 a second: 12,000 evaluated, 0 late, 0 dead letters; 0 alerts");
    }

    @Test
    void aTerminalGetsAPictureInItsPlace() {
        LiveView view = view(true);
        view.show(Numbers.NONE);
        int height = (int) out.toString().lines().count();
        assertThat(out.toString()).doesNotContain("\u001b[" + height + "A");
        view.show(Numbers.NONE);
        assertThat(out.toString()).contains("\u001b[" + height + "A\r\u001b[J");
        view.end();
        assertThat(out.toString()).endsWith("\u001b[" + height + "A\r\u001b[J");
    }

    @Test
    void aJobThatBeginsAgainHasNoRateBelowZero() {
        LiveView view = view(true);
        view.show(new Numbers(1_000, 1_000, 0, 0));
        now = TimeUnit.SECONDS.toNanos(1);
        view.show(new Numbers(10, 10, 0, 0));
        assertThat(out.toString()).contains("10 events, 0 a second").doesNotContain("-");
    }

    private LiveView view(boolean drawing) {
        return new LiveView(new PrintWriter(out, true), new NewestAlerts(), "look there", drawing, () -> now);
    }
}
