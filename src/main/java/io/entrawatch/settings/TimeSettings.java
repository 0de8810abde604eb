package io.entrawatch.settings;

import java.io.Serializable;
import java.time.Duration;

/**
 * How event time goes on.
 *
 * @param lateness how long after the latest event an earlier one is still in time
 * @param idleness after this without a record a partition holds nobody back
 * @param skew how far events may be ahead of the wall clock before they are from the future
 */
public record TimeSettings(Duration lateness, Duration idleness, Duration skew) implements Serializable {

    public static final TimeSettings DEFAULT =
            new TimeSettings(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(5));

    /** The longest that each may be. */
    static final Duration LONGEST = Duration.ofDays(7);
}
