package io.entrawatch.engine;

import org.jspecify.annotations.Nullable;

/**
 * What {@link CheckTravel} asks of a sign-in beyond its summary.
 *
 * @param interactive the user was there
 * @param managed the device is managed or compliant
 * @param trusted the address is in a trusted named location
 */
public record TravelFacts(boolean interactive, @Nullable String sessionId, boolean managed, boolean trusted) {}
