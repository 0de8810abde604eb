package io.entrawatch.engine;

import java.util.Arrays;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The values that a group is known to have, each by a hash and the day it was last seen. Bounded: {@link #MOST}.
 */
@TypeInfo(KnownValuesSerializer.Factory.class)
public final class KnownValues {

    /** A group with more values than this is no place to look for new ones; the oldest make room. */
    static final int MOST = 10_000;

    static final int UNKNOWN = Integer.MIN_VALUE;

    /** So many days later is written what was told and is not known by that: no event is of such a day. */
    private static final int TOLD = 1 << 30;

    public long firstMillis;
    public long[] hashes;
    public int[] days;
    public long wakeAt;

    public KnownValues() {
        firstMillis = Long.MAX_VALUE;
        hashes = new long[0];
        days = new int[0];
        wakeAt = Long.MAX_VALUE;
    }

    int size() {
        return hashes.length;
    }

    /** How many values are known on a day, whether older ones are forgotten already or not. */
    int sizeOn(int day, int memory) {
        int size = 0;
        for (int seen : days) {
            size += seen < TOLD / 2 && day - seen < memory ? 1 : 0;
        }
        return size;
    }

    /** The day a value was last seen, in days since 1970; {@link #UNKNOWN} for one that was not. */
    int dayOf(long hash) {
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash) {
                return dayAt(i);
            }
        }
        return UNKNOWN;
    }

    private int dayAt(int place) {
        return days[place] < TOLD / 2 ? days[place] : days[place] - TOLD;
    }

    /** Whether the last alert of a value that is not known was on that day. */
    boolean isToldOn(int day, long hash) {
        return dayOf(~hash) == day;
    }

    void tell(long hash, int day) {
        see(~hash, day + TOLD);
    }

    void see(long hash, int day) {
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash) {
                days[i] = Math.max(days[i], day);
                return;
            }
        }
        int place = hashes.length == MOST ? oldest() : hashes.length;
        if (place == hashes.length) {
            hashes = Arrays.copyOf(hashes, place + 1);
            days = Arrays.copyOf(days, place + 1);
        }
        hashes[place] = hash;
        days[place] = day;
    }

    void forgetBefore(int day) {
        int kept = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (dayAt(i) >= day) {
                hashes[kept] = hashes[i];
                days[kept++] = days[i];
            }
        }
        hashes = Arrays.copyOf(hashes, kept);
        days = Arrays.copyOf(days, kept);
    }

    int oldestDay() {
        return dayAt(oldest());
    }

    private int oldest() {
        int oldest = 0;
        for (int i = 1; i < days.length; i++) {
            int older = Integer.compare(dayAt(i), dayAt(oldest));
            if (older < 0 || (older == 0 && hashes[i] < hashes[oldest])) {
                oldest = i;
            }
        }
        return oldest;
    }
}
