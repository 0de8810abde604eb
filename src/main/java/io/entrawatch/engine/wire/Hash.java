package io.entrawatch.engine.wire;

import java.util.Locale;

/** 64 bits for a text, the same on every machine: two texts of one group share them about never. */
public final class Hash {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hash() {}

    /** The same for upper and lower case. */
    public static long ofName(String text) {
        return of(text.toLowerCase(Locale.ROOT));
    }

    /** FNV-1a over the characters, its bits mixed once more. */
    public static long of(String text) {
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 33;
    }
}
