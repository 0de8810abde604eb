package io.entrawatch.engine;

import java.io.IOException;
import java.util.UUID;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The ids of Entra, which take sixteen bytes where they are written as {@code 3e3ccdb0-bfa9-478b-abb6-cb70bbd4a61d}. */
final class Guid {

    private static final int LENGTH = 36;
    private static final int HALF = 18;
    private static final int DASHES_FROM = 8;
    private static final int DASHES_TO = 23;
    private static final int DASHES_EVERY = 5;
    private static final int BITS_OF_DIGIT = 4;

    private Guid() {}

    /** Whether a text is an id, digit by digit as it would be read again. */
    static boolean is(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean fits = isDash(i) ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** After the eighth, twelfth, sixteenth and twentieth digit. */
    private static boolean isDash(int place) {
        return place >= DASHES_FROM && place <= DASHES_TO && (place - DASHES_FROM) % DASHES_EVERY == 0;
    }

    /** @param id which {@link #is} one */
    static void write(String id, DataOutputView out) throws IOException {
        out.writeLong(number(id, 0, HALF));
        out.writeLong(number(id, HALF, LENGTH));
    }

    private static long number(String id, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            char c = id.charAt(i);
            if (c != '-') {
                number = number << BITS_OF_DIGIT | (c <= '9' ? c - '0' : c - 'a' + 10);
            }
        }
        return number;
    }

    static String read(DataInputView in) throws IOException {
        return new UUID(in.readLong(), in.readLong()).toString();
    }
}
