package io.entrawatch.event;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LongTextTest {

    @Test
    void whatIsLongerIsCutAndSaysSo() {
        assertThat(LongText.cut("abc", 3)).isEqualTo("abc");
        assertThat(LongText.cut("abcd", 3)).isEqualTo("abc…");
    }

    @Test
    void noCharacterIsCutInTwo() {
        for (int longest = 1; longest < 8; longest++) {
            String cut = LongText.cut("a😀b😀c😀", longest);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut))
                    .as(cut)
                    .isTrue();
        }
    }
}
