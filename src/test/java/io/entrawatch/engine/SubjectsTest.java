package io.entrawatch.engine;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.entrawatch.detection.Step;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.PackedEvent;
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

    @Test
    void aValueIsNoLongerThanAnybodyReads() {
        assertThat(subject(null, "x".repeat(100_000))).hasSize(501).endsWith("x…");
    }

    /** Its step may have told of no event when it came, and tell of one now that the detection was changed. */
    @Test
    void whatCameWithoutItsEventIsAnEventAllTheSame() {
        Key key = Key.of("trial", "tenant" + Step.SEPARATOR + "id-of-anna");
        Observation bare = new Observation(key, 0, 7, false, "event-7", null, null, null, Map.of(), null);

        assertThat(Subjects.of(bare)).isEqualTo("id-of-anna");
        assertThat(bare.evidence().id()).isEqualTo("event-7");
        assertThat(bare.evidence().atMillis()).isEqualTo(7);
        assertThat(bare.evidence().tenant()).isEqualTo("tenant");
    }

    @Test
    void aRoleIsCalledByTheNameThatIsShownBesideItsId() {
        String role = "62e90394-69f5-4237-9190-012177145e10";
        String other = "aaaaaaaa-0000-4000-8000-000000000001";
        assertThat(subjectWith(Map.of("role", role + ", " + other + ", Global Administrator, Owner"), null, role))
                .isEqualTo("Global Administrator");
        assertThat(subjectWith(Map.of("role", role + ", " + other), null, role)).isEqualTo(role);
        assertThat(subjectWith(Map.of("role", other + ", Owner"), null, role)).isEqualTo(role);
    }

    @Test
    void anIdBesideANameIsLeftOut() {
        String session = "1025aae8-31c0-8863-4b4b-5bf7f2d99016";
        assertThat(subject("anna@contoso.example", "id-of-anna", session)).isEqualTo("anna@contoso.example");
        assertThat(subject(null, session)).isEqualTo(session);
    }

    private static String subject(@Nullable String user, String... group) {
        return subjectWith(Map.of(), user, group);
    }

    private static String subjectWith(Map<String, String> shown, @Nullable String user, String... group) {
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
                null,
                null);
        return Subjects.of(
                new Observation(key, 0, 0, false, event.id(), PackedEvent.of(event), null, null, shown, null));
    }
}
