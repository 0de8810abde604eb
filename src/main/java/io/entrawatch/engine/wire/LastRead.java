package io.entrawatch.engine.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

/**
 * Reads sightings, and remembers the last one. An event is seen by several groups, one after the other: its id, its bytes and
 * most of what it matched are read from the first, and are the same objects in all others of the subtask. So it is in memory
 * once however many of them remember it, until it is read from state again. Not thread-safe.
 */
final class LastRead {

    /** Of the steps that want nothing but that the event was there. */
    private static final int STEPS = 256;

    private final Sighting.@Nullable Matched[] plain = new Sighting.Matched[STEPS];
    private final DataInputDeserializer in = new DataInputDeserializer();
    private byte[] buffer = new byte[2 * PackedEvent.USUAL_SIZE];
    private byte[] written = {};
    private long atMillis;
    private String id = "";
    private @Nullable PackedEvent event;

    /** All of it at once into memory of our own, because each look at a buffer of the network takes longer than at an array. */
    Sighting read(DataInputView from) throws IOException {
        int length = Compact.readLength(from);
        if (length > buffer.length) {
            buffer = new byte[length];
        }
        from.readFully(buffer, 0, length);
        in.setBuffer(buffer, 0, length);
        String group = Compact.readText(in);
        boolean first = in.readBoolean();
        List<Sighting.Matched> matched = readMatched();
        readHead(length);
        return new Sighting(group, first, atMillis, id, readEvent(in.getPosition(), length), matched);
    }

    private List<Sighting.Matched> readMatched() throws IOException {
        int count = Compact.readLength(in);
        List<Sighting.Matched> matched = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long step = in.readLong();
            int form = in.readByte();
            matched.add(
                    form == SightingSerializer.PLAIN ? plain(step) : SightingSerializer.readMatched(step, form, in));
        }
        return matched;
    }

    /** The time and the id, which end where they say. */
    private void readHead(int length) throws IOException {
        int from = in.getPosition();
        int end = from + written.length;
        if (written.length > 0 && end <= length && Arrays.equals(buffer, from, end, written, 0, written.length)) {
            in.skipBytesToRead(written.length);
            return;
        }
        atMillis = in.readLong();
        id = Compact.readText(in);
        written = Arrays.copyOfRange(buffer, from, in.getPosition());
    }

    private @Nullable PackedEvent readEvent(int from, int end) {
        if (from == end) {
            return null;
        }
        PackedEvent known = event;
        if (known == null || !Arrays.equals(known.bytes(), 0, known.bytes().length, buffer, from, end)) {
            known = new PackedEvent(Arrays.copyOfRange(buffer, from, end));
            event = known;
        }
        return known;
    }

    /** A step that wants nothing of the event. */
    private Sighting.Matched plain(long step) {
        int place = (int) step & STEPS - 1;
        Sighting.Matched known = plain[place];
        if (known == null || known.step() != step) {
            known = Sighting.Matched.of(step, null);
            plain[place] = known;
        }
        return known;
    }
}
