package io.entrawatch.detection.organization;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant says about how its people work.
 *
 * @param hours null where it does not say
 * @param countryZones the time zones of countries that have several, where one counts
 * @param controls null where it does not say
 * @param legacyAuthDisabledSince null where it is not disabled
 */
public record Expectations(
        @Nullable BusinessHours hours,
        Holidays holidays,
        Map<String, ZoneId> countryZones,
        List<RequiredAttribute> requiredAttributes,
        @Nullable PrivilegedControls controls,
        List<StationaryGroup> stationary,
        @Nullable Instant legacyAuthDisabledSince)
        implements Serializable {

    public static final Expectations NONE =
            new Expectations(null, Holidays.NONE, Map.of(), List.of(), null, List.of(), null);

    /** The zone that counts in a country: its own, or the one beside its hours; null where neither is given. */
    @Nullable
    ZoneId zoneOf(String country) {
        ZoneId own = countryZones.get(country);
        return own != null || hours == null ? own : hours.zones().get(country);
    }
}
