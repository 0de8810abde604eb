package io.entrawatch.event;

/** Where a rule looks: Sigma's {@code logsource} with {@code product: azure}, by its {@code service}. */
public enum LogSource {
    SIGN_INS("signinlogs"),
    SERVICE_PRINCIPAL_SIGN_INS("serviceprincipalsigninlogs"),
    MANAGED_IDENTITY_SIGN_INS("managedidentitysigninlogs"),
    AUDIT("auditlogs"),
    RISK_DETECTIONS("riskdetection"),
    RISKY_USERS("riskyusers"),
    /** What Graph's {@code userRegistrationDetails} said of each user at some time. */
    USER_REGISTRATIONS("userregistrationdetails"),
    /** What Graph's {@code directory/roleAssignments} held at some time. */
    ROLE_ASSIGNMENTS("roleassignments"),
    /** What {@code az role assignment list} held at some time. */
    AZURE_ROLE_ASSIGNMENTS("azureroleassignments"),
    /** What Graph's {@code users} held at some time. */
    USERS("users"),
    ACTIVITY("activitylogs");

    private final String service;

    LogSource(String service) {
        this.service = service;
    }

    /** The name in a rule's {@code service}. */
    public String service() {
        return service;
    }
}
