package io.entrawatch.engine.travel;

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
import io.entrawatch.engine.wire.Compact;
import io.entrawatch.engine.wire.CompactType;
import io.entrawatch.engine.wire.ObservationSerializer;

/** Writes what is remembered of a user's travels. Public, as are the classes in it, because Flink makes them from their names. */
public final class TravelHistorySerializer extends ChangingSerializer<TravelHistory> {

    private static final long serialVersionUID = 1L;
    private static final TravelHistorySerializer INSTANCE = new TravelHistorySerializer();

    @Override
    public TravelHistory copy(TravelHistory from) {
        TravelHistory copy = new TravelHistory();
        copy.firstSeen = from.firstSeen;
        copy.lastSeen = from.lastSeen;
        copy.signIns = from.signIns;
        copy.wakeAt = from.wakeAt;
        copy.visits.addAll(from.visits);
        copy.familiar.addAll(from.familiar);
        return copy;
    }

    @Override
    public void serialize(TravelHistory history, DataOutputView out) throws IOException {
        Compact.writeNumber(history.firstSeen, out);
        Compact.writeNumber(history.lastSeen, out);
        Compact.writeLength(history.signIns, out);
        Compact.writeNumber(history.wakeAt, out);
        ObservationSerializer.writeAll(history.visits, out);
        Compact.writeLength(history.familiar.size(), out);
        for (FamiliarPlace place : history.familiar) {
            out.writeInt(place.cell());
            Compact.writeNumber(place.lastDay(), out);
            Compact.writeNumber(place.days(), out);
        }
    }

    @Override
    public TravelHistory deserialize(DataInputView in) throws IOException {
        TravelHistory history = new TravelHistory();
        history.firstSeen = Compact.readNumber(in);
        history.lastSeen = Compact.readNumber(in);
        history.signIns = Compact.readLength(in);
        history.wakeAt = Compact.readNumber(in);
        ObservationSerializer.readAll(in, history.visits);
        int places = Compact.readLength(in);
        for (int i = 0; i < places; i++) {
            history.familiar.add(new FamiliarPlace(in.readInt(), Compact.readNumber(in), (int) Compact.readNumber(in)));
        }
        return history;
    }

    @Override
    public TypeSerializerSnapshot<TravelHistory> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TravelHistory> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Leads Flink from the class to its serializer. */
    public static final class Factory extends TypeInfoFactory<TravelHistory> {
        @Override
        public TypeInformation<TravelHistory> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new CompactType<>(TravelHistory.class, INSTANCE);
        }
    }
}
