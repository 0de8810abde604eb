package io.entrawatch.engine.state;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeysOnDiskTest {

    private static final int PLACES = 1 << 12;

    @Test
    void hardlyAnyIsTakenForOneThatHasSomething() {
        KeysOnDisk keys = new KeysOnDisk(PLACES);
        IntStream.range(0, PLACES / 16).forEach(keys::add);
        assertThat(IntStream.range(0, PLACES / 16)).allMatch(keys::mayHave);
        assertThat(IntStream.range(PLACES / 16, PLACES).filter(keys::mayHave).count())
                .isLessThan(PLACES / 10);
    }

    @Test
    void whatIsTakenAwayIsNotAskedForAgain() {
        KeysOnDisk keys = new KeysOnDisk(PLACES);
        keys.add("anna");
        keys.remove("anna");
        assertThat(keys.mayHave("anna")).isFalse();
    }

    @Test
    void keysOfOneHashDoNotHideEachOther() {
        for (int others : new int[] {1, 2, 254, 255, 256, 1_000}) {
            KeysOnDisk keys = new KeysOnDisk(PLACES);
            keys.add("Aa");
            for (int i = 0; i < others; i++) {
                keys.add("BB");
            }
            for (int i = 0; i < others; i++) {
                keys.remove("BB");
            }
            assertThat(keys.mayHave("Aa")).as("%d others", others).isTrue();
        }
    }
}
