package io.entrawatch.detection.organization;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The time zones of the world's countries: by state where that tells, else the one whose city is nearest. */
final class CountryZones {

    private static final Map<String, List<City>> CITIES = cities();
    private static final Map<String, ZoneId> STATES = states();

    private CountryZones() {}

    /** The city that a time zone is named after. */
    private record City(ZoneId zone, double latitude, double longitude) {

        /** Not a distance, but the smaller the nearer. */
        double farFrom(double otherLatitude, double otherLongitude) {
            double north = otherLatitude - latitude;
            double turn = Math.abs(otherLongitude - longitude);
            double east = Math.min(turn, 360 - turn) * Math.cos(Math.toRadians(latitude));
            return north * north + east * east;
        }
    }

    /**
     * The zone of a place; null where the country is unknown or has none.
     *
     * @param latitude and longitude in degrees; NaN where they are not known, and then it is the zone of most people
     */
    static @Nullable ZoneId of(String country, @Nullable String state, double latitude, double longitude) {
        List<City> cities = CITIES.getOrDefault(country, List.of());
        if (cities.size() > 1 && state != null) {
            ZoneId ofState = STATES.get(country + '/' + state.toLowerCase(Locale.ROOT));
            if (ofState != null) {
                return ofState;
            }
        }
        City nearest = cities.isEmpty() ? null : cities.get(0);
        for (City city : cities) {
            if (nearest != null && city.farFrom(latitude, longitude) < nearest.farFrom(latitude, longitude)) {
                nearest = city;
            }
        }
        return nearest == null ? null : nearest.zone();
    }

    /** The names of a country's zones; none where it is unknown. */
    static List<String> namesOf(String country) {
        return CITIES.getOrDefault(country, List.of()).stream()
                .map(city -> city.zone().getId())
                .toList();
    }

    private static Map<String, List<City>> cities() {
        Map<String, List<City>> cities = new HashMap<>();
        for (String[] row : CsvResource.rows("zones.csv")) {
            ZoneId zone = zone(row[1]);
            if (zone != null) {
                cities.computeIfAbsent(row[0], country -> new ArrayList<>())
                        .add(new City(zone, Double.parseDouble(row[2]), Double.parseDouble(row[3])));
            }
        }
        return cities;
    }

    private static Map<String, ZoneId> states() {
        Map<String, ZoneId> states = new HashMap<>();
        for (String[] row : CsvResource.rows("state-zones.csv")) {
            ZoneId zone = zone(row[2]);
            if (zone != null) {
                states.put(row[0] + '/' + row[1].toLowerCase(Locale.ROOT), zone);
            }
        }
        return states;
    }

    /** A Java that is older than a zone does not know it. */
    private static @Nullable ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
