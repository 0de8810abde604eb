package io.entrawatch.engine.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Place;

/** The summary of an event as bytes. This is how it travels and waits, because most are never looked at again. */
public record PackedEvent(byte[] bytes) {

    /** Of the form; the first byte. */
    private static final int VERSION = 3;

    public static final int USUAL_SIZE = 512;

    public static PackedEvent of(EventSummary event) {
        return of(event, new DataOutputSerializer(USUAL_SIZE));
    }

    /** @param out to write it to, which may have been written to before */
    public static PackedEvent of(EventSummary event, DataOutputSerializer out) {
        out.clear();
        try {
            out.writeByte(VERSION);
            Compact.write(event.id(), out);
            out.writeLong(event.atMillis());
            Compact.write(event.tenant(), out);
            Compact.write(event.category(), out);
            Compact.write(event.activity(), out);
            Compact.write(event.outcome(), out);
            Compact.write(event.userId(), out);
            Compact.write(event.user(), out);
            Compact.write(event.address(), out);
            write(event.place(), out);
            Compact.write(event.targetId(), out);
            Compact.write(event.target(), out);
            Compact.write(event.targetType(), out);
            Compact.write(event.app(), out);
            Compact.write(event.userAgent(), out);
            Compact.write(event.deviceId(), out);
            Compact.write(event.correlationId(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PackedEvent(out.getCopyOfBuffer());
    }

    /** The event's id, read without the rest. */
    public String id() {
        try {
            return id(new DataInputDeserializer(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String id(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IllegalStateException("an event of form " + version + " (expected: " + VERSION + ")");
        }
        return required(in);
    }

    public EventSummary unpack() {
        DataInputView in = new DataInputDeserializer(bytes);
        try {
            return new EventSummary(
                    id(in),
                    in.readLong(),
                    required(in),
                    required(in),
                    required(in),
                    Compact.read(in),
                    Compact.read(in),
                    Compact.read(in),
                    Compact.read(in),
                    readPlace(in),
                    Compact.read(in),
                    Compact.read(in),
                    Compact.read(in),
                    Compact.read(in),
                    Compact.read(in),
                    Compact.read(in),
                    Compact.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String required(DataInputView in) throws IOException {
        return Objects.requireNonNull(Compact.read(in), "every event has it");
    }

    static void write(@Nullable Place place, DataOutputView out) throws IOException {
        out.writeBoolean(place != null);
        if (place != null) {
            out.writeDouble(place.latitude());
            out.writeDouble(place.longitude());
            out.writeInt(place.radiusKm());
            Compact.write(place.city(), out);
            Compact.write(place.state(), out);
            Compact.write(place.country(), out);
            out.writeLong(place.asn());
        }
    }

    static @Nullable Place readPlace(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        return new Place(
                in.readDouble(),
                in.readDouble(),
                in.readInt(),
                Compact.read(in),
                Compact.read(in),
                Compact.read(in),
                in.readLong());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackedEvent packed && Arrays.equals(bytes, packed.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** What it says, by which copies of an event that differ are put in an order. */
    @Override
    public String toString() {
        return unpack().toString();
    }
}
