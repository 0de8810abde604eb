package io.entrawatch.engine.wire;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes observations that go on together. Public, as are the classes in it, because Flink makes them from their names. */
public final class ObservationsSerializer extends CompactSerializer<Observations> {

    private static final long serialVersionUID = 1L;
    private static final ObservationsSerializer INSTANCE = new ObservationsSerializer();

    @Override
    public void serialize(Observations together, DataOutputView out) throws IOException {
        ObservationSerializer.writeAll(together.all(), out);
    }

    @Override
    public Observations deserialize(DataInputView in) throws IOException {
        List<Observation> all = new ArrayList<>();
        ObservationSerializer.readAll(in, all);
        return new Observations(all.get(0).key(), all);
    }

    @Override
    public TypeSerializerSnapshot<Observations> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Observations> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Leads Flink from the record to its serializer. */
    public static final class Factory extends TypeInfoFactory<Observations> {
        @Override
        public TypeInformation<Observations> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new CompactType<>(Observations.class, INSTANCE);
        }
    }
}
