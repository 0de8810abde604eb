package io.entrawatch.engine.travel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import io.entrawatch.engine.wire.Observation;
import io.entrawatch.event.Place;

import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.OSLO;
import static io.entrawatch.engine.Operators.visit;
import static org.assertj.core.api.Assertions.assertThat;

class VisitsTest {

    private static final int MANY = 2_000;

    /** What lies beside the visits goes with them, whatever is added, replaced and taken away. */
    @Test
    void theNumbersOfAVisitAreItsOwn() {
        SplittableRandom random = new SplittableRandom(20260302);
        Visits visits = new Visits();
        List<Observation> plain = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Place place = new Place(random.nextInt(-90, 90), random.nextInt(-180, 180), 0, null, null, null, 0);
            Observation visit = visit("anna", "v-" + i, MONDAY.plusSeconds(random.nextInt(MANY)), place);
            int at = plain.isEmpty() ? 0 : random.nextInt(plain.size());
            switch (plain.isEmpty() ? 0 : random.nextInt(4)) {
                case 0 -> {
                    visits.add(visit);
                    plain.add(visit);
                }
                case 1 -> {
                    visits.add(at, visit);
                    plain.add(at, visit);
                }
                case 2 -> assertThat(visits.set(at, visit)).isSameAs(plain.set(at, visit));
                default -> assertThat(visits.remove(at)).isSameAs(plain.remove(at));
            }
            assertThat(visits).isEqualTo(plain);
            for (int j = 0; j < plain.size(); j++) {
                assertIsBeside(visits, j, plain.get(j));
            }
        }
        assertThat(plain).hasSizeGreaterThan(TravelHistory.MOST_VISITS);
    }

    private static void assertIsBeside(Visits visits, int index, Observation visit) {
        Place place = visit.travel().place();
        assertThat(visits.atMillis(index)).isEqualTo(visit.atMillis());
        assertThat(visits.isInCell(index, Geography.cell(place))).isTrue();
        assertThat(visits.mostKm(index, place)).isZero();
        assertThat(visits.mostKm(index, OSLO)).isEqualTo(Geography.mostKm(place.latitude(), place.longitude(), OSLO));
    }

    @Test
    void whatIsOutOfDateIsForgotten() {
        Visits visits = new Visits();
        for (int second : new int[] {3, 1, 2, 5, 4}) {
            visits.add(visit("anna", "v-" + second, MONDAY.plusSeconds(second), OSLO));
        }
        visits.forgetBefore(MONDAY.plusSeconds(3).toEpochMilli());
        assertThat(visits).extracting(Observation::id).containsExactly("v-3", "v-5", "v-4");
        assertThat(visits.latest()).isEqualTo(MONDAY.plusSeconds(5).toEpochMilli());
    }
}
