package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.entrawatch.testkit.Logs.LONDON;
import static io.entrawatch.testkit.Logs.TENANT;
import static io.entrawatch.testkit.Logs.signIn;
import static org.assertj.core.api.Assertions.assertThat;

class ExplainCommandTest {

    private static final String RULES =
            """
            title: Counted
            name: counted
            %s
            correlation: { %s, rules: [ failed ], timespan: 1h, group-by: [ deviceDetail.displayName ] }
            ---
            title: Failed
            name: failed
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { Status: Failure }
              condition: selection
            """;
    private static final String COUNTING = "type: event_count, condition: { gte: 2 }";

    @TempDir
    private Path directory;

    private final Commands commands = new Commands();
    private Path record;

    @BeforeEach
    void writeRecord() throws IOException {
        record = write("record.ndjson", record(TENANT));
    }

    private static String record(String tenant) {
        return signIn(
                tenant,
                "in-1",
                Instant.parse("2026-03-02T12:00:00Z"),
                "ann",
                LONDON,
                50126,
                "\"deviceDetail\":{\"displayName\":\"LAPTOP-7\"}");
    }

    @Test
    void theGroupsOfADetectionThatIsOffAreToldAsOfOneThatIsOn() throws Exception {
        String line = "group by deviceDetail.displayName: 'LAPTOP-7'";
        assertThat(explain(RULES.formatted("enabled: true", COUNTING))).contains(line);
        assertThat(explain(RULES.formatted("enabled: false", COUNTING))).contains("counted is off", line);
    }

    @Test
    void aCountedValueThatIsMissingIsTold() throws Exception {
        String counting = "type: value_count, condition: { gte: 2, field: %s }";
        assertThat(explain(RULES.formatted("", counting.formatted("crossTenantAccessType"))))
                .contains("value crossTenantAccessType: absent, so that it is passed by");
        assertThat(explain(RULES.formatted("", counting.formatted("ipAddress"))))
                .contains("value ipAddress: '" + LONDON.address() + "'");
        assertThat(explain(RULES.formatted("", COUNTING))).doesNotContain("value ");
    }

    @Test
    void aValueThatIsMissingIsNotSeenForTheFirstTime() throws Exception {
        assertThat(explain(RULES.formatted("", "type: first_seen, field: crossTenantAccessType, learning: 7d")
                        .replace(", timespan: 1h", "")))
                .contains("value crossTenantAccessType: absent, so that it is passed by");
    }

    @Test
    void recordsThatNameNoTenantAreOfTheOneThatIsGiven() throws Exception {
        record = write("nameless.ndjson", record("").replace("\"tenantId\":\"\",", ""));
        Path organization = write(
                "organization.yaml",
                "tenants:\n- { id: tenant-a, lists: { own_devices: [ LAPTOP-7 ] } }\n- { id: tenant-b }\n");
        String rules = RULES.formatted("", COUNTING)
                .replace("{ Status: Failure }", "{ deviceDetail.displayName|expand: '%own_devices%' }");
        assertThat(explain(rules, "--organization", organization)).contains("the tenant has no such list: no");
        assertThat(explain(rules, "--organization", organization, "--tenant", "tenant-a"))
                .contains("failed: yes");
    }

    @Test
    void aMissingListIsCalledAsTheOrganizationHasIt() throws Exception {
        String rules = RULES.formatted("", COUNTING);
        assertThat(explain(
                        rules.replace("Status: Failure", "deviceDetail.displayName|expand: '%approved_user_admins%'")))
                .contains("off, without a list approved-user-admins");
        assertThat(explain(rules.replace("Status: Failure", "deviceDetail.displayName|expand: '%own_devices%'")))
                .contains("off, without a list own_devices");
    }

    @Test
    void whatIsNoDatabaseOfPlacesIsRefused() throws Exception {
        Path rules = write("rules.yml", RULES.formatted("", COUNTING));
        assertThat(commands.run(
                        "rules", "explain", "counted", "--event", record, "--detections", rules, "--geoip", record))
                .isEqualTo(2);
        assertThat(commands.err()).contains("geoip: " + record);
    }

    @Test
    void aFileWithoutRecordsIsTold() throws Exception {
        record = write("empty.ndjson", "");
        assertThat(explain(RULES.formatted("", COUNTING))).contains("no record in " + record);
    }

    private String explain(String rules, Object... more) throws IOException {
        Object[] arguments = new Object[7 + more.length];
        Object[] first = {"rules", "explain", "counted", "--event", record, "--detections", write("rules.yml", rules)};
        System.arraycopy(first, 0, arguments, 0, 7);
        System.arraycopy(more, 0, arguments, 7, more.length);
        assertThat(commands.run(arguments)).as(commands.err()).isZero();
        return commands.out();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
