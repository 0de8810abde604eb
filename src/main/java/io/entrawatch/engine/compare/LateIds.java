package io.entrawatch.engine.compare;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.jspecify.annotations.Nullable;

import io.entrawatch.engine.wire.Key;

/**
 * The ids of those days that late events were looked for in, read once: after an outage many come late, and a day has up to a
 * million. What is newly seen of such a day is to be added here as well. The days that were asked for last stay, as long as
 * there is room.
 */
final class LateIds {

    /** Of all days together: 32 MB. */
    private static final int MOST = 4_000_000;

    /** A day takes some hundred bytes before it has an id. */
    private static final int MOST_DAYS = 50_000;

    /** These take more room than those that were read: with more of them the day is read anew when it is asked for again. */
    private static final int MOST_SINCE = 50_000;

    private record Day(Key key, TimeWindow window) {}

    /** Ids in order, and those that came since. */
    private record Ids(long[] read, Set<Long> since) {

        boolean hold(long id) {
            return Arrays.binarySearch(read, id) >= 0 || since.contains(id);
        }

        int size() {
            return read.length + since.size();
        }
    }

    private final Map<Day, Ids> days = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private int size;

    LateIds() {
        this(MOST);
    }

    LateIds(int most) {
        this.most = most;
    }

    /**
     * Whether a day has an id.
     *
     * @param all reads those that the day has, and is only asked for a day that is not known here; null where it has none, as
     *     Flink's list state says it to a trigger
     */
    boolean hold(Key key, TimeWindow window, long id, Callable<@Nullable Iterable<Long>> all) throws Exception {
        Day day = new Day(key, window);
        Ids known = days.get(day);
        if (known == null) {
            known = new Ids(sorted(all.call()), new HashSet<>());
            days.put(day, known);
            size += known.size();
            makeRoom(day);
        }
        return known.hold(id);
    }

    /** Keeps what is seen of a day, if that day is known here. */
    void add(Key key, TimeWindow window, List<Long> ids) {
        if (days.isEmpty()) {
            return;
        }
        Day day = new Day(key, window);
        Ids known = days.get(day);
        if (known == null) {
            return;
        }
        int before = known.size();
        known.since.addAll(ids);
        size += known.size() - before;
        if (known.since.size() > MOST_SINCE) {
            forget(day);
        }
    }

    /** Forgets the days that have ended until then: nothing of them is asked for any more. */
    void forgetUpTo(long time) {
        for (Day day : List.copyOf(days.keySet())) {
            if (day.window.getEnd() <= time) {
                forget(day);
            }
        }
    }

    private void makeRoom(Day newest) {
        Iterator<Map.Entry<Day, Ids>> eldestFirst = days.entrySet().iterator();
        while (size > most || days.size() > MOST_DAYS) {
            Map.Entry<Day, Ids> eldest = eldestFirst.next();
            if (eldest.getKey().equals(newest)) {
                return;
            }
            size -= eldest.getValue().size();
            eldestFirst.remove();
        }
    }

    private void forget(Day day) {
        Ids known = days.remove(day);
        size -= known == null ? 0 : known.size();
    }

    private static long[] sorted(@Nullable Iterable<Long> all) {
        if (all == null) {
            return new long[0];
        }
        long[] ids = new long[64];
        int count = 0;
        for (long id : all) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
            }
            ids[count++] = id;
        }
        long[] found = Arrays.copyOf(ids, count);
        Arrays.sort(found);
        return found;
    }
}
