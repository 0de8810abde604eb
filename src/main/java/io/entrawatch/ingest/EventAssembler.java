package io.entrawatch.ingest;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;
import io.entrawatch.event.LongText;
import io.entrawatch.event.Place;
import io.entrawatch.event.SignInStatus;
import io.entrawatch.ingest.json.Json;
import io.entrawatch.ingest.json.RejectedRecordException;

/** Brings the fields of a raw record, whatever its form, into one form: the header, and the values that are derived. */
final class EventAssembler {

    private static final String TENANTS = "/tenants/";
    private static final int LONGEST_NAME = 1_000;

    /** Records of Privileged Identity Management and of invitations have the address nowhere else. */
    private static final Detail ADDRESS = new Detail("ipaddr");

    private final String defaultTenant;
    private final @Nullable Places places;
    private final Addresses addresses;
    private final DerivedFields derived;
    private final TimesInOneForm times;
    private final AuditTexts texts;
    private final FutureDates future;

    /**
     * @param defaultTenant the tenant of records that name none
     * @param places finds the place of a sign-in; null where no detection asks for one
     * @param json reads texts that are JSON
     * @param addresses reads addresses
     * @param derived adds what follows from other fields
     * @param times adds the times that rules ask for
     * @param future knows what is dated too far ahead
     */
    EventAssembler(
            String defaultTenant,
            @Nullable Places places,
            Json json,
            Addresses addresses,
            DerivedFields derived,
            TimesInOneForm times,
            FutureDates future) {
        this.addresses = addresses;
        this.texts = new AuditTexts(json);
        this.defaultTenant = defaultTenant;
        this.places = places;
        this.derived = derived;
        this.times = times;
        this.future = future;
    }

    /** An event from an Event Hub record: an envelope around {@code properties}, whose fields become the event's. */
    EntraEvent ofDiagnosticRecord(FieldValues envelope, FieldValues fields, String fallbackId)
            throws RejectedRecordException {
        LogKind kind = EventForms.ofDiagnosticRecord(envelope, fields);
        inheritAddress(fields, envelope.first(Field.CALLER_IP));
        inherit(fields, Field.CORRELATION_ID, envelope.first(Field.CORRELATION_ID));
        inherit(fields, Field.OPERATION_NAME, envelope.first(Field.OPERATION_NAME));
        inherit(fields, Field.RESULT_TYPE, envelope.first(Field.RESULT_TYPE));
        inherit(fields, Field.LOCATION_TEXT, envelope.first(Field.LOCATION_TEXT));
        inherit(fields, Field.SEVERITY_LEVEL, envelope.first(Field.SEVERITY_LEVEL));
        if (kind == LogKind.AZURE_ACTIVITY) {
            AzureActivity.inherit(fields, envelope);
        }
        // A row's TenantId is its workspace.
        String tenant = envelope.has(Field.TABLE) ? envelope.first(Field.TENANT_OF_ROW) : envelope.first(Field.TENANT);
        if (isBlank(tenant)) {
            tenant = tenantOfResource(envelope.first(Field.RESOURCE_ID));
        }
        if (isBlank(tenant)) {
            tenant = fields.first(Field.TENANT);
        }
        return complete(kind, fields, tenant, envelope.first(Field.ENVELOPE_TIME), fallbackId);
    }

    /** An event from a Graph object or a row of Log Analytics, whose fields become the event's. */
    EntraEvent ofPlainRecord(FieldValues fields, String fallbackId) throws RejectedRecordException {
        LogKind kind = EventForms.ofPlainRecord(fields);
        String resource = fields.first(Field.RESOURCE_ID);
        String tenant = fields.first(Field.TENANT_OF_ROW);
        boolean isRow = fields.has(Field.TABLE) || tenant != null || fields.has(Field.RESOURCE_IDENTITY);
        if (isBlank(tenant)) {
            tenant = tenantOfResource(resource);
        }
        if (isBlank(tenant) && !isRow) {
            tenant = fields.first(Field.TENANT);
        }
        if (kind == LogKind.AZURE_ACTIVITY) {
            AzureActivity.inherit(fields, fields);
        }
        if (tenantOfResource(resource) != null || fields.has(Field.RESOURCE_IDENTITY)) {
            fields.set(Field.RESOURCE_ID, fields.first(Field.RESOURCE_IDENTITY));
        }
        inheritAddress(fields, fields.first(Field.CALLER_IP));
        return complete(kind, fields, tenant, fields.first(Field.ENVELOPE_TIME), fallbackId);
    }

    /** An event from fields whose kind is known, such as a row of the portal's CSV. */
    EntraEvent ofRow(LogKind kind, FieldValues row, String fallbackId) throws RejectedRecordException {
        return complete(kind, row, row.first(Field.TENANT), row.first(Field.ENVELOPE_TIME), fallbackId);
    }

    private EntraEvent complete(
            LogKind kind, FieldValues fields, @Nullable String tenant, @Nullable String envelopeTime, String fallbackId)
            throws RejectedRecordException {
        long at = timeOf(kind, fields, envelopeTime);
        String known = isBlank(tenant) || tenant == null ? defaultTenant : tenant.toLowerCase(Locale.ROOT);
        fields.set(Field.TENANT, known);
        fields.set(Field.LOG_CATEGORY, kind.category());
        if (kind == LogKind.AUDIT) {
            completeAudit(fields);
            texts.complete(fields);
        } else if (kind.isSignIn()) {
            completeSignIn(kind, fields);
        } else if (kind == LogKind.AZURE_ACTIVITY) {
            AzureActivity.complete(fields);
        } else if (kind == LogKind.RISKY_USER || kind == LogKind.USER_REGISTRATION || kind == LogKind.USER) {
            inherit(fields, Field.USER_ID, fields.first(Field.ID));
        }
        cleanAddress(fields, Field.IP_ADDRESS);
        String id = fields.first(Field.ID);
        if (id == null || id.isBlank()) {
            id = fallbackId;
            fields.set(Field.ID, id);
        }
        mustBeShort("id", id);
        mustBeShort("tenant", known);
        mustBePlain(known);
        if (kind.isSnapshot()) {
            // The same object is told of each time.
            id = id + "@" + at;
        }
        derived.add(kind, fields);
        times.add(kind, fields, envelopeTime, at);
        Place place = places != null && kind.isSignIn() ? places.find(fields) : null;
        return new EntraEvent(kind, id, at, known, place, fields, future.contain(at));
    }

    /** What names an event or a group is kept with each, and cannot be cut: others would pass for the same. */
    private static void mustBeShort(String what, String name) throws RejectedRecordException {
        if (name.length() > LONGEST_NAME) {
            throw new RejectedRecordException(
                    "too-long",
                    what + ": " + LongText.cutValue(name) + " has " + name.length() + " characters (expected: at most "
                            + LONGEST_NAME + ")");
        }
    }

    /** A tenant stands before the group in each key, and a group must not pass for a part of it. */
    private static void mustBePlain(String tenant) throws RejectedRecordException {
        for (int i = 0; i < tenant.length(); i++) {
            if (Character.isISOControl(tenant.charAt(i))) {
                throw new RejectedRecordException(
                        "bad-tenant",
                        "tenant: its character " + (i + 1) + " is a control character (expected: the id of a tenant)");
            }
        }
    }

    private void completeAudit(FieldValues fields) {
        inherit(fields, Field.ACTIVITY, fields.first(Field.OPERATION_NAME));
        cleanAddress(fields, Field.ACTOR_IP);
        inheritAddress(fields, fields.first(Field.ACTOR_IP));
        if (fields.has(Field.DETAILS_JSON)
                && addresses.of(fields.first(Field.IP_ADDRESS)).text() == null) {
            inheritAddress(fields, ADDRESS.in(fields.first(Field.DETAILS_JSON)));
        }
        TargetNames.clean(fields);
        String result = fields.first(Field.RESULT);
        if (result != null) {
            boolean success = result.equalsIgnoreCase("success");
            fields.set(Field.STATUS, success ? SignInStatus.SUCCESS : SignInStatus.FAILURE);
        }
        explainStatus(fields, Field.RESULT_REASON);
    }

    private static void completeSignIn(LogKind kind, FieldValues fields) {
        inherit(fields, Field.ERROR_CODE, fields.first(Field.RESULT_TYPE));
        if (EntraEvent.NOBODY.equals(fields.first(Field.USER_ID))) {
            // All who tried an account that there is not would pass for the same.
            fields.set(Field.USER_ID, null);
        }
        String country = fields.first(Field.LOCATION_TEXT);
        if (country != null && country.length() == 2 && isLetter(country, 0) && isLetter(country, 1)) {
            inherit(fields, Field.COUNTRY, country);
        }
        inherit(fields, Field.OPERATION_NAME, "Sign-in activity");
        if (kind == LogKind.SIGN_IN) {
            inherit(fields, Field.INTERACTIVE, "true");
        } else if (kind == LogKind.NON_INTERACTIVE_SIGN_IN) {
            inherit(fields, Field.INTERACTIVE, "false");
        }
        String written = fields.first(Field.STATUS);
        if (SignInStatus.SUCCESS.equalsIgnoreCase(written)) {
            // Some files leave out the code of a success, which is how rules ask for one.
            inherit(fields, Field.ERROR_CODE, "0");
        }
        boolean known = SignInStatus.SUCCESS.equalsIgnoreCase(written)
                || SignInStatus.FAILURE.equalsIgnoreCase(written)
                || SignInStatus.INTERRUPTED.equalsIgnoreCase(written);
        String code = cleanCode(fields);
        if (!known) {
            fields.set(Field.STATUS, code == null || code.isBlank() ? null : SignInStatus.of(code));
        }
        explainStatus(fields, Field.STATUS_DETAILS);
    }

    /** Some exports write numbers in their own way, and a zero must not pass for a failure. */
    private static @Nullable String cleanCode(FieldValues fields) {
        String written = fields.first(Field.ERROR_CODE);
        String code = written == null ? null : SignInStatus.code(written);
        if (code != null && !code.equals(written)) {
            fields.set(Field.ERROR_CODE, code);
        }
        return code;
    }

    private static boolean isLetter(String text, int index) {
        return Character.isLetter(text.charAt(index));
    }

    /** Rules look for the reason in the status as well; its first value stays the outcome. */
    private static void explainStatus(FieldValues fields, Field reason) {
        String text = fields.first(reason);
        if (text != null && !text.isEmpty() && fields.has(Field.STATUS)) {
            fields.add(Field.STATUS.ordinal(), text);
        }
    }

    /** An address is written in one way; what is malformed stays, and what stands for none is taken away. */
    private void cleanAddress(FieldValues fields, Field field) {
        String text = fields.first(field);
        String clean = addresses.of(text).text();
        if (clean == null || !clean.equals(text)) {
            fields.set(field, clean);
        }
    }

    private void inheritAddress(FieldValues fields, @Nullable String value) {
        if (value != null && addresses.of(fields.first(Field.IP_ADDRESS)).text() == null) {
            fields.set(Field.IP_ADDRESS, value);
        }
    }

    private static long timeOf(LogKind kind, FieldValues fields, @Nullable String envelopeTime)
            throws RejectedRecordException {
        String[] candidates =
                switch (kind) {
                    case USER_REGISTRATION -> new String[] {envelopeTime, fields.first(Field.RISK_LAST_UPDATED_AT)};
                    case AZURE_ROLE_ASSIGNMENT ->
                        new String[] {envelopeTime, fields.first(Field.UPDATED_ON), fields.first(Field.CREATED_ON)};
                    case ROLE_ASSIGNMENT, USER -> new String[] {envelopeTime};
                    case AUDIT -> new String[] {fields.first(Field.ACTIVITY_AT), fields.first(Field.CREATED_AT)};
                    case RISK_DETECTION ->
                        // A risk detection is told again whenever its state changes.
                        new String[] {
                            fields.first(Field.RISK_LAST_UPDATED_AT),
                            fields.first(Field.DETECTED_AT),
                            fields.first(Field.ACTIVITY_AT)
                        };
                    case RISKY_USER -> new String[] {fields.first(Field.RISK_UPDATED_AT)};
                    case AZURE_ACTIVITY -> new String[0];
                    case SIGN_IN,
                            NON_INTERACTIVE_SIGN_IN,
                            ADFS_SIGN_IN,
                            SERVICE_PRINCIPAL_SIGN_IN,
                            MICROSOFT_SERVICE_PRINCIPAL_SIGN_IN,
                            MANAGED_IDENTITY_SIGN_IN -> new String[] {fields.first(Field.CREATED_AT)};
                };
        String unreadable = null;
        for (String candidate : candidates) {
            Long at = EventTimes.parse(candidate);
            if (at != null) {
                return at;
            }
            unreadable = candidate == null ? unreadable : candidate;
        }
        Long at = EventTimes.parse(envelopeTime);
        if (at != null) {
            return at;
        }
        unreadable = envelopeTime == null ? unreadable : envelopeTime;
        if (unreadable == null) {
            throw new RejectedRecordException(
                    "no-time",
                    "no time of the event (expected: createdDateTime,"
                            + " activityDateTime, detectedDateTime or time)");
        }
        throw new RejectedRecordException(
                "bad-time",
                "time: " + unreadable + " (expected: a time from 2000 to 2099, such as" + " 2026-03-02T09:15:42Z)");
    }

    private static void inherit(FieldValues fields, Field field, @Nullable String value) {
        String own = fields.first(field);
        if (value != null && (own == null || own.isEmpty())) {
            fields.set(field, value);
        }
    }

    private static @Nullable String tenantOfResource(@Nullable String resource) {
        if (resource == null || !resource.regionMatches(true, 0, TENANTS, 0, TENANTS.length())) {
            return null;
        }
        int end = resource.indexOf('/', TENANTS.length());
        return resource.substring(TENANTS.length(), end < 0 ? resource.length() : end);
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
