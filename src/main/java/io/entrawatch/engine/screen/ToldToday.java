package io.entrawatch.engine.screen;

import org.jspecify.annotations.Nullable;

import io.entrawatch.engine.NoticeFirstSeen;
import io.entrawatch.engine.wire.Hash;

/**
 * Keeps values that were told before on the same day from being told again, which would change nothing: a day has to
 * know only the first time of each. What comes earlier than what was told is told, so that the order of arrival does not
 * matter. Forgetting is harmless: a value forgets what was told in its place before, and a restart forgets all.
 */
final class ToldToday {

    private static final int SLOTS = 1 << 16;

    private final long[] told = new long[SLOTS];
    private final long[] first = new long[SLOTS];

    /** True the first time, and for an earlier time of the same day. */
    boolean isNews(String group, long step, @Nullable String value, long at) {
        long hash = 31 * (31 * Hash.of(group) + step) + (value == null ? 0 : Hash.of(value));
        int slot = (int) (hash >>> 48);
        if (told[slot] == hash && first[slot] < at && dayOf(first[slot]) == dayOf(at)) {
            return false;
        }
        told[slot] = hash;
        first[slot] = at;
        return true;
    }

    private static long dayOf(long millis) {
        return Math.floorDiv(millis, NoticeFirstSeen.DAY_MILLIS);
    }
}
