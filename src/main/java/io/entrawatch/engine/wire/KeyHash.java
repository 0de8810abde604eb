package io.entrawatch.engine.wire;

import org.apache.flink.util.MathUtils;

/**
 * Hashes for the keys of one group: each detection's is another, and Flink places all of them where it places the group.
 * With the hash of the group alone, all that is remembered of it stood in one chain of the state's table, and was gone
 * through one by one: an eighth of all that a job with the shipped catalogue does.
 *
 * <p>Flink places a key by the lowest bits of the murmur hash of its hash. So the lowest bits of the group's are kept,
 * the others are made of the detection's number, and what murmur makes of a hash is undone.
 */
final class KeyHash {

    /** Flink has 2^15 key groups at most. */
    static final int MOST_KEY_GROUPS = 1 << 15;

    private static final int WHICH_GROUP = MOST_KEY_GROUPS - 1;
    private static final int NOT_NEGATIVE = Integer.MAX_VALUE;

    // The steps of MathUtils.murmurHash, from last to first. A product with an odd number is undone by another one.
    private static final int UNDO_1 = inverse(0xc2b2ae35);
    private static final int UNDO_2 = inverse(0x85ebca6b);
    private static final int UNDO_3 = inverse(5);
    private static final int UNDO_4 = inverse(0x1b873593);
    private static final int UNDO_5 = inverse(0xcc9e2d51);

    private KeyHash() {}

    static int of(long detection, String group) {
        int place = MathUtils.murmurHash(group.hashCode());
        int other = MathUtils.bitMix(Long.hashCode(detection) ^ place);
        return hashOf(place & WHICH_GROUP | other & ~WHICH_GROUP & NOT_NEGATIVE);
    }

    /** The hash of which murmur makes this, which is not negative. */
    private static int hashOf(int murmur) {
        int x = murmur;
        x ^= x >>> 16;
        x *= UNDO_1;
        x ^= x >>> 13 ^ x >>> 26;
        x *= UNDO_2;
        x ^= x >>> 16;
        x ^= 4;
        x = (x - 0xe6546b64) * UNDO_3;
        x = Integer.rotateRight(x, 13) * UNDO_4;
        return Integer.rotateRight(x, 15) * UNDO_5;
    }

    private static int inverse(int odd) {
        int inverse = odd;
        for (int correctBits = 3; correctBits < Integer.SIZE; correctBits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
