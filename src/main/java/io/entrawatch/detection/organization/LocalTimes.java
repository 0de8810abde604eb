package io.entrawatch.detection.organization;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.Place;

/** What the clocks say where somebody signs in. */
final class LocalTimes {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private LocalTimes() {}

    static LocalDateTime at(EntraEvent event, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(event.atMillis()), zone)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    static LocalDateTime whereTheUserIs(EntraEvent event, TenantProfile profile) {
        return at(event, zone(event, country(event), profile));
    }

    static String text(LocalDateTime at) {
        return SECONDS.format(at);
    }

    /** {@code hours}, {@code off-hours}, {@code weekend} or {@code holiday}. */
    static String business(EntraEvent event, TenantProfile profile) {
        BusinessHours hours = profile.expected().hours();
        if (hours == null) {
            throw new IllegalStateException("business_hours: a list without hours");
        }
        String country = country(event);
        LocalDateTime at = at(event, zone(event, country, profile));
        return profile.expected().holidays().include(at.toLocalDate(), country) ? "holiday" : hours.kindOf(at, country);
    }

    /** The two letters of the country that a sign-in came from; null where it is not known. */
    static @Nullable String country(EntraEvent event) {
        String country = event.text(Field.COUNTRY);
        Place place = event.place();
        if ((country == null || country.isBlank()) && place != null) {
            country = place.country();
        }
        return country == null || country.isBlank() ? null : country.toUpperCase(Locale.ROOT);
    }

    private static ZoneId zone(EntraEvent event, @Nullable String country, TenantProfile profile) {
        if (country == null) {
            return profile.zone();
        }
        ZoneId chosen = profile.expected().zoneOf(country);
        if (chosen != null) {
            return chosen;
        }
        Place place = event.place();
        double latitude = place == null ? degrees(event.text(Field.LATITUDE)) : place.latitude();
        double longitude = place == null ? degrees(event.text(Field.LONGITUDE)) : place.longitude();
        if (place != null && !place.isWithinCountry()) {
            // The middle of a country is not where its people are.
            latitude = Double.NaN;
            longitude = Double.NaN;
        }
        ZoneId shipped = CountryZones.of(country, event.text(Field.STATE), latitude, longitude);
        return shipped == null ? profile.zone() : shipped;
    }

    private static double degrees(@Nullable String text) {
        if (text == null || text.isBlank() || text.length() > 40) {
            return Double.NaN;
        }
        try {
            double degrees = Double.parseDouble(text);
            return degrees == 0 ? Double.NaN : degrees;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
