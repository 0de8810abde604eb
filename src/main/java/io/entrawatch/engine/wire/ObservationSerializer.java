package io.entrawatch.engine.wire;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes observations. Public, as are the classes in it, because Flink makes them from their names. */
public final class ObservationSerializer extends CompactSerializer<Observation> {

    private static final long serialVersionUID = 1L;
    private static final ObservationSerializer INSTANCE = new ObservationSerializer();

    @Override
    public void serialize(Observation observation, DataOutputView out) throws IOException {
        out.writeLong(observation.key().detection());
        Compact.writeGroup(observation.key().group(), out);
        out.writeByte(observation.step());
        out.writeLong(observation.atMillis());
        out.writeBoolean(observation.late());
        Compact.write(observation.id(), out);
        Compact.write(observation.event(), out);
        Compact.write(observation.value(), out);
        Compact.write(observation.level(), out);
        Compact.write(observation.shown(), out);
        Compact.write(observation.travel(), out);
    }

    @Override
    public Observation deserialize(DataInputView in) throws IOException {
        return new Observation(
                new Key(in.readLong(), Compact.readGroup(in)),
                in.readByte(),
                in.readLong(),
                in.readBoolean(),
                Compact.readText(in),
                Compact.readEvent(in),
                Compact.read(in),
                Compact.readLevel(in),
                Compact.readTexts(in),
                Compact.readTravel(in));
    }

    public static void writeAll(List<Observation> observations, DataOutputView out) throws IOException {
        Compact.writeLength(observations.size(), out);
        for (Observation observation : observations) {
            INSTANCE.serialize(observation, out);
        }
    }

    public static void readAll(DataInputView in, List<Observation> into) throws IOException {
        int size = Compact.readLength(in);
        for (int i = 0; i < size; i++) {
            into.add(INSTANCE.deserialize(in));
        }
    }

    @Override
    public TypeSerializerSnapshot<Observation> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Observation> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Leads Flink from the record to its serializer. */
    public static final class Factory extends TypeInfoFactory<Observation> {
        @Override
        public TypeInformation<Observation> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new CompactType<>(Observation.class, INSTANCE);
        }
    }
}
