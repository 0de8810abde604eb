package io.entrawatch.engine.count;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A span beside a plain list that is told the same. */
class SpanTest {

    private static final int MOST = 20;
    private static final int STEPS = 2_000;

    private final List<Row> plain = new ArrayList<>();
    private Span span = new Span();
    /** Whether the oldest made room, and nothing was forgotten since. */
    private boolean full;

    private record Row(long at, long id, long value, double number) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void holdsAndCountsWhatAListWould(long seed) throws Exception {
        Random random = new Random(seed);
        boolean valued = seed % 2 == 0;
        long now = 0;
        for (int i = 1; i <= STEPS; i++) {
            now += random.nextInt(3);
            long at = random.nextInt(10) == 0 ? Math.max(0, now - random.nextInt(8)) : now;
            if (random.nextInt(20) == 0) {
                forget(now - random.nextInt(30));
            } else if (valued) {
                addValue(at, i, random.nextInt(seed == 2 ? 2 : 30));
            } else {
                add(at, i, random.nextInt(4) == 0 ? 0 : random.nextDouble());
            }
            if (random.nextInt(50) == 0) {
                span = random.nextBoolean() ? copied() : written();
            }
            assertSame(now - random.nextInt(20), now - random.nextInt(5));
        }
    }

    private void add(long at, long id, double number) {
        span.add(at, id, 0, number, MOST);
        insert(new Row(at, id, 0, number));
    }

    private void addValue(long at, long id, long value) {
        span.addValue(at, id, value, MOST);
        if (plain.stream().anyMatch(row -> row.value == value && row.at > at)) {
            return;
        }
        plain.removeIf(row -> row.value == value);
        insert(new Row(at, id, value, 0));
    }

    private void insert(Row row) {
        plain.add(row);
        plain.sort(Comparator.comparingLong(Row::at));
        if (plain.size() > MOST) {
            plain.remove(0);
            full = true;
        }
    }

    private void forget(long upTo) {
        span.forgetUpTo(upTo);
        full &= !plain.removeIf(row -> row.at <= upTo);
    }

    private void assertSame(long after, long upTo) {
        assertThat(span.size()).isEqualTo(plain.size());
        assertThat(span.full).isEqualTo(full);
        List<Row> between =
                plain.stream().filter(row -> row.at > after && row.at <= upTo).toList();
        assertThat(Math.max(0, span.between(after, upTo))).isEqualTo(between.size());
        if (after <= upTo) {
            assertThat(span.numbersBetween(after, upTo))
                    .containsExactly(between.stream().mapToDouble(Row::number).toArray());
        }
        for (Row row : plain) {
            assertThat(span.holds(row.at, row.id)).isTrue();
            assertThat(span.holds(row.at, -row.id)).isFalse();
        }
        if (!plain.isEmpty()) {
            assertThat(span.lastTime()).isEqualTo(plain.get(plain.size() - 1).at);
        }
    }

    private Span copied() {
        return serializer().copy(span);
    }

    private Span written() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer().serialize(span, out);
        return serializer().deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    private static TypeSerializer<Span> serializer() {
        return TypeInformation.of(Span.class).createSerializer(new SerializerConfigImpl());
    }
}
