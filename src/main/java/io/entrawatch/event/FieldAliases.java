package io.entrawatch.event;

import java.util.Map;

/** Names that mean another field on one log source than on others, or that only shared Sigma rules use. */
final class FieldAliases {

    private static final Map<String, Field> SIGN_INS = Map.ofEntries(
            Map.entry("message", Field.AUTHENTICATION_PROTOCOL),
            Map.entry("ActivityDetails", Field.OPERATION_NAME),
            Map.entry("TargetUserName", Field.USER_PRINCIPAL_NAME),
            Map.entry("Initiatied.By", Field.USER_PRINCIPAL_NAME),
            Map.entry("Initiated.By", Field.USER_PRINCIPAL_NAME),
            Map.entry("InitiatedBy", Field.USER_PRINCIPAL_NAME),
            Map.entry("Identity", Field.USER_DISPLAY_NAME),
            Map.entry("DeviceInfo", Field.DEVICE_ID),
            Map.entry("Date", Field.CREATED_AT),
            Map.entry("operationNameValue", Field.OPERATION_NAME),
            Map.entry("category", Field.LOG_CATEGORY),
            Map.entry("resultType", Field.ERROR_CODE));

    private static final Map<String, Field> AUDITS = Map.ofEntries(
            Map.entry("operationName", Field.ACTIVITY),
            Map.entry("resultDescription", Field.RESULT_REASON),
            Map.entry("failure_status_reason", Field.RESULT_REASON),
            Map.entry("resultType", Field.RESULT_TYPE),
            Map.entry("Identity", Field.ACTOR_NAME),
            Map.entry("Date", Field.ACTIVITY_AT));

    private static final Map<String, Field> RISKS =
            Map.of("category", Field.LOG_CATEGORY, "resultType", Field.RESULT_TYPE);

    private static final Map<String, Field> AZURE = Map.of(
            "operationName", Field.AZURE_OPERATION,
            "operationNameValue", Field.AZURE_OPERATION,
            "category", Field.AZURE_CATEGORY,
            "resultType", Field.AZURE_STATUS,
            "resourceId", Field.AZURE_RESOURCE);

    private FieldAliases() {}

    static Map<String, Field> of(LogSource source) {
        return switch (source) {
            case SIGN_INS, SERVICE_PRINCIPAL_SIGN_INS, MANAGED_IDENTITY_SIGN_INS -> SIGN_INS;
            case AUDIT -> AUDITS;
            case RISK_DETECTIONS, RISKY_USERS, USER_REGISTRATIONS, ROLE_ASSIGNMENTS, AZURE_ROLE_ASSIGNMENTS, USERS ->
                RISKS;
            case ACTIVITY -> AZURE;
        };
    }
}
