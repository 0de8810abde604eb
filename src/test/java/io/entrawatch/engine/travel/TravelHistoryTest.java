package io.entrawatch.engine.travel;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.TravelFacts;
import io.entrawatch.event.Place;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.OSLO;
import static io.entrawatch.engine.Operators.ofObservations;
import static io.entrawatch.engine.Operators.open;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.visit;
import static org.assertj.core.api.Assertions.assertThat;

class TravelHistoryTest {

    @Test
    void aHistoryIsBounded() {
        TravelHistory history = TravelHistory.beginningAt(0);
        for (int i = 0; i < 100; i++) {
            Place place = new Place(i - 50, i, 0, null, null, null, 0);
            history.add(visit("anna", "v-" + i, MONDAY.plusSeconds(i), place), 0);
            history.addFamiliar(place, i);
        }
        assertThat(history.visits).hasSize(TravelHistory.MOST_VISITS);
        assertThat(history.visits.get(0).id()).isEqualTo("v-84");
        assertThat(history.familiar).hasSize(TravelHistory.MOST_FAMILIAR);
        assertThat(history.familiar.get(0).lastDay()).isEqualTo(92);
        assertThat(TravelHistory.MOST_VISITS).isEqualTo(16);
        assertThat(TravelHistory.MOST_FAMILIAR).isEqualTo(8);
    }

    /** Many sessions in the background do not drive out where somebody was in person. */
    @Test
    void aHistoryKeepsTheLastOfEachPlaceAboveFurtherSessions() {
        TravelHistory history = TravelHistory.beginningAt(0);
        history.add(visit("anna", "in-person", MONDAY, OSLO), 0);
        for (int i = 0; i < 2 * TravelHistory.MOST_VISITS; i++) {
            Place network = new Place(59.91, 10.75, 0, "Oslo", null, "NO", 64_496 + i % 4);
            Observation visit = visit("anna", "v-" + i, MONDAY.plusSeconds(60 + i), network);
            TravelFacts facts = new TravelFacts(false, "session-" + i, false, false, "192.0.2.1", network);
            Observation inTheBackground = new Observation(
                    visit.key(), 0, visit.atMillis(), false, visit.id(), visit.event(), null, null, Map.of(), facts);
            history.add(inTheBackground, 0);
        }
        assertThat(history.visits).hasSize(TravelHistory.MOST_VISITS).anyMatch(visit -> visit.id()
                .equals("in-person"));
    }

    /** Ten sign-ins end the learning of a user; copies that come late are none, though the visit is not remembered any more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lateCopiesEndNoLearning(boolean late) throws Exception {
        Place berlin = new Place(52.52, 13.4, 0, "Berlin", null, "DE", 0);
        try (var harness = open(ofObservations("check-travel"))) {
            for (int i = 0; i < 10; i++) {
                Observation copy = with(visit("anna", "v-0", MONDAY, OSLO), true, "192.0.2.1");
                harness.processElement(
                        record(late && i > 1 ? copy : visit("anna", "v-" + i, MONDAY.plusSeconds(i), OSLO)));
            }
            Observation far = with(visit("anna", "berlin", MONDAY.plusSeconds(1_200), berlin), false, "203.0.113.1");
            harness.processElement(record(far));
            assertThat(harness.extractOutputValues()).hasSize(late ? 0 : 1);
        }
    }

    private static Observation with(Observation visit, boolean late, String address) {
        TravelFacts facts = new TravelFacts(
                true, "session", false, false, address, visit.travel().place());
        return new Observation(
                visit.key(), 0, visit.atMillis(), late, visit.id(), visit.event(), null, null, Map.of(), facts);
    }
}
