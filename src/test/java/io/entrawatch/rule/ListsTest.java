package io.entrawatch.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;

import static org.assertj.core.api.Assertions.assertThat;

class ListsTest {

    private static final String NOT_APPROVED =
            """
            title: A trial
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { userId: '*' }
              approved: { app|expand: '%approved%' }
              condition: selection and not approved
            """;

    /** Lists of tenants, and those of all others; a tenant has only what is said of it. */
    private record Lists(Map<String, Map<String, List<String>>> own, Map<String, List<String>> others)
            implements Placeholders {
        @Override
        public Set<String> tenants() {
            return own.keySet();
        }

        @Override
        public Optional<List<String>> list(String tenant, String name) {
            return Optional.ofNullable(own.getOrDefault(tenant, others).get(name));
        }

        @Override
        public Optional<List<String>> shared(String name) {
            return Optional.ofNullable(others.get(name));
        }
    }

    @Test
    void aListStandsForAnyOfItsValues() {
        ReadRule read = expand("app|expand: '%approved%'", shared("one", "tw*"));

        assertThat(read.matches(Events.from("ONE"))).isTrue();
        assertThat(read.matches(Events.from("two"))).isTrue();
        assertThat(read.matches(Events.from("three"))).isFalse();
    }

    @Test
    void aTextMayStandBesideAList() {
        ReadRule read = expand("app|expand: [ '%approved%', three ]", shared("one"));

        assertThat(read.matches(Events.from("one"))).isTrue();
        assertThat(read.matches(Events.from("three"))).isTrue();
        assertThat(read.matches(Events.from("four"))).isFalse();
    }

    @Test
    void aListMayStandWithinAText() {
        ReadRule read = expand("app|expand: 'pre-%approved%-post'", shared("one"));

        assertThat(read.matches(Events.from("pre-one-post"))).isTrue();
        assertThat(read.matches(Events.from("one"))).isFalse();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "'\\%plain%approved%', %plainone",
        "'%approved%100\\%', one100%",
        "'100\\%', 100%",
        "'\\%approved\\%', %approved%",
        "'a\\\\%approved%', a\\one"
    })
    void aPercentSignBehindABackslashIsPlain(String value, String app) {
        ReadRule read = expand("app|expand: '" + value + "'", shared("one"));

        assertThat(read.matches(Events.from(app))).isTrue();
        assertThat(read.matches(Events.from("one"))).isFalse();
    }

    @Test
    void otherModifiersHoldForEveryValueOfAList() {
        assertThat(expand("app|contains|expand: '%approved%'", shared("ne", "wo"))
                        .matches(Events.from("two")))
                .isTrue();
        assertThat(expand("app|contains|all|expand: '%approved%'", shared("one", "two"))
                        .matches(Events.from("two")))
                .isFalse();
        assertThat(expand("app|contains|all|expand: '%approved%'", shared("one", "two"))
                        .matches(Events.from("one, two")))
                .isTrue();
    }

    @Test
    void everyTenantHasItsOwnList() {
        Placeholders lists = new Lists(
                Map.of("a", Map.of("approved", List.of("one")), "b", Map.of("approved", List.of("two"))),
                Map.of("approved", List.of("three")));
        ReadRule read = expand("app|expand: '%approved%'", lists);

        assertThat(read.matches(in("a", "one"))).isTrue();
        assertThat(read.matches(in("a", "two"))).isFalse();
        assertThat(read.matches(in("a", "three"))).isFalse();
        assertThat(read.matches(in("b", "two"))).isTrue();
        assertThat(read.matches(in("other", "three"))).isTrue();
        assertThat(read.matches(in("other", "one"))).isFalse();
    }

    @Test
    void aListOfBlocksIsSearchedForAnAddress() {
        ReadRule read = expand(
                "ipAddress|cidr|expand: '%blocks%'",
                new Lists(Map.of(), Map.of("blocks", List.of("192.0.2.0/25", "2001:db8::/32", "198.51.100.7"))));

        assertThat(read.matches(Events.with(Events.signIn(), Field.IP_ADDRESS, "192.0.2.127")))
                .isTrue();
        assertThat(read.matches(Events.with(Events.signIn(), Field.IP_ADDRESS, "2001:db8:1::1")))
                .isTrue();
        assertThat(read.matches(Events.with(Events.signIn(), Field.IP_ADDRESS, "192.0.2.128")))
                .isFalse();
        assertThat(read.matches(Events.with(Events.signIn(), Field.IP_ADDRESS, "contoso.example")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipAddress|expand: '%approved%'", "ipAddress|expand: [ '::ffff:192.0.2.7', '%approved%' ]"})
    void anAddressOfAListMayBeWrittenInAnyWay(String line) {
        ReadRule read = expand(line, shared("2001:0db8::1", "::ffff:192.0.2.7"));

        for (String address : List.of("2001:db8::1", "192.0.2.7")) {
            assertThat(read.matches(Events.with(Events.signIn(), Field.IP_ADDRESS, address)))
                    .isTrue();
        }
        assertThat(read.matches(Events.with(Events.signIn(), Field.IP_ADDRESS, "2001:db8::2")))
                .isFalse();
    }

    @Test
    void aListOfAddressesIsComparedWithOtherFieldsAsItIsWritten() {
        ReadRule read = expand(
                "{ ipAddress|expand: '%approved%', app|expand: '%approved%' }", shared("2001:0db8::1", "2001:db8::2"));
        EntraEvent written = Events.from("2001:0DB8::1");

        assertThat(read.matches(Events.with(written, Field.IP_ADDRESS, "2001:db8::1")))
                .isTrue();
        assertThat(read.matches(Events.with(Events.from("2001:db8::1"), Field.IP_ADDRESS, "2001:db8::1")))
                .isFalse();
    }

    @Test
    void aFieldOfTheOrganizationNeedsItsListAsAPlaceholderDoes() {
        String line = "user.isVip: 'false'";
        Rule nobody = expand(line, new Lists(Map.of(), Map.of())).rule();
        Rule one = expand(line, new Lists(Map.of("a", Map.of("vips", List.of("x"))), Map.of()))
                .rule();

        assertThat(nobody.missingLists()).containsExactly("vips");
        assertThat(one.missingLists()).isEmpty();
        assertThat(one.matches(ordinary("a"))).isTrue();
        assertThat(one.matches(ordinary("b"))).isFalse();
    }

    private static EntraEvent ordinary(String tenant) {
        EntraEvent event = Events.with(Events.of(LogKind.SIGN_IN, tenant), Field.USER_ID, "u");
        return Events.with(event, Field.USER_IS_VIP, "false");
    }

    @Test
    void aTenantThatGaveItsListUpDoesNotGetTheSharedOne() {
        Placeholders lists = new Lists(Map.of("a", Map.of()), Map.of("approved", List.of("three")));

        assertThat(expand("app|expand: '%approved%'", lists).matches(in("a", "three")))
                .isFalse();
    }

    @Test
    void aRuleWhoseListNobodyHasNamesIt() {
        Rule rule = ReadRule.of(NOT_APPROVED).rule();

        assertThat(rule.missingLists()).containsExactly("approved");
        assertThat(rule.matches(in("a", "anything"))).isFalse();
    }

    @Test
    void aNegatedListDoesNotFireOnEverythingWhereATenantLacksIt() {
        Placeholders lists = new Lists(Map.of("a", Map.of("approved", List.of("one")), "b", Map.of()), Map.of());
        Rule rule = ReadRule.of(NOT_APPROVED, lists).rule();

        assertThat(rule.missingLists()).isEmpty();
        assertThat(rule.matches(in("a", "two"))).isTrue();
        assertThat(rule.matches(in("a", "one"))).isFalse();
        assertThat(rule.matches(in("b", "two"))).isFalse();
        assertThat(rule.matches(in("other", "two"))).isFalse();
    }

    @Test
    void aWrongValueInAListIsToldAtTheRule() {
        assertThat(expand("ipAddress|cidr|expand: '%approved%'", shared("10.0.0.0/8", "ten"))
                        .problem())
                .startsWith("trial.yml:5:28: cidr: ten (expected: a block of addresses")
                .endsWith(" in %approved%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%approved", "%%", "%one%-%two%"})
    void aValueThatNamesNoListIsRefused(String value) {
        assertThat(expand("app|expand: '" + value + "'", shared("one")).problem())
                .isEqualTo("trial.yml:5:17: expand: '" + value + "' (expected: one %list%)");
    }

    private static ReadRule expand(String line, Placeholders lists) {
        return ReadRule.of(ReadRule.selection("signinlogs", line), lists);
    }

    private static Placeholders shared(String... values) {
        return new Lists(Map.of(), Map.of("approved", List.of(values)));
    }

    private static EntraEvent in(String tenant, String app) {
        EntraEvent event = Events.with(Events.of(LogKind.SIGN_IN, tenant), Field.USER_ID, "somebody");
        return Events.with(event, Field.APP_NAME, app);
    }
}
