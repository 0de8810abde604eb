package io.entrawatch.detection.organization;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;

/** Whether the place, the address and the device of a record are those that the organization expects. */
final class Surroundings {

    static final Set<Field> WHERE =
            EnumSet.of(Field.USER_ID, Field.USER_PRINCIPAL_NAME, Field.IP_ADDRESS, Field.COUNTRY);
    static final Set<Field> CONTROLLED = EnumSet.of(
            Field.USER_ID,
            Field.USER_PRINCIPAL_NAME,
            Field.IP_ADDRESS,
            Field.COUNTRY,
            Field.DEVICE_MANAGED,
            Field.DEVICE_COMPLIANT,
            Field.DEVICE_TRUST);

    private static final String TRUSTED_LOCATION = "trustedNamedLocation";

    private Surroundings() {}

    /** Null where the record has neither an address nor a trusted location. */
    static @Nullable Boolean isTrusted(EntraEvent event, TenantProfile profile) {
        String[] types = event.fields().all(Field.NETWORK_TYPE);
        if (types != null) {
            for (String type : types) {
                if (TRUSTED_LOCATION.equalsIgnoreCase(type)) {
                    return true;
                }
            }
        }
        String address = event.text(Field.IP_ADDRESS);
        return address == null ? null : profile.isEgress(address);
    }

    /** Null for somebody who is in no stationary group; of several groups any may be at home. */
    static @Nullable Boolean isAway(EntraEvent event, TenantProfile profile) {
        Boolean away = null;
        for (StationaryGroup group : profile.expected().stationary()) {
            if (group.includes(event.text(Field.USER_ID)) || group.includes(event.text(Field.USER_PRINCIPAL_NAME))) {
                away = (away == null || away) && isElsewhere(event, group.home());
            }
        }
        return away;
    }

    private static boolean isElsewhere(EntraEvent event, Whereabouts home) {
        return home.isOtherCountry(LocalTimes.country(event)) || home.isOtherNetwork(event.text(Field.IP_ADDRESS));
    }

    /** Of {@code place}, {@code address} and {@code device} those that are not as they should be. */
    static String[] violatedControls(EntraEvent event, TenantProfile profile) {
        PrivilegedControls controls = profile.expected().controls();
        if (controls == null) {
            return new String[0];
        }
        List<String> violated = new ArrayList<>();
        if (controls.where().isOtherCountry(LocalTimes.country(event))) {
            violated.add("place");
        }
        if (controls.where().isOtherNetwork(event.text(Field.IP_ADDRESS))) {
            violated.add("address");
        }
        if (!controls.devices().isEmpty() && !isKnownDevice(event, controls.devices())) {
            violated.add("device");
        }
        return violated.toArray(String[]::new);
    }

    /** A device that the record does not tell of is not known. */
    private static boolean isKnownDevice(EntraEvent event, Set<String> ways) {
        String trust = event.text(Field.DEVICE_TRUST);
        boolean hybrid = trust != null
                && (trust.toLowerCase(Locale.ROOT).contains("hybrid") || trust.equalsIgnoreCase("ServerAd"));
        return (ways.contains(PrivilegedControls.MANAGED) && isTrue(event.text(Field.DEVICE_MANAGED)))
                || (ways.contains(PrivilegedControls.COMPLIANT) && isTrue(event.text(Field.DEVICE_COMPLIANT)))
                || (ways.contains(PrivilegedControls.HYBRID) && hybrid);
    }

    private static boolean isTrue(@Nullable String text) {
        return "true".equalsIgnoreCase(text);
    }
}
