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
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes sightings: their length, what is the group's own, and then what all groups that see an event have in common. Remembers
 * what it has read last, and has memory of its own to write in, so that who reads or writes needs one: Flink asks for a
 * duplicate.
 * Public, as are the classes in it, because Flink makes them from their names.
 */
public final class SightingSerializer extends CompactSerializer<Sighting> {

    private static final long serialVersionUID = 1L;

    /** Most steps want nothing of the event but that it was there. */
    static final int PLAIN = 0;

    private static final int WITH_VALUE = 1;
    private static final int WITH_ALL = 2;

    private static final byte[] NO_EVENT = {};

    private transient @Nullable LastRead lastRead;
    private transient @Nullable DataOutputSerializer groups;

    @Override
    public SightingSerializer duplicate() {
        return new SightingSerializer();
    }

    @Override
    public void serialize(Sighting sighting, DataOutputView out) throws IOException {
        DataOutputSerializer own = groups;
        if (own == null) {
            own = new DataOutputSerializer(PackedEvent.USUAL_SIZE);
            groups = own;
        }
        own.clear();
        Compact.write(sighting.group(), own);
        own.writeBoolean(sighting.first());
        List<Sighting.Matched> matched = sighting.matched();
        Compact.writeLength(matched.size(), own);
        for (int i = 0; i < matched.size(); i++) {
            write(matched.get(i), own);
        }
        own.writeLong(sighting.atMillis());
        Compact.write(sighting.id(), own);
        byte[] event = sighting.event() == null ? NO_EVENT : sighting.event().bytes();
        Compact.writeLength(own.length() + event.length, out);
        out.write(own.getSharedBuffer(), 0, own.length());
        out.write(event);
    }

    private static void write(Sighting.Matched matched, DataOutputView out) throws IOException {
        out.writeLong(matched.step());
        boolean all = matched.level() != null
                || matched.travel() != null
                || !matched.shown().isEmpty();
        out.writeByte(all ? WITH_ALL : matched.value() == null ? PLAIN : WITH_VALUE);
        if (all || matched.value() != null) {
            Compact.write(matched.value(), out);
        }
        if (all) {
            Compact.write(matched.level(), out);
            Compact.write(matched.shown(), out);
            Compact.write(matched.travel(), out);
        }
    }

    @Override
    public Sighting deserialize(DataInputView in) throws IOException {
        LastRead last = lastRead;
        if (last == null) {
            last = new LastRead();
            lastRead = last;
        }
        return last.read(in);
    }

    /** What is behind the step, in one of the longer forms. */
    static Sighting.Matched readMatched(long step, int form, DataInputView in) throws IOException {
        String value = Compact.read(in);
        return form == WITH_ALL
                ? new Sighting.Matched(
                        step, value, Compact.readLevel(in), Compact.readTexts(in), Compact.readTravel(in))
                : Sighting.Matched.of(step, value);
    }

    @Override
    public TypeSerializerSnapshot<Sighting> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Sighting> {
        public Snapshot() {
            super(SightingSerializer::new);
        }
    }

    /** Leads Flink from the record to its serializer. */
    public static final class Factory extends TypeInfoFactory<Sighting> {
        @Override
        public TypeInformation<Sighting> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return new CompactType<>(Sighting.class, new SightingSerializer());
        }
    }
}
