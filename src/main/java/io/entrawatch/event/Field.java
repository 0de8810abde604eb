package io.entrawatch.event;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static io.entrawatch.event.LogSource.AUDIT;
import static io.entrawatch.event.LogSource.MANAGED_IDENTITY_SIGN_INS;
import static io.entrawatch.event.LogSource.RISKY_USERS;
import static io.entrawatch.event.LogSource.RISK_DETECTIONS;
import static io.entrawatch.event.LogSource.SERVICE_PRINCIPAL_SIGN_INS;
import static io.entrawatch.event.LogSource.SIGN_INS;

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
    /** True where a first factor was right, whatever came of the sign-in. */
    PRIMARY_FACTOR_ACCEPTED("authenticationDetails.primaryAccepted", signIns(), at()),
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
    /** Of the first target that is a user, or of the first target where none is. */
    TARGET_ID("target.id", EnumSet.of(AUDIT), at("targetResources.id"), "targetResources.id"),
    TARGET_PRINCIPAL_NAME(
            "target.userPrincipalName",
            EnumSet.of(AUDIT),
            at("targetResources.userPrincipalName"),
            "target.name",
            "targetResources.userPrincipalName"),
    TARGET_NAME(
            "target.displayName", EnumSet.of(AUDIT), at("targetResources.displayName"), "targetResources.displayName"),
    TARGET_TYPE("target.type", EnumSet.of(AUDIT), at("targetResources.type"), "targetResources.type"),

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
    CHANGES("targetResources.modifiedProperties", audits(), at(), "modifiedProperties"),
    CHANGE_NAMES("targetResources.modifiedProperties.displayName", audits(), at(), "modifiedProperties.displayName"),
    CHANGE_OLD_VALUES("targetResources.modifiedProperties.oldValue", audits(), at(), "modifiedProperties.oldValue"),
    CHANGE_NEW_VALUES("targetResources.modifiedProperties.newValue", audits(), at(), "modifiedProperties.newValue"),
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

    private final String label;
    private final Set<LogSource> sources;
    private final List<String> paths;
    private final List<String> aliases;

    Field(String label, Set<LogSource> sources, List<String> paths, String... aliases) {
        this.label = label;
        this.sources = sources;
        this.paths = paths;
        this.aliases = List.of(aliases);
    }

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
        return EnumSet.of(SIGN_INS, RISK_DETECTIONS, RISKY_USERS);
    }

    private static Set<LogSource> places() {
        return EnumSet.of(SIGN_INS, SERVICE_PRINCIPAL_SIGN_INS, MANAGED_IDENTITY_SIGN_INS, RISK_DETECTIONS);
    }

    private static Set<LogSource> risks() {
        return EnumSet.of(SIGN_INS, RISK_DETECTIONS, RISKY_USERS);
    }
}
