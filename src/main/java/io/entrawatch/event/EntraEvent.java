package io.entrawatch.event;

import org.jspecify.annotations.Nullable;

/**
 * One record of a log, read and brought into one form.
 *
 * @param id the record's own id; a hash of its bytes where it has none
 * @param atMillis when it happened, in milliseconds since 1970 UTC
 * @param tenant the id of the tenant whose log this is
 * @param place where the address is, for sign-ins; null where nothing tells
 * @param isFuture whether it was read as it was written, and is dated so far ahead that nothing can wait for it
 */
public record EntraEvent(
        LogKind kind,
        String id,
        long atMillis,
        String tenant,
        @Nullable Place place,
        FieldValues fields,
        boolean isFuture) {

    /** The tenant of records that name none, where the source and the organization name none either. */
    public static final String UNKNOWN_TENANT = "unknown";

    /** The id of an account that there is not. */
    public static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    /** An event of the past, or of logs that may be of any time. */
    public EntraEvent(
            LogKind kind, String id, long atMillis, String tenant, @Nullable Place place, FieldValues fields) {
        this(kind, id, atMillis, tenant, place, fields, false);
    }

    public @Nullable String text(Field field) {
        return fields.first(field);
    }

    /** What happened, for evidence: the audit activity, the operation on Azure, the kind of risk, or a sign-in. */
    public String activity() {
        String name =
                switch (kind.source()) {
                    case AUDIT -> text(Field.ACTIVITY);
                    case ACTIVITY -> text(Field.AZURE_OPERATION);
                    case RISK_DETECTIONS, RISKY_USERS -> text(Field.RISK_EVENT_TYPE);
                    case SIGN_INS, SERVICE_PRINCIPAL_SIGN_INS, MANAGED_IDENTITY_SIGN_INS -> "Sign-in";
                    case ROLE_ASSIGNMENTS, AZURE_ROLE_ASSIGNMENTS -> text(Field.ROLE_NAME);
                    case USER_REGISTRATIONS, USERS -> null;
                };
        return name == null ? kind.category() : name;
    }
}
