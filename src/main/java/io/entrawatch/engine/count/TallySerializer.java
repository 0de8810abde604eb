package io.entrawatch.engine.count;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import io.entrawatch.engine.wire.ChangingSerializer;
import io.entrawatch.engine.wire.CompactType;
import io.entrawatch.engine.wire.ObservationSerializer;

/** Writes what is kept of a group to count within a span. Public, as are the classes in it, because Flink makes them from their names. */
public final class TallySerializer extends ChangingSerializer<Tally> {

    private static final long serialVersionUID = 1L;
    private static final TallySerializer INSTANCE = new TallySerializer();
    private static final SpanSerializer SPANS = new SpanSerializer();

    @Override
    public Tally copy(Tally from) {
        Tally copy = new Tally();
        copy.counted = SPANS.copy(from.counted);
        copy.others = SPANS.copy(from.others);
        copy.latest.addAll(from.latest);
        copy.quietUntil = from.quietUntil;
        copy.wakeAt = from.wakeAt;
        return copy;
    }

    @Override
    public void serialize(Tally tally, DataOutputView out) throws IOException {
        SPANS.serialize(tally.counted, out);
        SPANS.serialize(tally.others, out);
        ObservationSerializer.writeAll(tally.latest, out);
        out.writeLong(tally.quietUntil);
        out.writeLong(tally.wakeAt);
    }

    @Override
    public Tally deserialize(DataInputView in) throws IOException {
        Tally tally = new Tally();
        tally.counted = SPANS.deserialize(in);
        tally.others = SPANS.deserialize(in);
        ObservationSerializer.readAll(in, tally.latest);
        tally.quietUntil = in.readLong();
        tally.wakeAt = in.readLong();
        return tally;
    }

    @Override
    public TypeSerializerSnapshot<Tally> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Tally> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Leads Flink from the class to its serializer. */
    public static final class Factory extends TypeInfoFactory<Tally> {
        @Override
        public TypeInformation<Tally> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new CompactType<>(Tally.class, INSTANCE);
        }
    }
}
