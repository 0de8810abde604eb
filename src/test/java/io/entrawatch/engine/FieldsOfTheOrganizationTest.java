package io.entrawatch.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.testkit.Replay;
import io.entrawatch.yaml.Problems;

import static io.entrawatch.testkit.Logs.LAGOS;
import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;

/** What the organization says reaches rules in the running job, from raw records on. */
class FieldsOfTheOrganizationTest {

    private static final String RULE =
            """
            title: A VIP signs in at night from an untrusted address
            name: vip-at-night
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { user.isVip: 'true', time.business: off-hours, source.isTrusted: 'false' }
              condition: selection
            """;

    @Test
    void aRuleReadsThemOfRawRecords(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("organization.yaml"),
                """
                defaults:
                  vips: [ boss@contoso.example ]
                  egress: [ 192.0.2.0/24 ]
                  business-hours: { from: "09:00", to: "18:00" }
                """);
        Problems problems = new Problems();
        Replay replay = Replay.withShippedDetections()
                .of(OrganizationReader.read(file, problems))
                .and(RULE);
        assertThat(problems.all()).isEmpty();

        // 17:30 in London in winter is 18:30 in Lagos.
        Instant evening = Instant.parse("2026-03-02T17:30:00Z");
        List<JsonNode> alerts = replay.alerts(
                "vip-at-night",
                List.of(
                        signIn("hit", evening, "boss", LAGOS, 0),
                        signIn("clerk", evening, "clerk", LAGOS, 0),
                        signIn("egress", evening.plusSeconds(7200), "boss", LONDON, 0),
                        signIn("by-day", evening.minusSeconds(7200), "boss", LAGOS, 0)));

        assertThat(alerts).singleElement().satisfies(alert -> assertThat(
                        alert.at("/entrawatch/evidence/events/0/id").asText())
                .isEqualTo("hit"));
    }
}
