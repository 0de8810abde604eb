package io.entrawatch.engine;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Replay;

import static io.entrawatch.testkit.Logs.LONDON;
import static org.assertj.core.api.Assertions.assertThat;

/** What rules of a user's own find in raw records, in the running job. */
class MatchedRecordsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void aLetterThatIsWrittenOtherwiseAtTheEndOfAWordIsFound() {
        Replay replay = rule("signinlogs", "s: { userAgent: 'οδοσ' }", "s");

        assertThat(found(replay, signIn("\"userAgent\":\"ΟΔΟΣ\""))).isTrue();
        assertThat(found(replay, signIn("\"userAgent\":\"οδος\""))).isTrue();
        assertThat(found(replay, signIn("\"userAgent\":\"ΟΔΟΙ\""))).isFalse();
    }

    private static boolean found(Replay replay, String record) {
        return !replay.alerts("trial", List.of(record)).isEmpty();
    }

    private static Replay rule(String service, String selections, String condition) {
        return Replay.of(
                """
                title: A trial
                name: trial
                logsource: { product: azure, service: %s }
                detection:
                  %s
                  condition: %s
                """
                        .formatted(service, selections, condition));
    }

    private static String signIn(String more) {
        return Logs.signIn(Logs.TENANT, "s1", NOON, "ann", LONDON, 0, more);
    }
}
