package io.entrawatch.detection.organization;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;

/** Adds to an event what the organization says of it, when a detection asks for it. Not thread-safe. */
@SuppressWarnings("NullAway.Init")
public final class OrganizationFields {

    private static final Set<Field> USER = EnumSet.of(Field.USER_ID, Field.USER_PRINCIPAL_NAME);
    private static final Set<Field> ACTOR = EnumSet.of(
            Field.ACTOR_ID,
            Field.ACTOR_PRINCIPAL_NAME,
            Field.ACTOR_APP_NAME,
            Field.ACTOR_SERVICE_PRINCIPAL_ID,
            Field.ACTOR_SERVICE_PRINCIPAL_NAME);
    private static final Set<Field> TARGET = EnumSet.of(Field.TARGET_ID, Field.TARGET_PRINCIPAL_NAME);
    private static final Set<Field> PLACE = EnumSet.of(Field.COUNTRY, Field.STATE, Field.LATITUDE, Field.LONGITUDE);

    /** The fields that are computed here, and what of a record they are computed from. */
    private static final Map<Field, Set<Field>> SOURCES = sources();

    private final Organization organization;
    private final Field[] wanted;
    private final boolean[] known = new boolean[Field.COUNT];
    private EntraEvent event;

    /** @param fields those that detections ask for; the ones of the organization are picked out of them */
    public OrganizationFields(Organization organization, Set<Field> fields) {
        this.organization = organization;
        this.wanted = among(fields);
    }

    /** The fields of the organization among others. */
    public static Field[] among(Set<Field> fields) {
        return fields.stream().filter(SOURCES::containsKey).toArray(Field[]::new);
    }

    /** What has to be read of a record to compute some fields. */
    public static EnumSet<Field> reads(Set<Field> wanted) {
        EnumSet<Field> reads = EnumSet.noneOf(Field.class);
        for (Field field : wanted) {
            reads.addAll(SOURCES.getOrDefault(field, Set.of()));
        }
        return reads;
    }

    /** Sets the wanted fields of an event. One about which the tenant says nothing has no value. */
    public void complete(EntraEvent next) {
        begin(next);
        set(wanted);
    }

    /** Goes on to an event, of which none of these fields is known yet. */
    public void begin(EntraEvent next) {
        event = next;
        for (Field field : wanted) {
            known[field.ordinal()] = false;
        }
    }

    /** Sets some fields of the event; those that are known already cost nothing. */
    public void set(Field[] fields) {
        for (Field field : fields) {
            if (!known[field.ordinal()]) {
                known[field.ordinal()] = true;
                set(field);
            }
        }
    }

    private void set(Field field) {
        TenantProfile profile = organization.profile(event.tenant());
        if (field.sources().contains(event.kind().source())
                && profile.lists().keySet().containsAll(field.needs())) {
            set(event, field, profile);
        }
    }

    private static void set(EntraEvent event, Field field, TenantProfile profile) {
        switch (field) {
            case USER_IS_PRIVILEGED -> put(event, field, isPrivileged(event, USER, profile));
            case USER_IS_VIP -> put(event, field, isVip(event, USER, profile));
            case ACTOR_IS_PRIVILEGED -> put(event, field, isPrivileged(event, ACTOR, profile));
            case ACTOR_IS_VIP -> put(event, field, isVip(event, ACTOR, profile));
            case TARGET_IS_PRIVILEGED -> put(event, field, isPrivileged(event, TARGET, profile));
            case TARGET_IS_VIP -> put(event, field, isVip(event, TARGET, profile));
            case SOURCE_IS_TRUSTED -> put(event, field, Surroundings.isTrusted(event, profile));
            case TIME_BUSINESS -> put(event, field, LocalTimes.business(event, profile));
            case TIME_LOCAL -> put(event, field, LocalTimes.text(LocalTimes.whereTheUserIs(event, profile)));
            case TIME_HOUR -> put(event, field, hour(event, profile));
            case TARGET_MISSING_ATTRIBUTES ->
                put(event, field, SetAttributes.of(event).missing(profile));
            case TARGET_SET_ATTRIBUTES ->
                put(event, field, SetAttributes.of(event).present(profile));
            case USER_VIOLATED_CONTROLS -> {
                boolean privileged = isPrivileged(event, USER, profile);
                put(event, field, privileged ? Surroundings.violatedControls(event, profile) : new String[0]);
            }
            case USER_IS_AWAY -> put(event, field, Surroundings.isAway(event, profile));
            case AFTER_LEGACY_CUT_OFF -> put(event, field, isAfterCutOff(event, profile));
            default -> throw new IllegalArgumentException(field + " (expected: a field of the organization)");
        }
    }

    private static void put(EntraEvent event, Field field, @Nullable Boolean value) {
        event.fields().set(field, value == null ? null : value.toString());
    }

    private static void put(EntraEvent event, Field field, String text) {
        event.fields().set(field, text);
    }

    private static void put(EntraEvent event, Field field, String[] values) {
        event.fields().values[field.ordinal()] = values.length == 0 ? null : values;
    }

    private static boolean isPrivileged(EntraEvent event, Set<Field> names, TenantProfile profile) {
        for (Field field : names) {
            if (profile.isPrivileged(event.text(field))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVip(EntraEvent event, Set<Field> names, TenantProfile profile) {
        for (Field field : names) {
            if (profile.isVip(event.text(field))) {
                return true;
            }
        }
        return false;
    }

    private static String hour(EntraEvent event, TenantProfile profile) {
        LocalDateTime at = LocalTimes.at(event, profile.zone());
        return LocalTimes.text(at).substring(0, "2026-03-01T10".length());
    }

    private static @Nullable Boolean isAfterCutOff(EntraEvent event, TenantProfile profile) {
        Instant since = profile.expected().legacyAuthDisabledSince();
        return since == null ? null : event.atMillis() >= since.toEpochMilli();
    }

    private static Map<Field, Set<Field>> sources() {
        Map<Field, Set<Field>> sources = new EnumMap<>(Field.class);
        sources.put(Field.USER_IS_PRIVILEGED, USER);
        sources.put(Field.USER_IS_VIP, USER);
        sources.put(Field.ACTOR_IS_PRIVILEGED, ACTOR);
        sources.put(Field.ACTOR_IS_VIP, ACTOR);
        sources.put(Field.TARGET_IS_PRIVILEGED, TARGET);
        sources.put(Field.TARGET_IS_VIP, TARGET);
        sources.put(Field.SOURCE_IS_TRUSTED, EnumSet.of(Field.IP_ADDRESS, Field.NETWORK_TYPE));
        sources.put(Field.TIME_BUSINESS, PLACE);
        sources.put(Field.TIME_LOCAL, PLACE);
        sources.put(Field.TIME_HOUR, Set.of());
        sources.put(Field.TARGET_MISSING_ATTRIBUTES, EnumSet.of(Field.CHANGES));
        sources.put(Field.TARGET_SET_ATTRIBUTES, EnumSet.of(Field.CHANGES));
        sources.put(Field.USER_VIOLATED_CONTROLS, Surroundings.CONTROLLED);
        sources.put(Field.USER_IS_AWAY, Surroundings.WHERE);
        sources.put(Field.AFTER_LEGACY_CUT_OFF, Set.of());
        return sources;
    }
}
