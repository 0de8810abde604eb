package io.entrawatch.event;

import org.jspecify.annotations.Nullable;

/**
 * Where an address is.
 *
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param radiusKm how far from the point the address may be
 * @param country two letters of ISO 3166, or null
 * @param asn the number of the network, or 0 where it is not known
 */
public record Place(
        double latitude,
        double longitude,
        int radiusKm,
        @Nullable String city,
        @Nullable String state,
        @Nullable String country,
        long asn) {

    /** As inaccurate as a place is of which only the country is known. */
    public static final int COUNTRY_RADIUS_KM = 500;

    /** Whether its coordinates may say more than which country it is in. */
    public boolean isWithinCountry() {
        return radiusKm < COUNTRY_RADIUS_KM;
    }

    /** {@code "Oslo, NO"}, as far as it is known. */
    public String label() {
        if (city != null && country != null) {
            return city + ", " + country;
        }
        if (city != null) {
            return city;
        }
        return country != null ? country : "an unnamed place";
    }
}
