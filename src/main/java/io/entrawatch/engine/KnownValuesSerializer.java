package io.entrawatch.engine;

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

/** Writes the values that a group is known to have. Public, as are the classes in it, because Flink makes them from their names. */
public final class KnownValuesSerializer extends ChangingSerializer<KnownValues> {

    private static final long serialVersionUID = 1L;
    private static final KnownValuesSerializer INSTANCE = new KnownValuesSerializer();

    @Override
    public KnownValues copy(KnownValues from) {
        KnownValues copy = new KnownValues();
        copy.firstMillis = from.firstMillis;
        copy.hashes = Arrays.copyOf(from.hashes, from.hashes.length);
        copy.days = Arrays.copyOf(from.days, from.days.length);
        copy.wakeAt = from.wakeAt;
        return copy;
    }

    @Override
    public void serialize(KnownValues known, DataOutputView out) throws IOException {
        Compact.writeNumber(known.firstMillis, out);
        Compact.writeNumber(known.wakeAt, out);
        Compact.writeLength(known.size(), out);
        for (int i = 0; i < known.size(); i++) {
            out.writeLong(known.hashes[i]);
            Compact.writeNumber(known.days[i], out);
        }
    }

    @Override
    public KnownValues deserialize(DataInputView in) throws IOException {
        KnownValues known = new KnownValues();
        known.firstMillis = Compact.readNumber(in);
        known.wakeAt = Compact.readNumber(in);
        int size = Compact.readLength(in);
        known.hashes = new long[size];
        known.days = new int[size];
        for (int i = 0; i < size; i++) {
            known.hashes[i] = in.readLong();
            known.days[i] = (int) Compact.readNumber(in);
        }
        return known;
    }

    @Override
    public TypeSerializerSnapshot<KnownValues> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<KnownValues> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Leads Flink from the class to its serializer. */
    public static final class Factory extends TypeInfoFactory<KnownValues> {
        @Override
        public TypeInformation<KnownValues> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new CompactType<>(KnownValues.class, INSTANCE);
        }
    }
}
