package io.entrawatch.ingest;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;
import io.entrawatch.event.Wanted;

/**
 * What is read of each record, and how.
 *
 * @param wanted what the detections ask for
 * @param defaultTenant the tenant of records that name none; kept in lower case, as those of records and of the organization
 * @param geoip the path of a database in MaxMind's format, or null
 * @param largestRecord in bytes
 * @param live whether records are read as they are written, so that none is of the future
 */
public record Decoding(Wanted wanted, String defaultTenant, @Nullable String geoip, int largestRecord, boolean live)
        implements Serializable {

    /** What the header, the evidence and the telling of forms need of every record. */
    private static final Set<Field> HEADER = EnumSet.of(
            Field.ID,
            Field.CORRELATION_ID,
            Field.TENANT,
            Field.OPERATION_NAME,
            Field.CREATED_AT,
            Field.ACTIVITY_AT,
            Field.DETECTED_AT,
            Field.RISK_UPDATED_AT,
            Field.RISK_LAST_UPDATED_AT,
            Field.ENVELOPE_TIME,
            Field.RESOURCE_ID,
            Field.RESOURCE_IDENTITY,
            Field.TABLE,
            Field.TENANT_OF_ROW,
            Field.RESULT_TYPE,
            Field.CALLER_IP,
            Field.LOCATION_TEXT,
            Field.USER_ID,
            Field.USER_PRINCIPAL_NAME,
            Field.SERVICE_PRINCIPAL_ID,
            Field.SERVICE_PRINCIPAL_NAME,
            Field.APP_ID,
            Field.APP_NAME,
            Field.IP_ADDRESS,
            Field.ERROR_CODE,
            Field.STATUS,
            Field.USER_AGENT,
            Field.INTERACTIVE,
            Field.SIGN_IN_EVENT_TYPES,
            Field.AUDIT_CATEGORY,
            Field.ACTIVITY,
            Field.RESULT,
            Field.ACTOR_ID,
            Field.ACTOR_PRINCIPAL_NAME,
            Field.ACTOR_NAME,
            Field.ACTOR_IP,
            Field.ACTOR_APP_NAME,
            Field.ACTOR_SERVICE_PRINCIPAL_ID,
            Field.ACTOR_SERVICE_PRINCIPAL_NAME,
            Field.TARGET_ID,
            Field.TARGET_PRINCIPAL_NAME,
            Field.TARGET_NAME,
            Field.TARGET_TYPE,
            Field.RISK_EVENT_TYPE,
            Field.IS_MFA_REGISTERED,
            Field.IS_SYNCHRONISED,
            Field.ACCOUNT_ENABLED,
            Field.PRINCIPAL_ID,
            Field.PRINCIPAL_NAME,
            Field.ROLE_ID,
            Field.ROLE_NAME,
            Field.SCOPE,
            Field.DIRECTORY_SCOPE,
            Field.CREATED_ON,
            Field.UPDATED_ON,
            Field.AZURE_OPERATION,
            Field.AZURE_ACTION,
            Field.AZURE_CATEGORY,
            Field.AZURE_CALLER,
            Field.AZURE_STATUS,
            Field.AZURE_RECORD_ID);

    private static final Set<Field> OF_PLACES =
            EnumSet.of(Field.CITY, Field.STATE, Field.COUNTRY, Field.LATITUDE, Field.LONGITUDE, Field.ASN);

    private static final Set<Field> OF_PROPERTIES =
            EnumSet.of(Field.PROPERTY_NAME, Field.PROPERTY_OLD, Field.PROPERTY_NEW);

    private static final Set<Field> OF_STEPS =
            EnumSet.of(Field.STEP_SUCCEEDED, Field.STEP_METHOD, Field.STEP_REQUIREMENT);

    /** What is read from the text of the targets. */
    private static final Set<Field> OF_TARGETS =
            EnumSet.of(Field.CHANGES_JSON, Field.ADMIN_CONSENT, Field.AUDIT_MESSAGE);

    private static final Set<LogSource> AUDIT = EnumSet.of(LogSource.AUDIT);

    private static final Set<Field> OF_ACTORS = EnumSet.of(Field.ACTOR_APP_ID, Field.ACTOR_APP_NAME);

    public Decoding {
        defaultTenant = defaultTenant.strip().toLowerCase(Locale.ROOT);
    }

    /** Of records that may be of any time. */
    public Decoding(Wanted wanted, String defaultTenant, @Nullable String geoip, int largestRecord) {
        this(wanted, defaultTenant, geoip, largestRecord, false);
    }

    /** The fields that are read: what the detections ask for, and what that and the header are made of. */
    EnumSet<Field> fields() {
        EnumSet<Field> fields = EnumSet.copyOf(wanted.fields());
        if (fields.stream().anyMatch(field -> field.sources().equals(AUDIT))) {
            // The address may be there alone.
            fields.add(Field.DETAILS_JSON);
        }
        if (fields.contains(Field.STATUS)) {
            fields.add(Field.RESULT_REASON);
        }
        if (fields.contains(Field.STATUS) || fields.contains(Field.STEP_RESULTS)) {
            fields.add(Field.STATUS_DETAILS);
        }
        if (!Collections.disjoint(fields, OF_TARGETS)) {
            fields.add(Field.TARGETS_JSON);
        }
        if (fields.contains(Field.ACTOR) || fields.contains(Field.ACTOR_JSON)) {
            fields.addAll(OF_ACTORS);
        }
        fields.addAll(HEADER);
        if (wanted.places()) {
            fields.addAll(OF_PLACES);
        }
        if (fields.contains(Field.PRIMARY_FACTOR_ACCEPTED) || fields.contains(Field.PRIMARY_METHOD)) {
            fields.addAll(OF_STEPS);
        }
        if (fields.contains(Field.CHANGES) || fields.contains(Field.ROLE) || fields.contains(Field.GROUP)) {
            fields.addAll(OF_PROPERTIES);
        }
        if (fields.contains(Field.PLACE_NAME)) {
            fields.add(Field.CITY);
            fields.add(Field.COUNTRY);
        }
        if (fields.contains(Field.TARGET_EMAIL) || fields.contains(Field.TARGET_DOMAIN)) {
            fields.add(Field.DETAILS_JSON);
        }
        if (fields.contains(Field.APP)) {
            fields.add(Field.RESOURCE_NAME);
        }
        return fields;
    }
}
