package io.entrawatch.detection;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.rule.Events;
import io.entrawatch.rule.ReadRule;
import io.entrawatch.rule.Rule;

import static org.assertj.core.api.Assertions.assertThat;

class StepTest {

    private static final Rule RULE =
            (Rule) ReadRule.of("title: A trial\nlogsource: { product: azure, service: signinlogs }\n"
                            + "detection: { selection: { app: x }, condition: selection }\n")
                    .documents()
                    .get(0);

    private static final Step.OfRule BY_NETWORK =
            new Step.OfRule(RULE, List.of(Field.NETWORK_TYPE), List.of(Field.NETWORK_TYPE));

    @Test
    void aListMakesAGroupOfEachOfItsValuesThatIsNotEmpty() {
        assertThat(groups("", "trusted", "", "named")).containsExactly("trusted", "named");
        assertThat(groups("", "")).isEmpty();
        assertThat(groups("")).isEmpty();
        assertThat(groups("trusted")).containsExactly("trusted");
    }

    @Test
    void severalListsMakeAGroupOfEachPair() {
        Step.OfRule step = new Step.OfRule(RULE, List.of(Field.NETWORK_TYPE, Field.DEVICE_ID), List.of());
        EntraEvent event = Events.with(network("a", "", "b"), Field.DEVICE_ID, "1", "2");

        assertThat(step.groups(event)).containsExactly(key("a", "1"), key("a", "2"), key("b", "1"), key("b", "2"));
    }

    @Test
    void severalNamesOfOneThingMakeOneGroup() {
        Step.OfRule step = new Step.OfRule(RULE, List.of(Field.USER, Field.STATUS), List.of());
        EntraEvent event = Events.with(Events.signIn(), Field.USER, "id-of-ann", "ann@contoso.example");

        assertThat(step.groups(Events.with(event, Field.STATUS, "Failure", "MFA denied; user declined")))
                .containsExactly(key("id-of-ann", "Failure"));
    }

    @Test
    void noRecordMakesMoreThan250Groups() {
        String[] many = new String[251];
        Arrays.setAll(many, i -> "n-" + i);

        assertThat(groups(many)).hasSize(250).endsWith("n-249");
    }

    @Test
    void anEmptyTextIsNoValue() {
        assertThat(BY_NETWORK.value(network(""))).isNull();
        assertThat(BY_NETWORK.value(network("", "trusted"))).isEqualTo("trusted");
        assertThat(BY_NETWORK.value(Events.signIn())).isNull();
    }

    private static List<String> groups(String... values) {
        int tenant = key("").length();
        return Arrays.stream(BY_NETWORK.groups(network(values)))
                .map(key -> key.substring(tenant))
                .toList();
    }

    private static String key(String... values) {
        return Events.TENANT + Step.SEPARATOR + String.join(String.valueOf(Step.SEPARATOR), values);
    }

    private static EntraEvent network(String... values) {
        return Events.with(Events.signIn(), Field.NETWORK_TYPE, values);
    }
}
