package io.entrawatch.detection;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import io.entrawatch.rule.Rule;

/**
 * Two sign-ins of one user from places too far apart for the time between them. The first rule picks the sign-ins; a
 * second, where there is one, the attempts that failed after the password was accepted.
 *
 * @param speedKmh nobody travels faster
 * @param distanceKm shorter ways are not looked at
 * @param memory how long a place is remembered
 */
public record TravelDetection(
        DetectionMetadata metadata,
        List<Step> steps,
        List<String> groupBy,
        double speedKmh,
        double distanceKm,
        Duration memory,
        Duration suppress,
        Learning learning)
        implements Detection {

    /**
     * A new user's first time, in which only long ways count.
     *
     * @param lasting it ends after this time
     * @param signIns or after this many sign-ins, whichever comes first
     * @param distanceKm what counts until then
     */
    public record Learning(Duration lasting, int signIns, double distanceKm) implements Serializable {}

    @Override
    public String kind() {
        return "impossible_travel";
    }

    @Override
    public TravelDetection with(UnaryOperator<Rule> change) {
        return new TravelDetection(
                metadata, Step.with(steps, change), groupBy, speedKmh, distanceKm, memory, suppress, learning);
    }

    @Override
    public <T> T choose(ByKind<T> byKind) {
        return byKind.travel(this);
    }
}
