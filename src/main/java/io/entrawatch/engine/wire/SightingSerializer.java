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
import org.jspecify.annotations.Nullable;

/**
 * Writes sightings. Remembers what it has read last, so that whoever reads needs one of their own: Flink asks for a duplicate.
 * Public, as are the classes in it, because Flink makes them from their names.
 */
public final class SightingSerializer extends CompactSerializer<Sighting> {

    private static final long serialVersionUID = 1L;

    /** Most steps want nothing of the event but that it was there. */
    private static final int PLAIN = 0;

    private static final int WITH_VALUE = 1;
    private static final int WITH_ALL = 2;

    private transient @Nullable LastRead lastRead;

    @Override
    public SightingSerializer duplicate() {
        return new SightingSerializer();
    }

    @Override
    public void serialize(Sighting sighting, DataOutputView out) throws IOException {
        Compact.write(sighting.group(), out);
        out.writeBoolean(sighting.first());
        out.writeLong(sighting.atMillis());
        Compact.write(sighting.id(), out);
        Compact.write(sighting.event(), out);
        Compact.writeLength(sighting.matched().size(), out);
        List<Sighting.Matched> matched = sighting.matched();
        for (int i = 0; i < matched.size(); i++) {
            write(matched.get(i), out);
        }
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
        String group = last.text(in);
        boolean first = in.readBoolean();
        long at = in.readLong();
        String id = last.id(in);
        PackedEvent event = last.event(in);
        int count = Compact.readLength(in);
        List<Sighting.Matched> matched = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            matched.add(read(in, last));
        }
        return new Sighting(group, first, at, id, event, matched);
    }

    private static Sighting.Matched read(DataInputView in, LastRead last) throws IOException {
        long step = in.readLong();
        int form = in.readByte();
        if (form == PLAIN) {
            return last.plain(step);
        }
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
