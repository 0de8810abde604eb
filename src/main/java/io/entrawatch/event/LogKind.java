package io.entrawatch.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The kinds of log record that are read, by the category of Entra's diagnostic settings. */
public enum LogKind {
    SIGN_IN("SignInLogs", LogSource.SIGN_INS),
    NON_INTERACTIVE_SIGN_IN("NonInteractiveUserSignInLogs", LogSource.SIGN_INS),
    ADFS_SIGN_IN("ADFSSignInLogs", LogSource.SIGN_INS),
    SERVICE_PRINCIPAL_SIGN_IN("ServicePrincipalSignInLogs", LogSource.SERVICE_PRINCIPAL_SIGN_INS),
    MICROSOFT_SERVICE_PRINCIPAL_SIGN_IN("MicrosoftServicePrincipalSignInLogs", LogSource.SERVICE_PRINCIPAL_SIGN_INS),
    MANAGED_IDENTITY_SIGN_IN("ManagedIdentitySignInLogs", LogSource.MANAGED_IDENTITY_SIGN_INS),
    AUDIT("AuditLogs", LogSource.AUDIT),
    RISK_DETECTION("UserRiskEvents", LogSource.RISK_DETECTIONS),
    RISKY_USER("RiskyUsers", LogSource.RISKY_USERS),
    USER_REGISTRATION("UserRegistrationDetails", LogSource.USER_REGISTRATIONS),
    ROLE_ASSIGNMENT("RoleAssignments", LogSource.ROLE_ASSIGNMENTS),
    AZURE_ROLE_ASSIGNMENT("AzureRoleAssignments", LogSource.AZURE_ROLE_ASSIGNMENTS),
    USER("Users", LogSource.USERS),
    /** Of Azure itself, which has a category of its own for each kind of activity. */
    AZURE_ACTIVITY("AzureActivity", LogSource.ACTIVITY);

    private static final Set<String> AZURE_CATEGORIES = Set.of(
            "administrative",
            "security",
            "servicehealth",
            "alert",
            "recommendation",
            "policy",
            "autoscale",
            "resourcehealth");

    /** By what Log Analytics calls the tables of their rows. */
    private static final Map<String, LogKind> BY_TABLE = Map.of(
            "azureactivity", AZURE_ACTIVITY,
            "signinlogs", SIGN_IN,
            "aadnoninteractiveusersigninlogs", NON_INTERACTIVE_SIGN_IN,
            "adfssigninlogs", ADFS_SIGN_IN,
            "aadserviceprincipalsigninlogs", SERVICE_PRINCIPAL_SIGN_IN,
            "aadmanagedidentitysigninlogs", MANAGED_IDENTITY_SIGN_IN,
            "auditlogs", AUDIT,
            "aaduserriskevents", RISK_DETECTION,
            "aadriskyusers", RISKY_USER);

    private static final Map<String, LogKind> BY_CATEGORY = new HashMap<>();

    static {
        for (LogKind kind : values()) {
            BY_CATEGORY.put(kind.category, kind);
        }
    }

    private final String category;
    private final LogSource source;

    LogKind(String category, LogSource source) {
        this.category = category;
        this.source = source;
    }

    /** The category's name as Entra writes it. */
    public String category() {
        return category;
    }

    public LogSource source() {
        return source;
    }

    public boolean isSignIn() {
        return switch (this) {
            case SIGN_IN,
                    NON_INTERACTIVE_SIGN_IN,
                    ADFS_SIGN_IN,
                    SERVICE_PRINCIPAL_SIGN_IN,
                    MICROSOFT_SERVICE_PRINCIPAL_SIGN_IN,
                    MANAGED_IDENTITY_SIGN_IN -> true;
            case AUDIT,
                    RISK_DETECTION,
                    RISKY_USER,
                    AZURE_ACTIVITY,
                    USER_REGISTRATION,
                    ROLE_ASSIGNMENT,
                    AZURE_ROLE_ASSIGNMENT,
                    USER -> false;
        };
    }

    /** True for records that say how something stood at some time: their id is that of the thing, each time. */
    public boolean isSnapshot() {
        return switch (this) {
            case RISKY_USER, USER_REGISTRATION, ROLE_ASSIGNMENT, AZURE_ROLE_ASSIGNMENT, USER -> true;
            case SIGN_IN,
                    NON_INTERACTIVE_SIGN_IN,
                    ADFS_SIGN_IN,
                    SERVICE_PRINCIPAL_SIGN_IN,
                    MICROSOFT_SERVICE_PRINCIPAL_SIGN_IN,
                    MANAGED_IDENTITY_SIGN_IN,
                    AUDIT,
                    RISK_DETECTION,
                    AZURE_ACTIVITY -> false;
        };
    }

    /**
     * True for the categories of Azure's activity log. They do not tell a record by themselves: {@code Policy} is also
     * what Entra's audit records are about.
     */
    public static boolean isAzureCategory(String category) {
        return AZURE_CATEGORIES.contains(category.toLowerCase(Locale.ROOT));
    }

    /** The kind of a category, or null for one that is not read. Upper and lower case are the same. */
    public static @Nullable LogKind ofCategory(String category) {
        LogKind exact = BY_CATEGORY.get(category);
        if (exact != null) {
            return exact;
        }
        String folded = category.toLowerCase(Locale.ROOT);
        for (LogKind kind : values()) {
            if (kind.category.toLowerCase(Locale.ROOT).equals(folded)) {
                return kind;
            }
        }
        return null;
    }

    /** The kind of the rows of a table, or null for one that is not read. Upper and lower case are the same. */
    public static @Nullable LogKind ofTable(String table) {
        return BY_TABLE.get(table.toLowerCase(Locale.ROOT));
    }
}
