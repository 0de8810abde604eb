package io.entrawatch.engine.wire;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes keys. Public, as are the classes in it, because Flink makes them from their names. */
public final class KeySerializer extends CompactSerializer<Key> {

    private static final long serialVersionUID = 1L;
    private static final KeySerializer INSTANCE = new KeySerializer();

    @Override
    public void serialize(Key key, DataOutputView out) throws IOException {
        out.writeLong(key.detection());
        Compact.writeGroup(key.group(), out);
    }

    @Override
    public Key deserialize(DataInputView in) throws IOException {
        return new Key(in.readLong(), Compact.readGroup(in));
    }

    @Override
    public TypeSerializerSnapshot<Key> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Key> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Leads Flink from the record to its serializer. */
    public static final class Factory extends TypeInfoFactory<Key> {
        @Override
        public TypeInformation<Key> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new CompactType<>(Key.class, INSTANCE);
        }
    }
}
