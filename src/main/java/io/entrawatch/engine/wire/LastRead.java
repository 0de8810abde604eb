package io.entrawatch.engine.wire;

import java.io.IOException;
import java.util.Arrays;

import org.apache.flink.core.memory.DataInputView;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What was read last. An event is seen by several groups, one after the other: its id, its bytes and most of what it matched
 * are read from the first, and are the same objects in all others of the subtask. So it is in memory once however many of them
 * remember it, until it is read from state again. Not thread-safe.
 */
final class LastRead {

    /** Of the steps that want nothing but that the event was there. */
    private static final int STEPS = 256;

    private final Sighting.@Nullable Matched[] plain = new Sighting.Matched[STEPS];
    private byte[] buffer = new byte[PackedEvent.USUAL_SIZE];
    private String id = "";
    private @Nullable PackedEvent event;

    /** A text that is always there. */
    String text(DataInputView in) throws IOException {
        int length = Compact.readLength(in);
        if (length < Compact.TEXT) {
            return Compact.readId(length, in);
        }
        int bytes = length - Compact.TEXT;
        fill(bytes, in);
        return new String(buffer, 0, bytes, UTF_8);
    }

    private void fill(int length, DataInputView in) throws IOException {
        if (length > buffer.length) {
            buffer = new byte[length];
        }
        in.readFully(buffer, 0, length);
    }

    String id(DataInputView in) throws IOException {
        String read = text(in);
        if (!read.equals(id)) {
            id = read;
        }
        return id;
    }

    @Nullable
    PackedEvent event(DataInputView in) throws IOException {
        int length = Compact.readLength(in);
        if (length == 0) {
            return null;
        }
        fill(length, in);
        PackedEvent known = event;
        if (known == null || !Arrays.equals(known.bytes(), 0, known.bytes().length, buffer, 0, length)) {
            known = new PackedEvent(Arrays.copyOf(buffer, length));
            event = known;
        }
        return known;
    }

    /** A step that wants nothing of the event. */
    Sighting.Matched plain(long step) {
        int place = (int) step & STEPS - 1;
        Sighting.Matched known = plain[place];
        if (known == null || known.step() != step) {
            known = Sighting.Matched.of(step, null);
            plain[place] = known;
        }
        return known;
    }
}
