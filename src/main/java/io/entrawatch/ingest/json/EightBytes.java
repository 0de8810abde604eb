package io.entrawatch.ingest.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at a time, as one number whose lowest byte is the first. What is found has a byte's top bit set;
 * only the lowest that is set is sure, and {@link #first} tells which it is.
 */
public final class EightBytes {

    private static final VarHandle BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;

    private static final long QUOTES = of('"');
    private static final long BACKSLASHES = of('\\');
    private static final long BLANKS = of(' ');

    private EightBytes() {}

    public static long at(byte[] bytes, int index) {
        return (long) BYTES.get(bytes, index);
    }

    /** Whether the bytes from an index on, which there are, are those of a text. */
    static boolean same(byte[] text, byte[] bytes, int from) {
        int length = text.length;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if (at(text, i) != at(bytes, from + i)) {
                return false;
            }
        }
        if (i > 0 && i < length) {
            int last = length - Long.BYTES;
            return at(text, last) == at(bytes, from + last);
        }
        for (; i < length; i++) {
            if (text[i] != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** The same byte eight times. */
    public static long of(char c) {
        return c * ONES;
    }

    /** Where a byte is one of those of {@link #of}. */
    public static long equal(long eight, long same) {
        long different = eight ^ same;
        return different - ONES & ~different & TOP_BITS;
    }

    /** Where a byte of a text in JSON is a quote, a backslash, a control character or not ASCII. */
    static long notOrdinary(long eight) {
        long quote = eight ^ QUOTES;
        long backslash = eight ^ BACKSLASHES;
        // What is less than a blank borrows its top bit; what is not ASCII has one.
        long found = (quote - ONES & ~quote) | (backslash - ONES & ~backslash) | (eight - BLANKS) | eight;
        return found & TOP_BITS;
    }

    /** Which byte is the first that was found. */
    public static int first(long found) {
        return Long.numberOfTrailingZeros(found) / Byte.SIZE;
    }
}
