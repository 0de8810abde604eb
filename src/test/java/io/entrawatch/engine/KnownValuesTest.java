package io.entrawatch.engine;

import org.junit.jupiter.api.Test;

import static io.entrawatch.engine.KnownValues.MOST;
import static io.entrawatch.engine.KnownValues.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

class KnownValuesTest {

    private final KnownValues known = new KnownValues();

    @Test
    void ofMoreThanSoManyTheOldestMakesRoom() {
        for (int i = 0; i < MOST; i++) {
            known.see(i, i == 7 ? 1 : 2);
        }
        assertThat(known.size()).isEqualTo(10_000);
        assertThat(known.dayOf(7)).isEqualTo(1);

        known.see(MOST, 2);

        assertThat(known.size()).isEqualTo(10_000);
        assertThat(known.dayOf(7)).isEqualTo(UNKNOWN);
        assertThat(known.dayOf(MOST)).isEqualTo(2);
        assertThat(known.dayOf(0)).isEqualTo(2);
    }

    @Test
    void oneThatIsKnownNeedsNoRoom() {
        for (int i = 0; i < MOST; i++) {
            known.see(i, 1);
        }
        known.see(3, 2);
        assertThat(known.dayOf(3)).isEqualTo(2);
        assertThat(known.dayOf(0)).isEqualTo(1);
    }

    @Test
    void oneThatIsToldLateWasStillSeenLastWhenItWas() {
        known.see(1, 5);
        known.see(1, 3);
        assertThat(known.dayOf(1)).isEqualTo(5);
        assertThat(known.size()).isEqualTo(1);
    }

    @Test
    void whatIsForgottenIsOlderThanTheDay() {
        known.see(1, 3);
        known.see(2, 4);
        known.see(3, 5);
        assertThat(known.oldestDay()).isEqualTo(3);
        known.forgetBefore(4);
        assertThat(known.dayOf(1)).isEqualTo(UNKNOWN);
        assertThat(known.dayOf(2)).isEqualTo(4);
        assertThat(known.size()).isEqualTo(2);
        assertThat(known.sizeOn(6, 2)).isEqualTo(1);
        assertThat(known.sizeOn(6, 3)).isEqualTo(2);
    }

    @Test
    void whatWasToldIsNotKnownByThat() {
        known.see(1, 5);
        known.tell(2, 4);
        assertThat(known.isToldOn(4, 2)).isTrue();
        assertThat(known.isToldOn(5, 2)).isFalse();
        assertThat(known.dayOf(2)).isEqualTo(UNKNOWN);
        assertThat(known.sizeOn(5, 5)).isEqualTo(1);
        assertThat(known.oldestDay()).isEqualTo(4);

        known.tell(2, 6);
        assertThat(known.isToldOn(6, 2)).isTrue();
        known.forgetBefore(6);
        assertThat(known.isToldOn(6, 2)).isTrue();
        known.forgetBefore(7);
        assertThat(known.size()).isZero();
    }
}
