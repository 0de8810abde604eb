package io.entrawatch.engine.count;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Both counts of a tally are kept, each with what it says of itself. */
class TallySerializerTest {

    private static final TallySerializer SERIALIZER = new TallySerializer();

    private static Tally tally() {
        Tally tally = new Tally();
        for (int i = 1; i <= 3; i++) {
            tally.counted.add(i, 10 + i, 20 + i, 0.5 + i, 2);
        }
        tally.others.add(4, 14, 0, 0, 2);
        return tally;
    }

    @Test
    void bothCountsAreReadAsTheyWereWritten() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SERIALIZER.serialize(tally(), out);
        assertIsOurs(SERIALIZER.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())));
    }

    @Test
    void bothCountsAreCopied() {
        Tally tally = tally();
        Tally copy = SERIALIZER.copy(tally);
        tally.counted.forgetUpTo(3);
        tally.others.forgetUpTo(4);
        assertIsOurs(copy);
    }

    private static void assertIsOurs(Tally tally) {
        assertThat(tally.counted.numbersBetween(0, 9)).containsExactly(2.5, 3.5);
        assertThat(tally.counted.full).isTrue();
        assertThat(tally.others.size()).isEqualTo(1);
        assertThat(tally.others.holds(4, 14)).isTrue();
        assertThat(tally.others.full).isFalse();
    }
}
