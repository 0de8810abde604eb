package io.entrawatch.generate;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Chance that is the same for the same seed, on every machine and in every order of asking. */
final class Chance {

    private final SplittableRandom random;

    Chance(long seed, long... parts) {
        long mixed = seed;
        for (long part : parts) {
            mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 29;
        }
        this.random = new SplittableRandom(mixed);
    }

    /** From zero up to, and without, the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From the first up to and with the second. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A UUID of random bits, as Entra writes them. */
    String uuid() {
        long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
