package io.entrawatch.engine;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Keeps values that were told before on the same day from being told again, which would change nothing: a day has to
 * know only the first time of each. What comes earlier than what was told is told, so that the order of arrival does not
 * matter. Forgetting is harmless, and a restart forgets all.
 */
final class ToldToday {

    private static final int MOST = 50_000;

    private final Map<String, Long> first = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /** True the first time, and for an earlier time of the same day. */
    boolean isNews(String key, int step, @Nullable String value, long at) {
        String told = key + '\n' + step + '\n' + value;
        Long before = first.get(told);
        if (before != null && before < at && dayOf(before) == dayOf(at)) {
            return false;
        }
        first.put(told, at);
        return true;
    }

    private static long dayOf(long millis) {
        return Math.floorDiv(millis, NoticeFirstSeen.DAY_MILLIS);
    }
}
