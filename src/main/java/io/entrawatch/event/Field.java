package io.entrawatch.event;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static io.entrawatch.event.LogSource.AUDIT;
import static io.entrawatch.event.LogSource.AZURE_ROLE_ASSIGNMENTS;
import static io.entrawatch.event.LogSource.MANAGED_IDENTITY_SIGN_INS;
import static io.entrawatch.event.LogSource.RISKY_USERS;
import static io.entrawatch.event.LogSource.RISK_DETECTIONS;
import static io.entrawatch.event.LogSource.ROLE_ASSIGNMENTS;
import static io.entrawatch.event.LogSource.SERVICE_PRINCIPAL_SIGN_INS;
import static io.entrawatch.event.LogSource.SIGN_INS;
import static io.entrawatch.event.LogSource.USERS;
import static io.entrawatch.event.LogSource.USER_REGISTRATIONS;

/**
 * Every field that is kept of a record: its canonical name, the JSON paths it is read from, the log sources that have
 * it, and the other names that rules may use for it.
 *
 * <p>Paths are those of the record itself, which is the {@code properties} object of a diagnostic record and the whole
 * of a Graph object or a Log Analytics row. Upper and lower case are the same in paths and names.
 */
public enum Field {
    // Of every record.
    ID("id", everywhere(), at("id"), "event.id"),
    CORRELATION_ID("correlationId", everywhere(), at("correlationId")),
    TENANT("tenant.id", everywhere(), at("tenantId"), "tenantId", "AADTenantId"),
    LOG_CATEGORY("log.category", everywhere(), at(), "Type"),
    OPERATION_NAME("operationName", everywhere(), at("operationName"), "OperationNameValue"),
    SEVERITY_LEVEL("level", everywhere(), at("level")),

    // Of the record's envelope, or of a row: only the reader needs them.
    CREATED_AT("createdDateTime", everywhere(), at("createdDateTime")),
    ACTIVITY_AT("activityDateTime", everywhere(), at("activityDateTime")),
    DETECTED_AT("detectedDateTime", everywhere(), at("detectedDateTime")),
    RISK_UPDATED_AT("riskLastUpdatedDateTime", everywhere(), at("riskLastUpdatedDateTime")),
    RISK_LAST_UPDATED_AT("lastUpdatedDateTime", everywhere(), at("lastUpdatedDateTime")),
    ENVELOPE_TIME("time", everywhere(), at("time", "TimeGenerated")),
    RESOURCE_IDENTITY("log.resourceIdentity", everywhere(), at("ResourceIdentity")),
    TABLE("log.table", everywhere(), at("Type")),
    TENANT_OF_ROW("log.tenantId", everywhere(), at("AADTenantId")),
    RESULT_TYPE("log.resultType", everywhere(), at("resultType")),
    CALLER_IP("callerIpAddress", everywhere(), at("callerIpAddress")),
    LOCATION_TEXT("location", everywhere(), at("location")),

    // Of sign-ins.
    USER_ID("userId", people(), at("userId"), "user.id"),
    USER_PRINCIPAL_NAME("userPrincipalName", people(), at("userPrincipalName"), "user.name", "UserName"),
    USER_DISPLAY_NAME("userDisplayName", people(), at("userDisplayName"), "user.full_name"),
    USER_TYPE("userType", people(), at("userType")),
    SERVICE_PRINCIPAL_ID("servicePrincipalId", signIns(), at("servicePrincipalId")),
    SERVICE_PRINCIPAL_NAME("servicePrincipalName", signIns(), at("servicePrincipalName")),
    APP_ID("appId", signIns(), at("appId"), "applicationId"),
    APP_NAME("appDisplayName", signIns(), at("appDisplayName"), "app", "AppName"),
    RESOURCE_ID("resourceId", signIns(), at("resourceId")),
    RESOURCE_NAME("resourceDisplayName", signIns(), at("resourceDisplayName")),
    RESOURCE_TENANT_ID("resourceTenantId", people(), at("resourceTenantId")),
    HOME_TENANT_ID("homeTenantId", people(), at("homeTenantId")),
    CROSS_TENANT_ACCESS("crossTenantAccessType", people(), at("crossTenantAccessType")),
    IP_ADDRESS("ipAddress", everywhere(), at("ipAddress"), "source.ip", "callerIpAddress"),
    ASN("autonomousSystemNumber", signIns(), at("autonomousSystemNumber")),
    CITY("location.city", places(), at("location.city", "LocationDetails.city")),
    STATE("location.state", places(), at("location.state", "LocationDetails.state")),
    COUNTRY(
            "location.countryOrRegion",
            places(),
            at("location.countryOrRegion", "LocationDetails.countryOrRegion"),
            "location",
            "country"),
    /** {@code "Munich, DE"}. Derived. */
    PLACE_NAME("location.place", places(), at()),
    LATITUDE(
            "location.geoCoordinates.latitude",
            places(),
            at("location.geoCoordinates.latitude", "LocationDetails.geoCoordinates.latitude")),
    LONGITUDE(
            "location.geoCoordinates.longitude",
            places(),
            at("location.geoCoordinates.longitude", "LocationDetails.geoCoordinates.longitude")),
    ERROR_CODE("status.errorCode", signIns(), at("status.errorCode"), "ResultType", "errorCode"),
    FAILURE_REASON(
            "status.failureReason", signIns(), at("status.failureReason", "resultDescription"), "ResultDescription"),
    STATUS_DETAILS("status.additionalDetails", signIns(), at("status.additionalDetails")),
    /** Success, Failure or Interrupted; of audit records Success or Failure. Derived: {@link SignInStatus}. */
    STATUS("status", everywhere(), at("status")),
    CLIENT_APP("clientAppUsed", signIns(), at("clientAppUsed"), "ClientApp"),
    USER_AGENT("userAgent", everywhere(), at("userAgent"), "user_agent.original"),
    DEVICE_ID("deviceDetail.deviceId", signIns(), at("deviceDetail.deviceId")),
    DEVICE_NAME("deviceDetail.displayName", signIns(), at("deviceDetail.displayName")),
    DEVICE_SYSTEM("deviceDetail.operatingSystem", signIns(), at("deviceDetail.operatingSystem")),
    DEVICE_BROWSER("deviceDetail.browser", signIns(), at("deviceDetail.browser")),
    DEVICE_COMPLIANT("deviceDetail.isCompliant", signIns(), at("deviceDetail.isCompliant")),
    DEVICE_MANAGED("deviceDetail.isManaged", signIns(), at("deviceDetail.isManaged")),
    DEVICE_TRUST("deviceDetail.trustType", signIns(), at("deviceDetail.trustType")),
    CONDITIONAL_ACCESS("conditionalAccessStatus", signIns(), at("conditionalAccessStatus")),
    AUTHENTICATION_REQUIREMENT("authenticationRequirement", signIns(), at("authenticationRequirement")),
    AUTHENTICATION_PROTOCOL("authenticationProtocol", signIns(), at("authenticationProtocol")),
    /** How the client, if it has a secret of its own, proved who it is; {@code none} for an application on a device. */
    CLIENT_CREDENTIAL_TYPE("clientCredentialType", signIns(), at("clientCredentialType")),
    /** True where a first factor was right, whatever came of the sign-in. */
    PRIMARY_FACTOR_ACCEPTED("authenticationDetails.primaryAccepted", signIns(), at()),
    /** What was right: a password, or something that nobody guesses. */
    PRIMARY_METHOD("authenticationDetails.primaryMethod", signIns(), at()),
    NETWORK_TYPE("networkLocationDetails.networkType", signIns(), at("networkLocationDetails.networkType")),
    NETWORK_NAMES("networkLocationDetails.networkNames", signIns(), at("networkLocationDetails.networkNames")),
    SIGN_IN_EVENT_TYPES("signInEventTypes", signIns(), at("signInEventTypes")),
    INTERACTIVE("isInteractive", signIns(), at("isInteractive")),
    SESSION_ID("sessionId", signIns(), at("sessionId")),
    RISK_DETAIL("riskDetail", risks(), at("riskDetail")),
    RISK_STATE("riskState", risks(), at("riskState")),
    RISK_LEVEL_DURING_SIGN_IN("riskLevelDuringSignIn", signIns(), at("riskLevelDuringSignIn")),
    RISK_LEVEL_AGGREGATED("riskLevelAggregated", signIns(), at("riskLevelAggregated")),
    RISK_EVENT_TYPES("riskEventTypes_v2", signIns(), at("riskEventTypes_v2"), "riskEventTypes"),

    // Of audit records.
    AUDIT_CATEGORY("category", EnumSet.of(AUDIT), at("category")),
    ACTIVITY("activityDisplayName", EnumSet.of(AUDIT), at("activityDisplayName"), "operationName", "ActivityType"),
    RESULT("result", EnumSet.of(AUDIT), at("result")),
    RESULT_REASON("resultReason", EnumSet.of(AUDIT), at("resultReason"), "ResultDescription"),
    LOGGED_BY("loggedByService", EnumSet.of(AUDIT), at("loggedByService")),
    OPERATION_TYPE("operationType", EnumSet.of(AUDIT), at("operationType", "AADOperationType")),
    ACTOR_ID("initiatedBy.user.id", EnumSet.of(AUDIT), at("initiatedBy.user.id"), "actor.id"),
    ACTOR_PRINCIPAL_NAME(
            "initiatedBy.user.userPrincipalName",
            EnumSet.of(AUDIT),
            at("initiatedBy.user.userPrincipalName"),
            "actor.name"),
    ACTOR_NAME("initiatedBy.user.displayName", EnumSet.of(AUDIT), at("initiatedBy.user.displayName")),
    ACTOR_IP("initiatedBy.user.ipAddress", EnumSet.of(AUDIT), at("initiatedBy.user.ipAddress")),
    ACTOR_APP_ID("initiatedBy.app.appId", EnumSet.of(AUDIT), at("initiatedBy.app.appId")),
    ACTOR_APP_NAME("initiatedBy.app.displayName", EnumSet.of(AUDIT), at("initiatedBy.app.displayName")),
    ACTOR_SERVICE_PRINCIPAL_ID(
            "initiatedBy.app.servicePrincipalId", EnumSet.of(AUDIT), at("initiatedBy.app.servicePrincipalId")),
    ACTOR_SERVICE_PRINCIPAL_NAME(
            "initiatedBy.app.servicePrincipalName", EnumSet.of(AUDIT), at("initiatedBy.app.servicePrincipalName")),
    /** Of all targets, first of the one that the record is about. They stand before it, so that the names are theirs. */
    TARGETS_ID("targetResources.id", EnumSet.of(AUDIT), at("targetResources.id")),
    TARGETS_PRINCIPAL_NAME(
            "targetResources.userPrincipalName", EnumSet.of(AUDIT), at("targetResources.userPrincipalName")),
    TARGETS_NAME("targetResources.displayName", EnumSet.of(AUDIT), at("targetResources.displayName")),
    TARGETS_TYPE("targetResources.type", EnumSet.of(AUDIT), at("targetResources.type")),
    /** Of the first target that is a user; where none is, of an application, a group, and last of what else there is. */
    TARGET_ID("target.id", EnumSet.of(AUDIT), at("targetResources.id")),
    TARGET_PRINCIPAL_NAME(
            "target.userPrincipalName", EnumSet.of(AUDIT), at("targetResources.userPrincipalName"), "target.name"),
    TARGET_NAME("target.displayName", EnumSet.of(AUDIT), at("targetResources.displayName")),
    TARGET_TYPE("target.type", EnumSet.of(AUDIT), at("targetResources.type")),
    /** The changed properties of all targets; names, old and new values stand in three lists. */
    PROPERTY_NAME(
            "targetResources.modifiedProperties.displayName",
            EnumSet.of(AUDIT),
            at("targetResources.modifiedProperties.displayName"),
            "modifiedProperties.displayName"),
    PROPERTY_OLD(
            "targetResources.modifiedProperties.oldValue",
            EnumSet.of(AUDIT),
            at("targetResources.modifiedProperties.oldValue"),
            "modifiedProperties.oldValue"),
    PROPERTY_NEW(
            "targetResources.modifiedProperties.newValue",
            EnumSet.of(AUDIT),
            at("targetResources.modifiedProperties.newValue"),
            "modifiedProperties.newValue"),
    /** Each changed property as {@code UserType: Guest -> Member}, without the JSON around the values. Derived. */
    CHANGES("changes", EnumSet.of(AUDIT), at()),
    /** Template id, id and names of the role that is given or taken. Derived. */
    ROLE("role", EnumSet.of(AUDIT, ROLE_ASSIGNMENTS, AZURE_ROLE_ASSIGNMENTS), at()),
    /** Id and name of the group that somebody joins or leaves. Derived. */
    GROUP("group", EnumSet.of(AUDIT), at()),
    /** Every id and name of who did it, person or application. Derived. */
    ACTOR("actor", EnumSet.of(AUDIT), at()),
    /** Id and user principal name of whom it was done to. Derived. */
    TARGET("target", EnumSet.of(AUDIT), at()),
    /** The target's user principal name; of a guest, the address it was made from. Derived. */
    TARGET_EMAIL("target.email", EnumSet.of(AUDIT), at()),
    TARGET_DOMAIN("target.domain", EnumSet.of(AUDIT), at()),

    // What the organization says of a record.
    USER_IS_PRIVILEGED("user.isPrivileged", people(), needing("privileged_accounts")),
    USER_IS_VIP("user.isVip", people(), needing("vips")),
    ACTOR_IS_PRIVILEGED("actor.isPrivileged", EnumSet.of(AUDIT), needing("privileged_accounts")),
    ACTOR_IS_VIP("actor.isVip", EnumSet.of(AUDIT), needing("vips")),
    TARGET_IS_PRIVILEGED("target.isPrivileged", EnumSet.of(AUDIT), needing("privileged_accounts")),
    TARGET_IS_VIP("target.isVip", EnumSet.of(AUDIT), needing("vips")),
    /** True for the organization's own addresses and for trusted named locations. */
    SOURCE_IS_TRUSTED("source.isTrusted", everywhere(), needing("egress")),
    /** One of hours, off-hours, weekend and holiday, where the user signs in. */
    TIME_BUSINESS("time.business", signIns(), needing("business_hours")),
    /** {@code 2026-03-01T10:15:42} by the clocks where the user signs in. */
    TIME_LOCAL("time.local", signIns(), needing()),
    /** {@code 2026-03-01T10} by the tenant's clocks. */
    TIME_HOUR("time.hour", everywhere(), needing()),
    /** The required attributes that an audit record does not set, or not in the right form. */
    TARGET_MISSING_ATTRIBUTES("target.missingAttributes", EnumSet.of(AUDIT), needing("required_attributes")),
    TARGET_SET_ATTRIBUTES("target.setAttributes", EnumSet.of(AUDIT), needing("required_attributes")),
    /** Which of place, address and device are not those of privileged accounts. */
    USER_VIOLATED_CONTROLS(
            "user.violatedControls", EnumSet.of(SIGN_INS), needing("privileged_accounts", "privileged_controls")),
    /** True where somebody who stays in one place signs in from another. */
    USER_IS_AWAY("user.isAway", EnumSet.of(SIGN_INS), needing("stationary")),
    AFTER_LEGACY_CUT_OFF("signIn.afterLegacyCutOff", EnumSet.of(SIGN_INS), needing("legacy_auth_disabled_since")),

    // Of sign-ins, risk detections and snapshots, in fewer words.
    /** Id and user principal name of the user. Derived. */
    USER("user", accounts(), at()),
    USER_EMAIL("user.email", accounts(), at()),
    USER_DOMAIN("user.domain", accounts(), at()),
    /** Ids and names of the application and of the resource it asked for. Derived. */
    APP("application", signIns(), at()),
    /** The /24 of an IPv4 address, the /48 of an IPv6 address. Derived. */
    SOURCE_NETWORK("source.network", everywhere(), at()),
    /** What each step of the authentication came to; where they say nothing, what the status adds. */
    STEP_RESULTS(
            "authenticationDetails.authenticationStepResultDetail",
            signIns(),
            at("authenticationDetails.authenticationStepResultDetail")),

    // Of snapshots.
    IS_ADMIN("isAdmin", EnumSet.of(USER_REGISTRATIONS), at("isAdmin")),
    IS_MFA_REGISTERED("isMfaRegistered", EnumSet.of(USER_REGISTRATIONS), at("isMfaRegistered")),
    IS_MFA_CAPABLE("isMfaCapable", EnumSet.of(USER_REGISTRATIONS), at("isMfaCapable")),
    METHODS_REGISTERED("methodsRegistered", EnumSet.of(USER_REGISTRATIONS), at("methodsRegistered")),
    IS_SYNCHRONISED("onPremisesSyncEnabled", EnumSet.of(USERS), at("onPremisesSyncEnabled")),
    IMMUTABLE_ID("onPremisesImmutableId", EnumSet.of(USERS), at("onPremisesImmutableId")),
    ACCOUNT_ENABLED("accountEnabled", EnumSet.of(USERS), at("accountEnabled")),
    PRINCIPAL_ID("principalId", assignments(), at("principalId", "principal.id")),
    PRINCIPAL_NAME("principalName", assignments(), at("principalName", "principal.userPrincipalName")),
    PRINCIPAL_TYPE("principalType", assignments(), at("principalType")),
    ROLE_ID("roleDefinitionId", assignments(), at("roleDefinitionId", "roleDefinition.templateId")),
    ROLE_NAME("roleDefinitionName", assignments(), at("roleDefinitionName", "roleDefinition.displayName")),
    SCOPE("scope", EnumSet.of(AZURE_ROLE_ASSIGNMENTS), at("scope")),
    DIRECTORY_SCOPE("directoryScopeId", EnumSet.of(ROLE_ASSIGNMENTS), at("directoryScopeId")),
    CREATED_ON("createdOn", EnumSet.of(AZURE_ROLE_ASSIGNMENTS), at("createdOn")),
    UPDATED_ON("updatedOn", EnumSet.of(AZURE_ROLE_ASSIGNMENTS), at("updatedOn")),

    // Of risk detections.
    RISK_EVENT_TYPE("riskEventType", EnumSet.of(RISK_DETECTIONS), at("riskEventType"), "riskType"),
    RISK_LEVEL("riskLevel", EnumSet.of(RISK_DETECTIONS, RISKY_USERS), at("riskLevel")),
    RISK_ACTIVITY("activity", EnumSet.of(RISK_DETECTIONS), at("activity")),
    RISK_SOURCE("source", EnumSet.of(RISK_DETECTIONS), at("source")),
    DETECTION_TIMING("detectionTimingType", EnumSet.of(RISK_DETECTIONS), at("detectionTimingType")),
    REQUEST_ID("requestId", EnumSet.of(RISK_DETECTIONS), at("requestId")),

    /** Every value of the record, for rules that look for words anywhere. */
    RECORD_TEXT("record", everywhere(), at()),

    // The text of objects and lists, as JSON.
    TARGETS_JSON("targetResources", audits(), at("targetResources"), "Target"),
    ACTOR_JSON("initiatedBy", audits(), at("initiatedBy"), "Initiatied.By", "Initiated.By"),
    DETAILS_JSON("additionalDetails", audits(), at("additionalDetails"), "additionalDetails.additionalInfo"),
    NETWORK_JSON("networkLocationDetails", signIns(), at("networkLocationDetails")),

    // Of all objects in targetResources.
    CHANGES_JSON("targetResources.modifiedProperties", audits(), at(), "modifiedProperties"),
    ADMIN_CONSENT("ConsentContext.IsAdminConsent", audits(), at()),
    /** The activity, each changed property and all targets: what Log Analytics and others call the message. */
    AUDIT_MESSAGE("message", audits(), at()),
    /** How many sign-ins a row stands for in exports that add them up; records have none. */
    SIGN_IN_COUNT("count", signIns(), at("count")),

    // Of Azure's activity log.
    AZURE_OPERATION("operationName", azure(), at("OperationNameValue")),
    AZURE_ACTION("authorization.action", azure(), at("identity.authorization.action", "authorization.action")),
    AZURE_CATEGORY("category", azure(), at("CategoryValue")),
    AZURE_RESOURCE("resourceId", azure(), at("_ResourceId")),
    AZURE_PROVIDER("resourceProvider", azure(), at("ResourceProviderValue", "resourceProvider")),
    AZURE_CALLER("caller", azure(), at("caller"), "Claims.upn"),
    AZURE_STATUS("activityStatus", azure(), at("ActivityStatusValue", "ActivityStatus")),
    AZURE_MESSAGE("message", azure(), at("message")),
    AZURE_RECORD_ID("eventDataId", azure(), at("eventDataId")),

    // Of one step of authenticationDetails; they end with the step.
    STEP_SUCCEEDED("authenticationDetails.succeeded", signIns(), at("authenticationDetails.succeeded")),
    STEP_METHOD("authenticationDetails.method", signIns(), at("authenticationDetails.authenticationMethod")),
    STEP_REQUIREMENT(
            "authenticationDetails.requirement", signIns(), at("authenticationDetails.authenticationStepRequirement"));

    /** How many fields there are, and so how long {@link FieldValues} is. */
    public static final int COUNT = values().length;

    /** Lists of texts, which rows of Log Analytics hold as one text: {@code "[\"unfamiliarFeatures\"]"}. */
    public static final Set<Field> LISTS_OF_TEXTS = Collections.unmodifiableSet(
            EnumSet.of(NETWORK_NAMES, SIGN_IN_EVENT_TYPES, RISK_EVENT_TYPES, METHODS_REGISTERED));

    private final String label;
    private final Set<LogSource> sources;
    private final List<String> paths;
    private final List<String> aliases;
    private final List<String> needs;

    Field(String label, Set<LogSource> sources, List<String> paths, String... aliases) {
        this.label = label;
        this.sources = sources;
        this.paths = paths;
        this.aliases = List.of(aliases);
        this.needs = List.of();
    }

    Field(String label, Set<LogSource> sources, Needs needs) {
        this.label = label;
        this.sources = sources;
        this.paths = List.of();
        this.aliases = List.of();
        this.needs = needs.lists();
    }

    private record Needs(List<String> lists) {}

    /** The canonical name, for rules, alerts and messages. */
    public String label() {
        return label;
    }

    /** Where the value is read from in JSON, with dots. */
    public List<String> paths() {
        return paths;
    }

    /** Other names that rules may use. */
    public List<String> aliases() {
        return aliases;
    }

    public Set<LogSource> sources() {
        return sources;
    }

    /** The organization's lists without which the field says nothing. */
    public List<String> needs() {
        return needs;
    }

    private static Needs needing(String... lists) {
        return new Needs(List.of(lists));
    }

    private static List<String> at(String... paths) {
        return List.of(paths);
    }

    private static Set<LogSource> everywhere() {
        return EnumSet.allOf(LogSource.class);
    }

    private static Set<LogSource> signIns() {
        return EnumSet.of(SIGN_INS, SERVICE_PRINCIPAL_SIGN_INS, MANAGED_IDENTITY_SIGN_INS);
    }

    private static Set<LogSource> audits() {
        return EnumSet.of(AUDIT);
    }

    private static Set<LogSource> azure() {
        return EnumSet.of(LogSource.ACTIVITY);
    }

    private static Set<LogSource> people() {
        return EnumSet.of(SIGN_INS, RISK_DETECTIONS, RISKY_USERS, USER_REGISTRATIONS, USERS);
    }

    private static Set<LogSource> accounts() {
        return EnumSet.of(
                SIGN_INS,
                RISK_DETECTIONS,
                RISKY_USERS,
                USER_REGISTRATIONS,
                USERS,
                ROLE_ASSIGNMENTS,
                AZURE_ROLE_ASSIGNMENTS);
    }

    private static Set<LogSource> assignments() {
        return EnumSet.of(ROLE_ASSIGNMENTS, AZURE_ROLE_ASSIGNMENTS);
    }

    private static Set<LogSource> places() {
        return EnumSet.of(SIGN_INS, SERVICE_PRINCIPAL_SIGN_INS, MANAGED_IDENTITY_SIGN_INS, RISK_DETECTIONS);
    }

    private static Set<LogSource> risks() {
        return EnumSet.of(SIGN_INS, RISK_DETECTIONS, RISKY_USERS);
    }
}
