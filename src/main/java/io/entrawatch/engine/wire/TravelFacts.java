package io.entrawatch.engine.wire;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Place;

/**
 * What {@code CheckTravel} asks of every sign-in, so that it need not unpack the event.
 *
 * @param interactive the user was there
 * @param managed the device is managed or compliant
 * @param trusted the address is in a trusted named location
 */
public record TravelFacts(
        boolean interactive,
        @Nullable String sessionId,
        boolean managed,
        boolean trusted,
        @Nullable String address,
        @Nullable Place place) {}
