package io.entrawatch.engine.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Step;
import io.entrawatch.rule.Level;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The parts of what travels and waits, in few bytes. Written by hand: Flink's own form takes four times as long. */
public final class Compact {

    private static final Level[] LEVELS = Level.values();

    private static final int INTERACTIVE = 1;
    private static final int MANAGED = 2;
    private static final int TRUSTED = 4;

    private static final int NOTHING = 0;
    private static final int ID = 1;
    private static final int TEXT = 2;

    private static final int USUAL_GROUP = 80;

    private Compact() {}

    /** Nothing, an id, or a length that is by {@link #TEXT} more than there are bytes, and the text in UTF-8. */
    static void write(@Nullable String text, DataOutputView out) throws IOException {
        if (text == null) {
            out.writeByte(NOTHING);
        } else {
            write(text, 0, text.length(), out);
        }
    }

    private static void write(String text, int from, int to, DataOutputView out) throws IOException {
        if (!Guid.write(text, from, to, ID, out)) {
            byte[] bytes = text.substring(from, to).getBytes(UTF_8);
            writeLength(bytes.length + TEXT, out);
            out.write(bytes);
        }
    }

    static @Nullable String read(DataInputView in) throws IOException {
        int length = readLength(in);
        if (length < TEXT) {
            return length == ID ? Guid.read(in) : null;
        }
        byte[] bytes = new byte[length - TEXT];
        in.readFully(bytes);
        return new String(bytes, UTF_8);
    }

    /** The values of a group one by one, because most are ids. */
    static void writeGroup(String group, DataOutputView out) throws IOException {
        int from = 0;
        for (int end = group.indexOf(Step.SEPARATOR); end >= 0; end = group.indexOf(Step.SEPARATOR, from)) {
            write(group, from, end, out);
            from = end + 1;
        }
        write(group, from, group.length(), out);
        out.writeByte(NOTHING);
    }

    static String readGroup(DataInputView in) throws IOException {
        String first = readText(in);
        String next = read(in);
        if (next == null) {
            return first;
        }
        StringBuilder group = new StringBuilder(USUAL_GROUP).append(first);
        for (; next != null; next = read(in)) {
            group.append(Step.SEPARATOR).append(next);
        }
        return group.toString();
    }

    /** A text that is always there. */
    static String readText(DataInputView in) throws IOException {
        String text = read(in);
        if (text == null) {
            throw new IOException("nothing where a text has to be");
        }
        return text;
    }

    /** Seven bits a byte. */
    public static void writeLength(int length, DataOutputView out) throws IOException {
        int rest = length;
        while (rest > 0x7f) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    public static int readLength(DataInputView in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            length |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return length;
            }
        }
    }

    /** Seven bits a byte, of a number that is mostly not negative: a time takes six bytes. */
    public static void writeNumber(long number, DataOutputView out) throws IOException {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    public static long readNumber(DataInputView in) throws IOException {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            number |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return number;
            }
        }
    }

    static void write(@Nullable PackedEvent event, DataOutputView out) throws IOException {
        writeLength(event == null ? 0 : event.bytes().length, out);
        if (event != null) {
            out.write(event.bytes());
        }
    }

    static @Nullable PackedEvent readEvent(DataInputView in) throws IOException {
        int length = readLength(in);
        if (length == 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new PackedEvent(bytes);
    }

    static void write(@Nullable Level level, DataOutputView out) throws IOException {
        out.writeByte(level == null ? -1 : level.ordinal());
    }

    static @Nullable Level readLevel(DataInputView in) throws IOException {
        int ordinal = in.readByte();
        return ordinal < 0 ? null : LEVELS[ordinal];
    }

    static void write(Map<String, String> texts, DataOutputView out) throws IOException {
        writeLength(texts.size(), out);
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            write(entry.getKey(), out);
            write(entry.getValue(), out);
        }
    }

    static Map<String, String> readTexts(DataInputView in) throws IOException {
        int size = readLength(in);
        if (size == 0) {
            return Map.of();
        }
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < size; i++) {
            texts.put(readText(in), readText(in));
        }
        return texts;
    }

    static void write(@Nullable TravelFacts facts, DataOutputView out) throws IOException {
        out.writeBoolean(facts != null);
        if (facts != null) {
            out.writeByte((facts.interactive() ? INTERACTIVE : 0)
                    | (facts.managed() ? MANAGED : 0)
                    | (facts.trusted() ? TRUSTED : 0));
            write(facts.sessionId(), out);
            write(facts.address(), out);
            PackedEvent.write(facts.place(), out);
        }
    }

    static @Nullable TravelFacts readTravel(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        int flags = in.readByte();
        return new TravelFacts(
                (flags & INTERACTIVE) != 0,
                read(in),
                (flags & MANAGED) != 0,
                (flags & TRUSTED) != 0,
                read(in),
                PackedEvent.readPlace(in));
    }
}
