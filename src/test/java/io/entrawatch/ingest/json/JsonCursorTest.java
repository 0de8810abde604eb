package io.entrawatch.ingest.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.ingest.RawRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The cursor reads what Jackson reads, and refuses what Jackson refuses. */
class JsonCursorTest {

    private static final String SEED = "20260302";
    private static final String REFUSED = "refused";
    private static final JsonFactory JACKSON = new JsonFactory();

    /** Of keys and texts, some of which come; shorter and longer than eight bytes. */
    private static final List<String> GUESSES = List.of("", "a", "b", "appId", "properties", "createdDateTime");

    @Property(tries = 5_000, seed = SEED)
    void anySignsOfJsonAreReadAsJacksonReadsThem(@ForAll("signs") String text) {
        byte[] bytes = ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
        assertThat(ofCursor(bytes)).isEqualTo(ofJackson(bytes));
    }

    @Property(tries = 2_000, seed = SEED)
    void aDamagedRecordIsReadAsJacksonReadsIt(@ForAll("damaged") byte[] bytes) {
        assertThat(ofCursor(bytes)).isEqualTo(isText(bytes) ? ofJackson(bytes) : List.of(REFUSED));
    }

    @Property(tries = 2_000, seed = SEED)
    void anyTextIsReadAsItIs(@ForAll String text) throws IOException, RejectedRecordException {
        byte[] bytes = new com.fasterxml.jackson.databind.ObjectMapper()
                .writeValueAsBytes(text.replaceAll("[\\ud800-\\udfff]", ""));
        assertThat(ofCursor(bytes)).isEqualTo(ofJackson(bytes));
    }

    @Property(tries = 5_000, seed = SEED)
    void whatIsNotUtf8IsRefused(@ForAll("bytesOfManyKinds") byte[] inside) {
        byte[] bytes = new byte[inside.length + 2];
        System.arraycopy(inside, 0, bytes, 1, inside.length);
        bytes[0] = '"';
        bytes[bytes.length - 1] = '"';
        assertThat(ofCursor(bytes).equals(List.of(REFUSED))).isEqualTo(!isText(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "1.",
                "-",
                "1e",
                "+1",
                ".5",
                "1.5.2",
                "tru",
                "truex",
                "nul",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "[1,]",
                "[1 2]",
                "[",
                "{\"a\":1",
                "]",
                "\"\t\"",
                "NaN"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThat(ofCursor(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(List.of(REFUSED));
    }

    @Test
    void whatIsNestedTooDeepIsRefusedWhereverItIs() {
        String deep = "{\"a\":[" + "[".repeat(200) + "]".repeat(200) + "]}";
        JsonCursor cursor = over(deep.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> cursor.skip(cursor.value()))
                .isInstanceOfSatisfying(RejectedRecordException.class, refused -> assertThat(refused.reason())
                        .isEqualTo("too-deep"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\\ud83d\\ude00', 1f600",
        "'a\\ud800', 61 fffd",
        "'\\udc00b', fffd 62",
        "'\\ud800\\ud83d\\ude00', fffd 1f600"
    })
    void halfOfAPairIsNoCharacter(String written, String meant) throws RejectedRecordException {
        JsonCursor cursor = over(('"' + written + '"').getBytes(StandardCharsets.UTF_8));
        cursor.value();
        assertThat(cursor.text().codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining(" ")))
                .isEqualTo(meant);
    }

    @Test
    void skippingLeadsBehindTheValue() throws RejectedRecordException {
        JsonCursor cursor = over("{\"a\":{\"b\":[1,{\"c\":\"]}\"}]},\"d\":7}".getBytes(StandardCharsets.UTF_8));
        cursor.value();
        assertThat(cursor.firstKey(null)).isTrue();
        cursor.skip(cursor.value());
        assertThat(cursor.nextKey(null)).isTrue();
        assertThat(cursor.text()).isEqualTo("d");
        cursor.value();
        assertThat(cursor.text()).isEqualTo("7");
        assertThat(cursor.nextKey(null)).isFalse();
        assertThat(cursor.value()).isEqualTo(JsonCursor.Token.END);
    }

    @Provide
    Arbitrary<String> signs() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        "\n",
                        " ",
                        "1",
                        "-",
                        "0",
                        ".",
                        "e",
                        "null",
                        "true",
                        "\"a\":",
                        "\"b\"",
                        "\\u00e9",
                        "é",
                        "\t",
                        "{\"a\":1}",
                        "[2]",
                        "\\\"",
                        "\\n")
                .list()
                .ofMaxSize(12)
                .map(signs -> String.join("", signs));
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<Byte> values = Arbitraries.of(
                (byte) '{', (byte) '}', (byte) '"', (byte) ',', (byte) '\\', (byte) 0, (byte) 0xff, (byte) 0xc3, (byte)
                        '9');
        return Combinators.combine(
                        Arbitraries.of(RawRecord.signIn(), RawRecord.audit(), RawRecord.graphRiskDetection()),
                        Arbitraries.integers().greaterOrEqual(0).list().ofMaxSize(3),
                        values.list().ofSize(3))
                .as((record, at, value) -> {
                    byte[] bytes = record.json().getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < at.size(); i++) {
                        bytes[at.get(i) % bytes.length] = value.get(i);
                    }
                    return bytes;
                });
    }

    @Provide
    Arbitrary<byte[]> bytesOfManyKinds() {
        return Arbitraries.of(
                        0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc3, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf4,
                        0xf5)
                .map(Integer::byteValue)
                .array(byte[].class)
                .ofMaxSize(6);
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static JsonCursor over(byte[] bytes) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(bytes, 0, bytes.length);
        return cursor;
    }

    /** What is read of one value, in words; the same whatever is guessed. */
    private static List<String> ofCursor(byte[] bytes) {
        List<String> read = ofCursor(bytes, null);
        for (String guess : GUESSES) {
            assertThat(ofCursor(bytes, guess.getBytes(StandardCharsets.UTF_8)))
                    .as("guessed: " + guess)
                    .isEqualTo(read);
        }
        return read;
    }

    private static List<String> ofCursor(byte[] bytes, byte @Nullable [] guess) {
        List<String> read = new ArrayList<>();
        JsonCursor cursor = over(bytes);
        try {
            read(cursor, cursor.value(guess), guess, read);
            if (cursor.value() != JsonCursor.Token.END) {
                return List.of(REFUSED);
            }
            JsonCursor skipping = over(bytes);
            skipping.skip(skipping.value());
            assertThat(skipping.position()).isLessThanOrEqualTo(cursor.position());
            return read;
        } catch (RejectedRecordException e) {
            return List.of(REFUSED);
        }
    }

    private static void read(JsonCursor cursor, JsonCursor.Token token, byte @Nullable [] guess, List<String> into)
            throws RejectedRecordException {
        switch (token) {
            case OBJECT -> {
                into.add("{");
                for (boolean more = cursor.firstKey(guess); more; more = cursor.nextKey(guess)) {
                    into.add("key " + text(cursor, guess));
                    read(cursor, cursor.value(guess), guess, into);
                }
                into.add("}");
            }
            case LIST -> {
                into.add("[");
                for (boolean more = cursor.firstElement(); more; more = cursor.nextElement()) {
                    read(cursor, cursor.value(guess), guess, into);
                }
                into.add("]");
            }
            case NULL -> into.add("null");
            case TEXT -> into.add("value " + text(cursor, guess));
            case LITERAL -> into.add("value " + cursor.text());
            case END -> into.add("end");
        }
    }

    private static String text(JsonCursor cursor, byte @Nullable [] guess) {
        assertThat(cursor.isAsGuessed()).isEqualTo(guess != null && cursor.isText(guess));
        return cursor.text();
    }

    private static List<String> ofJackson(byte[] bytes) {
        List<String> read = new ArrayList<>();
        try (JsonParser parser = JACKSON.createParser(bytes)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0 && !read.isEmpty()) {
                    return List.of(REFUSED);
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                read.add(inWords(parser, token));
            }
            return read.isEmpty() ? List.of("end") : read;
        } catch (IOException e) {
            return List.of(REFUSED);
        }
    }

    private static String inWords(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case FIELD_NAME -> "key " + parser.currentName();
            case VALUE_NULL -> "null";
            case START_OBJECT, END_OBJECT, START_ARRAY, END_ARRAY -> token.asString();
            default -> "value " + parser.getText();
        };
    }
}
