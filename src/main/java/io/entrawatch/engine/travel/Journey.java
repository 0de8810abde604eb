package io.entrawatch.engine.travel;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.TravelDetection;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.TravelFacts;
import io.entrawatch.event.IpAddress;
import io.entrawatch.event.Place;

/** The way from one visit to a later one of the same user. */
record Journey(Observation from, Observation to, double distanceKm, double speedKmh) {

    private static final double MILLIS_PER_HOUR = 3_600_000;

    /** The shortest time that is reckoned with: two sign-ins in one second are one second apart. */
    private static final long SHORTEST_MILLIS = 1_000;

    /** The journey between two visits, in the order of time; null where one of them has no place. */
    static @Nullable Journey between(Observation a, Observation b) {
        Place one = facts(a).place();
        Place other = facts(b).place();
        if (one == null || other == null) {
            return null;
        }
        boolean inOrder =
                a.atMillis() < b.atMillis() || (a.atMillis() == b.atMillis() && a.id().compareTo(b.id()) <= 0);
        double distance = Geography.certainDistanceKm(one, other);
        double speed = distance / hoursBetween(a, b);
        return inOrder ? new Journey(a, b, distance, speed) : new Journey(b, a, distance, speed);
    }

    /** False where nobody has to reckon exactly to see that the later visit could be reached in time; most are near. */
    static boolean mayBeImpossible(Observation a, Observation b, TravelDetection detection) {
        Place one = facts(a).place();
        Place other = facts(b).place();
        if (one == null || other == null) {
            return false;
        }
        double most = Geography.mostKm(one, other);
        return most >= detection.distanceKm() && most > detection.speedKmh() * hoursBetween(a, b);
    }

    private static double hoursBetween(Observation a, Observation b) {
        return Math.max(SHORTEST_MILLIS, Math.abs(b.atMillis() - a.atMillis())) / MILLIS_PER_HOUR;
    }

    boolean isImpossible(TravelDetection detection) {
        return distanceKm >= detection.distanceKm()
                && speedKmh > detection.speedKmh()
                && took().compareTo(detection.memory()) <= 0
                && isOfThePerson()
                && !isOnOneNetwork();
    }

    /** Programs sign in from anywhere: the user was there at one end, or both belong to one session. */
    private boolean isOfThePerson() {
        TravelFacts start = facts(from);
        TravelFacts end = facts(to);
        boolean sameSession = start.sessionId() != null
                && !start.sessionId().isEmpty()
                && start.sessionId().equals(end.sessionId());
        return start.interactive() || end.interactive() || sameSession;
    }

    private boolean isOnOneNetwork() {
        String start = facts(from).address();
        String end = facts(to).address();
        if (start != null && start.equals(end)) {
            return true;
        }
        IpAddress one = IpAddress.parse(start);
        IpAddress other = IpAddress.parse(end);
        return one != null && other != null && one.isNear(other);
    }

    /** One managed device at both ends: more likely a VPN than two people. */
    boolean isOfOneManagedDevice() {
        String start = from.evidence().deviceId();
        return start != null
                && !start.isEmpty()
                && start.equals(to.evidence().deviceId())
                && facts(from).managed()
                && facts(to).managed();
    }

    Duration took() {
        return Duration.ofMillis(to.atMillis() - from.atMillis());
    }

    Place start() {
        return placeOf(from);
    }

    Place end() {
        return placeOf(to);
    }

    /** The same for both directions. */
    String placePair() {
        int a = Geography.cell(start());
        int b = Geography.cell(end());
        return Math.min(a, b) + "-" + Math.max(a, b);
    }

    private static Place placeOf(Observation visit) {
        return Objects.requireNonNull(facts(visit).place(), "a journey has places");
    }

    private static TravelFacts facts(Observation visit) {
        return Objects.requireNonNull(visit.travel(), "an observation of travel has its facts");
    }
}
