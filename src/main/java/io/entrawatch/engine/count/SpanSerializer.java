package io.entrawatch.engine.count;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.entrawatch.engine.wire.ChangingSerializer;
import io.entrawatch.engine.wire.Compact;
import io.entrawatch.engine.wire.CompactType;

/** Writes what a span holds, and not its room. Public, as are the classes in it, because Flink makes them from their names. */
public final class SpanSerializer extends ChangingSerializer<Span> {

    private static final long serialVersionUID = 1L;
    private static final SpanSerializer INSTANCE = new SpanSerializer();

    @Override
    public Span copy(Span from) {
        Span copy = new Span();
        copy.times = Arrays.copyOfRange(from.times, from.start, from.end);
        copy.ids = Arrays.copyOfRange(from.ids, from.start, from.end);
        copy.values = from.values.length == 0 ? from.values : Arrays.copyOfRange(from.values, from.start, from.end);
        copy.numbers = from.numbers.length == 0 ? from.numbers : Arrays.copyOfRange(from.numbers, from.start, from.end);
        copy.end = from.size();
        copy.full = from.full;
        return copy;
    }

    @Override
    public void serialize(Span span, DataOutputView out) throws IOException {
        boolean withValues = span.values.length > 0;
        boolean withNumbers = span.numbers.length > 0;
        Compact.writeLength(span.size(), out);
        out.writeBoolean(span.full);
        out.writeBoolean(withValues);
        out.writeBoolean(withNumbers);
        for (int i = span.start; i < span.end; i++) {
            out.writeLong(span.times[i]);
            out.writeLong(span.ids[i]);
            if (withValues) {
                out.writeLong(span.values[i]);
            }
            if (withNumbers) {
                out.writeDouble(span.numbers[i]);
            }
        }
    }

    @Override
    public Span deserialize(DataInputView in) throws IOException {
        Span span = new Span();
        int size = Compact.readLength(in);
        span.full = in.readBoolean();
        boolean withValues = in.readBoolean();
        boolean withNumbers = in.readBoolean();
        span.times = new long[size];
        span.ids = new long[size];
        span.values = withValues ? new long[size] : span.values;
        span.numbers = withNumbers ? new double[size] : span.numbers;
        span.end = size;
        for (int i = 0; i < size; i++) {
            span.times[i] = in.readLong();
            span.ids[i] = in.readLong();
            if (withValues) {
                span.values[i] = in.readLong();
            }
            if (withNumbers) {
                span.numbers[i] = in.readDouble();
            }
        }
        return span;
    }

    @Override
    public TypeSerializerSnapshot<Span> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Span> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Leads Flink from the class to its serializer. */
    public static final class Factory extends TypeInfoFactory<Span> {
        @Override
        public TypeInformation<Span> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new CompactType<>(Span.class, INSTANCE);
        }
    }
}
