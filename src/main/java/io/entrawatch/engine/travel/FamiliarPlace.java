package io.entrawatch.engine.travel;

/**
 * A cell of the map that a user signs in from.
 *
 * @param lastDay the last day, counted from 1970 UTC
 * @param days which of the days up to the last one: bit 0 is the last, bit 29 the one 29 days before
 */
public record FamiliarPlace(int cell, long lastDay, int days) {

    static final int MOST_DAYS = 30;

    /** On how many of the 30 days up to a day the user was there. */
    int daysUpTo(long day) {
        long age = day - lastDay;
        if (age < 0) {
            return Integer.bitCount(shifted(-age));
        }
        return age >= MOST_DAYS ? 0 : Integer.bitCount(days << age & (1 << MOST_DAYS) - 1);
    }

    /** As if the last day were some days earlier. */
    private int shifted(long earlier) {
        return earlier >= MOST_DAYS ? 0 : days >>> earlier;
    }

    FamiliarPlace seenOn(long day) {
        long age = day - lastDay;
        if (age < 0) {
            return -age >= MOST_DAYS ? this : new FamiliarPlace(cell, lastDay, days | 1 << -age);
        }
        int kept = age >= MOST_DAYS ? 0 : days << age & (1 << MOST_DAYS) - 1;
        return new FamiliarPlace(cell, day, kept | 1);
    }
}
