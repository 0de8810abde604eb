package io.entrawatch.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Gives the same object for texts that come again, because most fields of a log have few values: nothing is made anew for
 * them, and whoever remembers something of a text finds it at once. Not thread-safe.
 */
final class RepeatedTexts {

    private static final int SLOTS = 16_384;
    private static final int LONGEST = 256;

    private record Known(byte[] written, String[] values) {}

    private final @Nullable Known[] slots = new Known[SLOTS];

    /** The cursor's text as the only value of a field, whose array is not to be changed. */
    String[] of(JsonCursor cursor) {
        int length = cursor.textLength();
        if (length > LONGEST) {
            return new String[] {cursor.text()};
        }
        int hash = cursor.textHash();
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        Known known = slots[slot];
        if (known != null && cursor.isText(known.written)) {
            return known.values;
        }
        String[] values = {cursor.text()};
        slots[slot] = new Known(cursor.textBytes(), values);
        return values;
    }
}
