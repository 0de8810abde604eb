package io.entrawatch.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;

import static org.assertj.core.api.Assertions.assertThat;

/** Alternatives of which some need a list that not every tenant has. */
class AlternativesTest {

    private static final String RULE =
            """
            title: A trial
            logsource: { product: azure, service: signinlogs }
            detection:
              portal: { app: Portal }
              trusted: { conditionalAccessStatus: success }
              known: { userId|expand: '%friends%' }
              other: { userId|expand: '%others%' }
              usual: { time.business: hours }
              quiet: { user.isVip|exists: false }
              condition: CONDITION
            """;

    /** Nothing is shared. */
    private record Lists(Map<String, Map<String, List<String>>> own) implements Placeholders {
        @Override
        public Set<String> tenants() {
            return own.keySet();
        }

        @Override
        public Optional<List<String>> list(String tenant, String name) {
            return Optional.ofNullable(own.getOrDefault(tenant, Map.of()).get(name));
        }

        @Override
        public Optional<List<String>> shared(String name) {
            return Optional.empty();
        }
    }

    private static final Placeholders NOBODYS = new Lists(Map.of());
    private static final Placeholders ONLY_THOSE_OF_A = new Lists(Map.of(
            "a",
            Map.of("friends", List.of("anna"), "business_hours", List.of("mon"), "vips", List.of("boss")),
            "b",
            Map.of()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "portal or not known",
                "[ portal, not known ]",
                "not trusted or not known",
                "portal or not usual",
                "portal or quiet",
                "portal or (trusted and not known)",
                "not (trusted and not (portal or not known))",
                "not (not portal and known)"
            })
    void anAlternativeWithoutItsListDoesNotHold(String condition) {
        Rule nobodys = rule(condition, NOBODYS);
        Rule ofA = rule(condition, ONLY_THOSE_OF_A);
        EntraEvent ordinary = signIn("b", "Mail", "bob");

        assertThat(nobodys.matches(ordinary)).isFalse();
        assertThat(ofA.matches(ordinary)).isFalse();
        assertThat(ofA.matches(signIn("elsewhere", "Mail", "bob"))).isFalse();
        assertThat(ofA.matches(signIn("a", "Mail", "bob"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"portal or not known", "[ portal, not known ]", "portal or not usual", "portal or quiet"})
    void theOtherAlternativeHoldsWithoutTheList(String condition) {
        Rule nobodys = rule(condition, NOBODYS);

        assertThat(nobodys.missingLists()).isEmpty();
        assertThat(nobodys.matches(signIn("b", "Portal", "bob"))).isTrue();
    }

    @Test
    void oneOfTwoListsIsEnough() {
        Rule rule = rule("known or other", ONLY_THOSE_OF_A);

        assertThat(rule.missingLists()).isEmpty();
        assertThat(rule.matches(signIn("a", "Mail", "anna"))).isTrue();
        assertThat(rule.matches(signIn("a", "Mail", "bob"))).isFalse();
        assertThat(rule.matches(signIn("b", "Mail", "anna"))).isFalse();
        assertThat(rule("known or other", NOBODYS).missingLists()).containsExactly("friends", "others");
    }

    @Test
    void missingListsAreInOneOrderWhateverTheMachine() {
        String lists = "app|expand: [ '%e%', '%a%', '%d%', '%c%', '%b%', '%g%', '%f%' ]";
        Rule rule =
                ReadRule.of(ReadRule.selection("signinlogs", lists), NOBODYS).rule();

        assertThat(rule.missingLists()).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(rule.withoutOutline().missingLists()).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void aFieldThatAnotherIsComparedWithNeedsItsList() {
        Rule rule = ReadRule.of(ReadRule.selection("signinlogs", "app|fieldref|neq: time.business"), NOBODYS)
                .rule();

        assertThat(rule.missingLists()).containsExactly("business_hours");
        assertThat(rule.matches(signIn("a", "Mail", "anna"))).isFalse();
    }

    /** Only the selections that the condition names, for others are refused. */
    private static Rule rule(String condition, Placeholders lists) {
        StringBuilder text = new StringBuilder();
        for (String line : RULE.replace("CONDITION", condition).split("\n")) {
            String name = line.strip().split(":")[0];
            boolean selection = line.contains(": {") && line.startsWith("  ");
            text.append(!selection || condition.contains(name) ? line + "\n" : "");
        }
        return ReadRule.of(text.toString(), lists).rule();
    }

    private static EntraEvent signIn(String tenant, String app, String user) {
        EntraEvent event = Events.with(Events.of(LogKind.SIGN_IN, tenant), Field.USER_ID, user);
        EntraEvent trusted = Events.with(event, Field.CONDITIONAL_ACCESS, "success");
        return Events.with(trusted, Field.APP_NAME, app);
    }
}
