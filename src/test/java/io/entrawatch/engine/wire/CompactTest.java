package io.entrawatch.engine.wire;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompactTest {

    private static final String ID = "3e3ccdb0-bfa9-478b-abb6-cb70bbd4a61d";
    private static final int BYTES_OF_ID = 17;

    private final DataOutputSerializer out = new DataOutputSerializer(64);

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("texts") String text) throws IOException {
        out.clear();
        Compact.write(text, out);
        assertThat(Compact.read(written())).isEqualTo(text);
    }

    @Property
    void groupsAreReadAgain(@ForAll("groups") String group) throws IOException {
        out.clear();
        Compact.writeGroup(group, out);
        assertThat(Compact.readGroup(written())).isEqualTo(group);
    }

    @Test
    void idsTakeSixteenBytesAndOneThatSaysSo() throws IOException {
        Compact.write(ID, out);
        assertThat(out.length()).isEqualTo(BYTES_OF_ID);
        out.clear();
        Compact.writeGroup(ID + '\u001f' + ID, out);
        assertThat(out.length()).isEqualTo(2 * BYTES_OF_ID + 1);
    }

    @Test
    void nothingStaysNothing() throws IOException {
        Compact.write((String) null, out);
        assertThat(Compact.read(written())).isNull();
    }

    /** Ids, what is nearly one, and all else. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> ids = Arbitraries.create(() -> ID);
        Arbitrary<String> nearly = Arbitraries.integers()
                .between(0, ID.length() - 1)
                .flatMap(place -> Arbitraries.of('-', 'f', 'g', '0', 'A', 'F', '/', ':', '\u00e9', '\u001f')
                        .map(c -> ID.substring(0, place) + c + ID.substring(place + 1)));
        Arbitrary<String> random =
                Arbitraries.longs().list().ofSize(2).map(two -> new UUID(two.get(0), two.get(1)).toString());
        return Arbitraries.oneOf(
                List.of(ids, nearly, random, Arbitraries.strings().ofMaxLength(300)));
    }

    @Provide
    Arbitrary<String> groups() {
        return texts().list().ofMinSize(1).ofMaxSize(4).map(values -> String.join("\u001f", values));
    }

    private DataInputDeserializer written() {
        return new DataInputDeserializer(out.getCopyOfBuffer());
    }
}
