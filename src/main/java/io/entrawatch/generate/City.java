package io.entrawatch.generate;

import java.time.ZoneId;
import java.util.List;

/** A city that people of the tenant work in, or that somebody signs in from. */
record City(String name, String state, String country, double latitude, double longitude, ZoneId zone) {

    private static final double EARTH_RADIUS_KM = 6371.0;

    /** The first so many of {@link #ALL} have an office. */
    static final int OFFICES = 9;

    static final List<City> ALL = List.of(
            city("London", "England", "GB", 51.507, -0.128, "Europe/London"),
            city("Oslo", "Oslo", "NO", 59.913, 10.752, "Europe/Oslo"),
            city("Berlin", "Berlin", "DE", 52.52, 13.405, "Europe/Berlin"),
            city("New York", "New York", "US", 40.713, -74.006, "America/New_York"),
            city("Seattle", "Washington", "US", 47.606, -122.332, "America/Los_Angeles"),
            city("Sao Paulo", "Sao Paulo", "BR", -23.551, -46.633, "America/Sao_Paulo"),
            city("Singapore", "Singapore", "SG", 1.352, 103.82, "Asia/Singapore"),
            city("Sydney", "New South Wales", "AU", -33.869, 151.209, "Australia/Sydney"),
            city("Tokyo", "Tokyo", "JP", 35.676, 139.65, "Asia/Tokyo"),
            city("Lagos", "Lagos", "NG", 6.524, 3.379, "Africa/Lagos"),
            city("Auckland", "Auckland", "NZ", -36.85, 174.764, "Pacific/Auckland"),
            city("Honolulu", "Hawaii", "US", 21.307, -157.858, "Pacific/Honolulu"),
            city("Quito", "Pichincha", "EC", -0.18, -78.468, "America/Guayaquil"));

    static City named(String name) {
        return ALL.stream()
                .filter(city -> city.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such city: " + name));
    }

    private static City city(String name, String state, String country, double lat, double lon, String zone) {
        return new City(name, state, country, lat, lon, ZoneId.of(zone));
    }

    double kilometersTo(City other) {
        double a = Math.toRadians(latitude);
        double b = Math.toRadians(other.latitude);
        double cosine = Math.sin(a) * Math.sin(b)
                + Math.cos(a) * Math.cos(b) * Math.cos(Math.toRadians(other.longitude - longitude));
        return EARTH_RADIUS_KM * Math.acos(Math.max(-1, Math.min(1, cosine)));
    }

    /** The next city with an office that is at least so far away. */
    City farther(double kilometers, int from) {
        for (int i = 0; i < OFFICES; i++) {
            City other = ALL.get((from + i) % OFFICES);
            if (kilometersTo(other) >= kilometers) {
                return other;
            }
        }
        throw new IllegalArgumentException("no city is " + kilometers + " km from " + name);
    }
}
