package io.entrawatch.ingest;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.Decoded;

import static io.entrawatch.ingest.Reading.message;
import static io.entrawatch.ingest.Reading.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

/** What is broken in a message of several values costs one dead letter, and none of those behind it. */
class BrokenMessageTest {

    private static final String A = RawRecord.signIn().id("a").json();
    private static final String B = RawRecord.audit().id("b").json();
    private static final String C = RawRecord.graphSignIn().id("c").json();
    private static final String BROKEN = A.substring(0, A.length() / 2);

    @Test
    void aBrokenLineOfAMessageCostsOnlyItself() {
        List<Decoded> read = message(String.join("\n", A, BROKEN, B, C));

        assertThat(outcomes(read)).containsExactly("a", "not-json at offset 7 record 2", "b", "c");
        assertThat(read.get(1).deadLetter().record()).isEqualTo(BROKEN);
    }

    @Test
    void aBrokenFirstLineCostsOnlyItself() {
        assertThat(outcomes(message(BROKEN + "\r\n{\"records\":[" + A + "," + B + "]}\r\n" + C)))
                .containsExactly("not-json at offset 7", "a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\" 1}", "{\"a\":{\"b\":[1,]}}", "{\"a\":\"\t\"}", "{\"a\":01}"})
    void anObjectThatIsNoJsonEndsWithItsBrackets(String broken) {
        List<Decoded> read = message(A + broken + B);

        assertThat(outcomes(read)).containsExactly("a", "not-json at offset 7 record 2", "b");
        assertThat(read.get(1).deadLetter().record()).isEqualTo(broken);
    }

    @Test
    void aRecordThatIsRefusedForItsSizesCostsOnlyItself() {
        String deep = "{\"any\":" + "[".repeat(200) + "]".repeat(200) + "}";
        String key = "{\"" + "k".repeat(2_000) + "\":1}";

        assertThat(outcomes(message(A + deep + key + B)))
                .containsExactly("a", "too-deep at offset 7 record 2", "too-long at offset 7 record 3", "b");
    }

    @Test
    void whatIsNoObjectAndNoListTakesTheRestOfItsLine() {
        assertThat(outcomes(message(A + ", and more: " + B))).containsExactly("a", "not-json at offset 7 record 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "]", "}}", ", and more: {}", "\nrubbish", "\nrubbish\n  {}", "\r\n-", "\u0000"})
    void whatIsNoObjectAndNoListEndsWithItsLine(String stray) {
        List<Decoded> read = message(A + stray + "\r\n" + B + "\n[" + C + "]");

        assertThat(outcomes(read)).containsExactly("a", "not-json at offset 7 record 2", "b", "c");
        assertThat(read.get(1).deadLetter().record().strip()).isEqualTo(stray.strip());
    }

    @Test
    void aWrongFirstByteCostsOnlyItsLine() {
        assertThat(outcomes(message(String.join("\n", A, "x" + B.substring(1), C))))
                .containsExactly("a", "not-json at offset 7 record 2", "c");
    }

    @Test
    void aBracketBehindAListCostsNoneOfThoseThatFollow() {
        List<Decoded> read = message("[" + A + "]]]\n[" + B + "],]" + C);

        assertThat(outcomes(read)).containsExactly("a", "not-json at offset 7", "b", "not-json at offset 7", "c");
        assertThat(read.get(1).deadLetter().record()).isEqualTo("]");
    }

    @Test
    void listsOnLinesAreReadAfterOneThatHasNoEnd() {
        assertThat(outcomes(message("[" + A + "\n[" + B + "," + C + "]")))
                .containsExactly("a", "b", "c", "truncated at offset 7");
    }
}
