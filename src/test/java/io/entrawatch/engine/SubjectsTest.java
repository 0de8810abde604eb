package io.entrawatch.engine;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.entrawatch.detection.Step;
import io.entrawatch.event.EventSummary;

import static org.assertj.core.api.Assertions.assertThat;

class SubjectsTest {

    @Test
    void theIdOfTheEventIsLeftOut() {
        assertThat(subject("anna@contoso.example", "id-of-anna", "event-7")).isEqualTo("anna@contoso.example");
    }

    @Test
    void whereAllElseIsTheEventItSaysWhoDidIt() {
        assertThat(subject("anna@contoso.example", "event-7")).isEqualTo("anna@contoso.example");
        assertThat(subject(null, "event-7")).isEqualTo("a sign-in");
    }

    @Test
    void otherIdsStay() {
        assertThat(subject("anna@contoso.example", "id-of-anna", "event-8")).isEqualTo("anna@contoso.example, event-8");
    }

    private static String subject(@Nullable String user, String... group) {
        Key key = Key.of("trial", "tenant" + Step.SEPARATOR + String.join(String.valueOf(Step.SEPARATOR), group));
        EventSummary event = new EventSummary(
                "event-7",
                0,
                "tenant",
                "SignInLogs",
                "a sign-in",
                null,
                "id-of-anna",
                user,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return Subjects.of(
                new Observation(key, 0, 0, false, event.id(), PackedEvent.of(event), null, null, Map.of(), null));
    }
}
