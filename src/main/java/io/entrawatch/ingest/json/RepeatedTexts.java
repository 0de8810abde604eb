package io.entrawatch.ingest.json;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;

/**
 * Gives the same object for texts that come again, because most fields of a log have few values: nothing is made anew for
 * them, and whoever remembers something of a text finds it at once. Not thread-safe.
 */
final class RepeatedTexts {

    /**
     * Each field has its own, so that those of which everybody has another one do not drive out those that have few values. Not
     * many, because to make a text anew takes less time than a look at memory that was not touched for long.
     */
    private static final int SLOTS_OF_FIELD = 32;

    private static final int LONGEST = 256;

    private record Known(byte[] written, byte @Nullable [] guess, String[] values) {}

    private final @Nullable Known[] slots = new Known[Field.COUNT * SLOTS_OF_FIELD];

    /** Of what is in the slots: to see without a look at it that a text is another one. */
    private final int[] hashes = new int[Field.COUNT * SLOTS_OF_FIELD];

    /** What each field had when it was met last; many have the same in record after record. */
    private final @Nullable Known[] latest = new Known[Field.COUNT];

    /** What a field's text may be; null where there is nothing to guess. */
    byte @Nullable [] guess(int field) {
        Known before = latest[field];
        return before == null ? null : before.guess;
    }

    /**
     * The text of the cursor, which came there with {@link #guess}, as the only value of a field. Its array is not to be
     * changed.
     */
    String[] of(JsonCursor cursor, int field) {
        Known before = latest[field];
        if (before != null && (cursor.isAsGuessed() || cursor.isText(before.written))) {
            return before.values;
        }
        int length = cursor.textLength();
        if (length > LONGEST) {
            return new String[] {cursor.text()};
        }
        int hash = cursor.textHash();
        int slot = field * SLOTS_OF_FIELD + (hash & SLOTS_OF_FIELD - 1);
        Known known = slots[slot];
        if (known == null || hashes[slot] != hash || !cursor.isText(known.written)) {
            byte[] written = cursor.textBytes();
            known = new Known(written, cursor.isPlain() ? written : null, new String[] {cursor.text()});
            slots[slot] = known;
            hashes[slot] = hash;
        }
        latest[field] = known;
        return known.values;
    }
}
