package io.entrawatch.engine.travel;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.TravelFacts;
import io.entrawatch.event.Place;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.OSLO;
import static io.entrawatch.engine.Operators.visit;
import static org.assertj.core.api.Assertions.assertThat;

class TravelHistoryTest {

    @Test
    void aHistoryIsBounded() {
        TravelHistory history = TravelHistory.beginningAt(0);
        for (int i = 0; i < 100; i++) {
            Place place = new Place(i - 50, i, 0, null, null, null, 0);
            history.add(visit("anna", "v-" + i, MONDAY.plusSeconds(i), place), place, 0);
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
        history.add(visit("anna", "in-person", MONDAY, OSLO), OSLO, 0);
        for (int i = 0; i < 2 * TravelHistory.MOST_VISITS; i++) {
            Place network = new Place(59.91, 10.75, 0, "Oslo", null, "NO", 64_496 + i % 4);
            Observation visit = visit("anna", "v-" + i, MONDAY.plusSeconds(60 + i), network);
            TravelFacts facts = new TravelFacts(false, "session-" + i, false, false, "192.0.2.1", network);
            Observation inTheBackground = new Observation(
                    visit.key(), 0, visit.atMillis(), false, visit.id(), visit.event(), null, null, Map.of(), facts);
            history.add(inTheBackground, network, 0);
        }
        assertThat(history.visits).hasSize(TravelHistory.MOST_VISITS).anyMatch(visit -> visit.id()
                .equals("in-person"));
    }
}
