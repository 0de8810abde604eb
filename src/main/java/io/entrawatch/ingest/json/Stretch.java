package io.entrawatch.ingest.json;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Values one behind the other of which nothing is wanted, as they were met. Most records have the same there, such as the
 * policies that applied, and to be compared takes a fraction of the time to be read. What was read once is valid wherever it
 * stands again, as deep in other values and before the same byte.
 */
final class Stretch {

    /** Of bytes. What is longer differs more often, and would have to be copied each time. */
    private static final int LONGEST = 16 * 1024;

    private static final int MOST_VALUES = 64;

    private final byte[] bytes;
    private final int[] ends;
    private final int depth;

    private Stretch(byte[] bytes, int[] ends, int depth) {
        this.bytes = bytes;
        this.ends = ends;
        this.depth = depth;
    }

    int length() {
        return bytes.length;
    }

    /**
     * Goes behind the values that are the same as before, from the first one on; the cursor stands behind its colon.
     *
     * @return how many there are
     */
    int pass(JsonCursor cursor) {
        if (depth != cursor.depth()) {
            return 0;
        }
        int at = cursor.position();
        int most = Math.min(bytes.length, cursor.remaining());
        int different = Arrays.mismatch(bytes, 0, most, cursor.bytes(), at, at + most);
        int same = different < 0 ? most : different;
        int passed = ends.length;
        while (passed > 0 && ends[passed - 1] >= same) {
            passed--;
        }
        if (passed > 0) {
            cursor.moveTo(at + ends[passed - 1]);
        }
        return passed;
    }

    /** Reads what becomes a stretch. */
    static final class Reader {

        private final JsonCursor cursor;
        private final int start;
        private final IntStream.Builder ends = IntStream.builder();
        private int end;
        private int values;

        /** @param cursor behind the colon of the first value */
        Reader(JsonCursor cursor) {
            this.cursor = cursor;
            this.start = cursor.position();
        }

        void skipValue() throws RejectedRecordException {
            cursor.skip(cursor.value());
            end = cursor.position();
            ends.add(end - start);
            values++;
        }

        /** Whether another value follows, and may belong to it. */
        boolean mayGoOn() {
            return values < MOST_VALUES && end - start < LONGEST && cursor.isBeforeComma();
        }

        /** Goes back behind the last value; null where it is too long to be kept, or goes over lines. */
        @Nullable
        Stretch end() {
            cursor.moveTo(end);
            // With the byte behind it, which says that a number is over.
            int length = end - start + 1;
            if (length > LONGEST || cursor.remaining() == 0) {
                return null;
            }
            byte[] bytes = Arrays.copyOfRange(cursor.bytes(), start, start + length);
            for (byte b : bytes) {
                if (b == '\n') {
                    // Where each line is a value by itself it would be over.
                    return null;
                }
            }
            return new Stretch(bytes, ends.build().toArray(), cursor.depth());
        }
    }
}
