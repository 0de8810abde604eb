package io.entrawatch.event;

import org.jspecify.annotations.Nullable;

/**
 * What an alert says about one of its events: small enough to travel and to be kept in state.
 *
 * @param userId who did it: the user of a sign-in, the actor of an audit record
 * @param user the same as a user principal name, or the name of an application
 * @param targetId whom or what it was done to; audit records only
 * @param targetType what that is, as Entra calls it: User, Group, ServicePrincipal, Role, …
 */
public record EventSummary(
        String id,
        long atMillis,
        String tenant,
        String category,
        String activity,
        @Nullable String outcome,
        @Nullable String userId,
        @Nullable String user,
        @Nullable String address,
        @Nullable Place place,
        @Nullable String targetId,
        @Nullable String target,
        @Nullable String targetType,
        @Nullable String app,
        @Nullable String userAgent,
        @Nullable String deviceId,
        @Nullable String correlationId) {

    private static final int LONGEST = 1_000;

    public static EventSummary of(EntraEvent event) {
        boolean audit = event.kind() == LogKind.AUDIT;
        return new EventSummary(
                event.id(),
                event.atMillis(),
                event.tenant(),
                event.kind().category(),
                cut(event.activity()),
                cutIfAny(event.text(Field.STATUS)),
                cutIfAny(audit ? firstOf(event, Field.ACTOR_ID, Field.ACTOR_SERVICE_PRINCIPAL_ID) : userId(event)),
                cutIfAny(audit ? actor(event) : user(event)),
                cutIfAny(addressOf(event)),
                event.place(),
                cutIfAny(event.text(Field.TARGET_ID)),
                cutIfAny(firstOf(event, Field.TARGET_PRINCIPAL_NAME, Field.TARGET_NAME)),
                cutIfAny(event.text(Field.TARGET_TYPE)),
                cutIfAny(event.text(Field.APP_NAME)),
                cutIfAny(event.text(Field.USER_AGENT)),
                cutIfAny(event.text(Field.DEVICE_ID)),
                cutIfAny(event.text(Field.CORRELATION_ID)));
    }

    /** Of an event of which nothing was kept but that it was there. */
    public static EventSummary unknown(String id, long atMillis, String tenant) {
        return new EventSummary(
                id,
                atMillis,
                tenant,
                "unknown",
                "an event that was not kept",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** No name is as long; with ten events of such an alert would be more than a sink takes. */
    private static String cut(String text) {
        return LongText.cut(text, LONGEST);
    }

    private static @Nullable String cutIfAny(@Nullable String text) {
        return text == null ? null : cut(text);
    }

    public static @Nullable String addressOf(EntraEvent event) {
        return firstOf(event, Field.IP_ADDRESS, Field.ACTOR_IP);
    }

    private static @Nullable String userId(EntraEvent event) {
        return firstOf(event, Field.USER_ID, Field.SERVICE_PRINCIPAL_ID, Field.PRINCIPAL_ID);
    }

    private static @Nullable String user(EntraEvent event) {
        return firstOf(
                event,
                Field.USER_PRINCIPAL_NAME,
                Field.SERVICE_PRINCIPAL_NAME,
                Field.USER_DISPLAY_NAME,
                Field.PRINCIPAL_NAME,
                Field.AZURE_CALLER);
    }

    private static @Nullable String actor(EntraEvent event) {
        return firstOf(
                event,
                Field.ACTOR_PRINCIPAL_NAME,
                Field.ACTOR_SERVICE_PRINCIPAL_NAME,
                Field.ACTOR_APP_NAME,
                Field.ACTOR_NAME);
    }

    private static @Nullable String firstOf(EntraEvent event, Field... fields) {
        for (Field field : fields) {
            String text = event.text(field);
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return null;
    }
}
