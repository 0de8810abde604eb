package io.entrawatch.detection.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.rule.Events;
import io.entrawatch.rule.Rule;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

class FiltersTest {

    private static final String RULE =
            """
            title: Mail
            name: mail
            id: 00000000-0000-4000-8000-000000000001
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { app: Mail }
              condition: selection
            """;
    private static final String FILTER =
            """
            ---
            title: Not from the office
            logsource: { product: azure, service: signinlogs }
            filter:
              rules: %s
              office: { ipAddress|cidr: 192.0.2.0/24 }
              condition: not office
            """;

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    @Test
    void aFilterIsOneMoreConditionOfItsRules() throws IOException {
        for (String rules : List.of(
                "[ mail ]", "[ MAIL ]", "any", "[ any ]", "all", "[]", "[ 00000000-0000-4000-8000-000000000001 ]")) {
            Rule rule = mail(read(RULE + FILTER.formatted(rules)));
            assertThat(rule.matches(from("203.0.113.5"))).isTrue();
            assertThat(rule.matches(from("192.0.2.5"))).isFalse();
            assertThat(rule.fields()).contains(Field.IP_ADDRESS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  rules:\n"})
    void aFilterThatSaysNothingOfRulesIsTold(String rules) throws IOException {
        read(RULE + FILTER.replace("  rules: %s\n", rules));
        assertThat(messages()).containsExactly("rules: missing (expected: the names of the rules to filter, or any)");
    }

    @Test
    void aFilterOfAnUnknownRuleIsTold() throws IOException {
        read(RULE + FILTER.formatted("[ mails ]"));
        assertThat(messages()).containsExactly("rules: there is no rule 'mails' (did you mean 'mail'?)");
    }

    @Test
    void aFilterOfACorrelationIsTold() throws IOException {
        read(RULE + FILTER.formatted("[ password-spray ]"));
        assertThat(messages()).containsExactly("rules: password-spray is a correlation (expected: a rule)");
    }

    @Test
    void aFilterOnAnotherLogIsTold() throws IOException {
        read(RULE + FILTER.formatted("[ mail ]").replace("signinlogs", "auditlogs"));
        assertThat(messages()).containsExactly("rules: mail is on service signinlogs (expected: auditlogs)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short-lived-account", "Short-Lived-Account"})
    void aDocumentMaySwitchADetectionOff(String name) throws IOException {
        Catalogue catalogue = read("name: " + name + "\nenabled: false\n");

        assertThat(messages()).isEmpty();
        assertThat(offBecause("short-lived-account", catalogue))
                .isEqualTo("switched off in " + directory.resolve("rules.yml"));
    }

    @Test
    void aRuleThatItsAuthorsCallUnsupportedIsOffUntilSomebodySwitchesItOn() throws IOException {
        String rule = "status: unsupported\n" + RULE;

        assertThat(offBecause("mail", read(rule))).isEqualTo("its status is unsupported");
        assertThat(offBecause("mail", read(rule + "---\nname: mail\nenabled: true\n")))
                .isNull();
        assertThat(offBecause("mail", read("status: deprecated\n" + RULE))).isNull();
        assertThat(messages()).isEmpty();
    }

    @Test
    void aSwitchForNothingIsTold() throws IOException {
        read("name: short-lived-acount\nenabled: false\n");
        assertThat(messages())
                .containsExactly(
                        "name: there is no detection short-lived-acount (did you mean 'short-lived-account'?)");
    }

    @Test
    void aSwitchForAFilterIsTold() throws IOException {
        String filter = FILTER.formatted("[ mail ]").replace("filter:", "name: not-from-office\nfilter:");
        read(RULE + filter + "---\nname: not-from-office\nenabled: false\n");
        assertThat(messages())
                .containsExactly("name: not-from-office is a filter and cannot be switched (expected: the name of a"
                        + " detection)");
    }

    @Test
    void aSwitchForWhatIsOnlyAPartIsTold() throws IOException {
        read("name: account-created\nenabled: false\n");
        assertThat(messages())
                .containsExactly("name: account-created is only a part of others and cannot be switched by itself"
                        + " (expected: the name of a detection)");
    }

    private Catalogue read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yml"), text);
        return CatalogueReader.read(List.of(file), Organization.UNKNOWN, problems);
    }

    private static @Nullable String offBecause(String name, Catalogue catalogue) {
        return catalogue.entries().stream()
                .filter(entry -> entry.detection().name().equals(name))
                .findFirst()
                .orElseThrow()
                .offBecause();
    }

    private List<String> messages() {
        return problems.all().stream().map(Problem::message).toList();
    }

    private Rule mail(Catalogue catalogue) {
        assertThat(messages()).isEmpty();
        return catalogue.find("mail").orElseThrow().rules().get(0);
    }

    private static EntraEvent from(String address) {
        return Events.with(Events.from("Mail"), Field.IP_ADDRESS, address);
    }
}
