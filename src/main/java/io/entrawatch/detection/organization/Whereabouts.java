package io.entrawatch.detection.organization;

import java.io.Serializable;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.CidrSet;

/**
 * Where somebody may sign in from.
 *
 * @param countries none where it may be any
 * @param networks none where it may be any
 */
public record Whereabouts(Set<String> countries, CidrSet networks) implements Serializable {

    /** True where the country is known and not one of them. */
    boolean isOtherCountry(@Nullable String country) {
        return country != null && !countries.isEmpty() && !countries.contains(country);
    }

    /** True where the address is known and in none of the networks. */
    boolean isOtherNetwork(@Nullable String address) {
        return address != null && !networks.isEmpty() && !networks.contains(address);
    }
}
