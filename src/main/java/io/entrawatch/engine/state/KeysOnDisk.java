package io.entrawatch.engine.state;

import org.apache.flink.util.MathUtils;

/**
 * Which keys may have something in state on disk. Most sessions and addresses are seen for the first time, and to search
 * the disk for what was never there takes as long as to find something.
 *
 * <p>Keys are counted by their hashes, so that a key that has something is never taken for one that has not. It can be the
 * other way round, the more often the more keys there are.
 */
final class KeysOnDisk {

    /** So many that they cannot be told any more: it stays so. */
    private static final byte MANY = (byte) 0xFF;

    private final byte[] counts;

    /** @param atMost what this takes, in bytes */
    KeysOnDisk(long atMost) {
        counts = new byte[(int) Long.highestOneBit(Math.max(1, Math.min(atMost, 1 << 30)))];
    }

    boolean mayHave(Object key) {
        return counts[placeOf(key)] != 0;
    }

    /** Something was written for the key, which had nothing, or may have something from before this began. */
    void add(Object key) {
        int place = placeOf(key);
        if (counts[place] != MANY) {
            counts[place]++;
        }
    }

    /** What was written for the key was taken away. */
    void remove(Object key) {
        int place = placeOf(key);
        if (counts[place] != MANY) {
            counts[place]--;
        }
    }

    private int placeOf(Object key) {
        return MathUtils.bitMix(key.hashCode()) & counts.length - 1;
    }
}
