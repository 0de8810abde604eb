package io.entrawatch.engine.travel;

import io.entrawatch.event.Place;

/** Distances on the globe and the cells that places fall into. */
final class Geography {

    private static final double EARTH_RADIUS_KM = 6371.0088;

    /** A little more than there are on a meridian. */
    private static final double KM_PER_DEGREE = 111.2;

    /** Ten bits for each coordinate, as in a geohash of four letters: cells of at most 39 km by 20 km. */
    private static final int CELLS = 1 << 10;

    private Geography() {}

    /** Kilometers along the great circle between the two points. */
    static double distanceKm(Place a, Place b) {
        double latitude = Math.toRadians(b.latitude() - a.latitude());
        double longitude = Math.toRadians(b.longitude() - a.longitude());
        double h = square(Math.sin(latitude / 2))
                + Math.cos(Math.toRadians(a.latitude()))
                        * Math.cos(Math.toRadians(b.latitude()))
                        * square(Math.sin(longitude / 2));
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
    }

    /**
     * Kilometers that are not fewer than those between the two points, which takes a fraction of the time: first along a
     * meridian and then along the equator.
     */
    static double mostKm(Place a, Place b) {
        double latitude = Math.abs(b.latitude() - a.latitude());
        double longitude = Math.abs(b.longitude() - a.longitude());
        return KM_PER_DEGREE * (latitude + Math.min(longitude, 360 - longitude));
    }

    /** Kilometers that lie between the two for certain, given how accurate each is. */
    static double certainDistanceKm(Place a, Place b) {
        return Math.max(0, distanceKm(a, b) - a.radiusKm() - b.radiusKm());
    }

    /** The number of the cell that a place falls into. */
    static int cell(Place place) {
        int row = (int) Math.min(CELLS - 1, (place.latitude() + 90) / 180 * CELLS);
        int column = (int) Math.min(CELLS - 1, (place.longitude() + 180) / 360 * CELLS);
        return row * CELLS + column;
    }

    private static double square(double x) {
        return x * x;
    }
}
