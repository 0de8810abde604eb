package io.entrawatch.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;
import io.entrawatch.ingest.json.EachTarget;
import io.entrawatch.ingest.json.ListedObjects;
import io.entrawatch.ingest.json.RejectedRecordException;

/**
 * The columns of the CSV files that the Entra portal lets people download. Column names are told by their words:
 * blanks around and between them, and upper and lower case, differ between downloads.
 */
final class PortalCsv {

    private static final Map<String, List<Field>> COLUMNS = new TreeMap<>();

    /** The portal's words for what the logs call the requirement. */
    private static final Map<String, String> REQUIREMENTS = Map.of(
            "single-factor authentication", "singleFactorAuthentication",
            "multifactor authentication", "multiFactorAuthentication",
            "multi-factor authentication", "multiFactorAuthentication");

    static {
        column("Date (UTC)", Field.ENVELOPE_TIME);
        // Sign-ins.
        column("Request ID", Field.ID);
        column("User agent", Field.USER_AGENT);
        column("Correlation ID", Field.CORRELATION_ID);
        column("User ID", Field.USER_ID);
        column("User", Field.USER_DISPLAY_NAME);
        column("Username", Field.USER_PRINCIPAL_NAME);
        column("User type", Field.USER_TYPE);
        column("Cross tenant access type", Field.CROSS_TENANT_ACCESS);
        column("Authentication Protocol", Field.AUTHENTICATION_PROTOCOL);
        column("Client credential type", Field.CLIENT_CREDENTIAL_TYPE);
        column("Application", Field.APP_NAME);
        column("Application ID", Field.APP_ID);
        column("Resource", Field.RESOURCE_NAME);
        column("Resource ID", Field.RESOURCE_ID);
        column("Resource tenant ID", Field.RESOURCE_TENANT_ID);
        column("Home tenant ID", Field.HOME_TENANT_ID);
        column("IP address", Field.IP_ADDRESS);
        column("Location", Field.LOCATION_TEXT);
        column("Status", Field.STATUS);
        column("Sign-in error code", Field.ERROR_CODE);
        column("Failure reason", Field.FAILURE_REASON);
        column("Client app", Field.CLIENT_APP);
        column("Device ID", Field.DEVICE_ID);
        column("Browser", Field.DEVICE_BROWSER);
        column("Operating System", Field.DEVICE_SYSTEM);
        column("Compliant", Field.DEVICE_COMPLIANT);
        column("Managed", Field.DEVICE_MANAGED);
        column("Join Type", Field.DEVICE_TRUST);
        column("Multifactor authentication result", Field.STATUS_DETAILS);
        column("Authentication requirement", Field.AUTHENTICATION_REQUIREMENT);
        column("Session ID", Field.SESSION_ID);
        column("Autonomous system number", Field.ASN);
        column("Conditional Access", Field.CONDITIONAL_ACCESS);
        column("Service principal ID", Field.SERVICE_PRINCIPAL_ID);
        column("Service principal name", Field.SERVICE_PRINCIPAL_NAME);
        // Audit records.
        column("CorrelationId", Field.CORRELATION_ID);
        column("Service", Field.LOGGED_BY);
        column("Category", Field.AUDIT_CATEGORY);
        column("Activity", Field.ACTIVITY);
        column("Result", Field.RESULT);
        column("ResultReason", Field.RESULT_REASON);
        column("ActorDisplayName", Field.ACTOR_NAME);
        column("ActorObjectId", Field.ACTOR_ID);
        column("ActorUserPrincipalName", Field.ACTOR_PRINCIPAL_NAME);
        column("IPAddress", Field.IP_ADDRESS);
        column("ActorServicePrincipalId", Field.ACTOR_SERVICE_PRINCIPAL_ID);
        column("ActorServicePrincipalName", Field.ACTOR_SERVICE_PRINCIPAL_NAME);
    }

    private final List<String> header;
    private final LogKind kind;
    private final Set<Field> wanted;
    private final EachTarget ofEachTarget;
    private final boolean tellsDevices;

    private PortalCsv(List<String> header, LogKind kind, Set<Field> wanted) {
        this.header = header;
        this.kind = kind;
        this.wanted = wanted;
        this.ofEachTarget = new EachTarget(wanted);
        this.tellsDevices = header.contains("device id") && wanted.contains(Field.DEVICE_ID);
    }

    /** The columns of a header, or null where it is none of the portal's; of a row only the wanted fields are kept. */
    static @Nullable PortalCsv of(List<String> header, Set<Field> wanted) {
        List<String> names = new ArrayList<>();
        header.forEach(name -> names.add(fold(name)));
        if (!names.contains("date (utc)")) {
            return null;
        }
        if (names.contains("activity") && names.contains("correlationid")) {
            return new PortalCsv(names, LogKind.AUDIT, wanted);
        }
        if (names.contains("request id") && names.contains("username")) {
            return new PortalCsv(names, LogKind.SIGN_IN, wanted);
        }
        return names.contains("request id") && names.contains("service principal id")
                ? new PortalCsv(names, LogKind.SERVICE_PRINCIPAL_SIGN_IN, wanted)
                : null;
    }

    boolean fits(List<String> row) {
        return row.size() == header.size();
    }

    int size() {
        return header.size();
    }

    LogKind kind() {
        return kind;
    }

    /** The fields of a row. Where a header stands twice, the first column with a value counts. */
    FieldValues read(List<String> row) throws RejectedRecordException {
        FieldValues fields = new FieldValues();
        Map<String, String> others = new TreeMap<>();
        for (int i = 0; i < Math.min(header.size(), row.size()); i++) {
            String value = row.get(i).strip();
            String name = header.get(i);
            if (value.isEmpty()) {
                continue;
            }
            List<Field> of = COLUMNS.get(name);
            if (of == null) {
                others.putIfAbsent(name, value);
            } else {
                keep(value, of, fields);
            }
        }
        if (kind == LogKind.AUDIT) {
            readActor(others.get("actortype"), fields);
            readTargets(others, fields);
            writeTexts(others, fields);
        }
        if (tellsDevices && !fields.has(Field.DEVICE_ID)) {
            // The logs have an empty text for a device that is not known, and rules ask for that.
            fields.set(Field.DEVICE_ID, "");
        }
        readPlace(fields);
        readRequirement(fields);
        readFlag(fields, Field.DEVICE_COMPLIANT);
        readFlag(fields, Field.DEVICE_MANAGED);
        return fields;
    }

    private void writeTexts(Map<String, String> columns, FieldValues fields) {
        if (wanted.contains(Field.DETAILS_JSON)) {
            fields.set(Field.DETAILS_JSON, PortalTexts.details(columns));
        }
        if (wanted.contains(Field.TARGETS_JSON)) {
            fields.set(Field.TARGETS_JSON, PortalTexts.targets(columns));
        }
        if (wanted.contains(Field.ACTOR_JSON)) {
            fields.set(Field.ACTOR_JSON, PortalTexts.actor(fields));
        }
    }

    private void keep(String value, List<Field> of, FieldValues into) {
        for (Field field : of) {
            if (wanted.contains(field) && !into.has(field)) {
                into.set(field, value);
            }
        }
    }

    /** People and applications have one column for their names; an application must not pass for a person. */
    private static void readActor(@Nullable String type, FieldValues fields) {
        if ("Application".equalsIgnoreCase(type)) {
            fields.set(Field.ACTOR_APP_NAME, fields.first(Field.ACTOR_NAME));
            fields.set(Field.ACTOR_NAME, null);
        }
    }

    private void readTargets(Map<String, String> columns, FieldValues fields) throws RejectedRecordException {
        ofEachTarget.begin();
        for (int number = 1; number <= PortalTexts.MOST_TARGETS; number++) {
            FieldValues target = new FieldValues();
            target.set(Field.TARGET_TYPE, columns.get("target" + number + "type"));
            target.set(Field.TARGET_NAME, columns.get("target" + number + "displayname"));
            target.set(Field.TARGET_ID, columns.get("target" + number + "objectid"));
            target.set(Field.TARGET_PRINCIPAL_NAME, columns.get("target" + number + "userprincipalname"));
            readProperties("target" + number + "modifiedproperty", columns, target);
            if (target.has(Field.TARGET_ID) || target.has(Field.TARGET_TYPE)) {
                ListedObjects.keepTarget(target, fields, ofEachTarget);
            }
        }
    }

    private static void readProperties(String prefix, Map<String, String> columns, FieldValues target)
            throws RejectedRecordException {
        for (int number = 1; number <= PortalTexts.MOST_PROPERTIES; number++) {
            FieldValues property = new FieldValues();
            property.set(Field.PROPERTY_NAME, columns.get(prefix + number + "name"));
            property.set(Field.PROPERTY_OLD, columns.get(prefix + number + "oldvalue"));
            property.set(Field.PROPERTY_NEW, columns.get(prefix + number + "newvalue"));
            ListedObjects.keepProperty(property, target);
        }
    }

    /** {@code "Oslo, Oslo, NO"}: the country comes last, and any part may be missing. */
    private static void readPlace(FieldValues fields) {
        String location = fields.first(Field.LOCATION_TEXT);
        if (location == null) {
            return;
        }
        String[] parts = location.split(",", -1);
        String country = parts[parts.length - 1].strip();
        if (country.length() != 2) {
            return;
        }
        fields.set(Field.COUNTRY, country);
        if (parts.length >= 3) {
            fields.set(Field.STATE, parts[parts.length - 2].strip());
        }
        if (parts.length >= 2 && !parts[0].isBlank()) {
            fields.set(Field.CITY, parts[0].strip());
        }
    }

    private static void readRequirement(FieldValues fields) {
        String value = fields.first(Field.AUTHENTICATION_REQUIREMENT);
        if (value != null) {
            fields.set(Field.AUTHENTICATION_REQUIREMENT, REQUIREMENTS.getOrDefault(fold(value), value));
        }
    }

    private static void readFlag(FieldValues fields, Field field) {
        String value = fields.first(field);
        if (value != null) {
            fields.set(field, Boolean.toString(value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes")));
        }
    }

    private static void column(String name, Field... fields) {
        COLUMNS.put(fold(name), List.of(fields));
    }

    static String fold(String name) {
        return name.replace("\uFEFF", "").strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
