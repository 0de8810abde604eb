package io.entrawatch.ingest;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;
import io.entrawatch.ingest.json.RejectedRecordException;

/** Tells what a record is from what it holds, never from the name of its file or topic. */
final class EventForms {

    private EventForms() {}

    /**
     * The kind of a diagnostic record, by its category.
     *
     * @throws RejectedRecordException if the category is not one that is read
     */
    static LogKind ofDiagnosticRecord(FieldValues outer, FieldValues inner) throws RejectedRecordException {
        String category = outer.first(Field.AUDIT_CATEGORY);
        if (isAzureActivity(outer)) {
            return LogKind.AZURE_ACTIVITY;
        }
        LogKind kind = category == null ? ofShape(inner) : LogKind.ofCategory(category);
        if (kind == null) {
            throw new RejectedRecordException(
                    "unknown-category",
                    category == null
                            ? "category: missing, and the record's fields are of no known kind"
                            : "category: " + category + " (expected: SignInLogs, AuditLogs, UserRiskEvents or another"
                                    + " category that is read)");
        }
        return kind;
    }

    /**
     * The kind of a Graph object or a Log Analytics row.
     *
     * @throws RejectedRecordException if nothing tells
     */
    static LogKind ofPlainRecord(FieldValues record) throws RejectedRecordException {
        LogKind kind = ofTable(record);
        String category = record.first(Field.AUDIT_CATEGORY);
        if (kind == null && category != null) {
            kind = LogKind.ofCategory(category);
        }
        if (kind == null) {
            kind = isAzureActivity(record) ? LogKind.AZURE_ACTIVITY : ofShape(record);
        }
        if (kind == null) {
            throw new RejectedRecordException(
                    "unknown-form",
                    "neither a diagnostic record, nor a Graph signIn, directoryAudit or riskDetection, nor a row of a"
                            + " Log Analytics table that is read");
        }
        return kind;
    }

    private static @Nullable LogKind ofTable(FieldValues record) {
        String table = record.first(Field.TABLE);
        return table == null ? null : LogKind.ofTable(table);
    }

    /** Its categories are names that other logs use too; its operations are written as paths. */
    static boolean isAzureActivity(FieldValues record) {
        if (ofTable(record) == LogKind.AZURE_ACTIVITY) {
            return true;
        }
        String category = record.first(Field.AUDIT_CATEGORY);
        category = category == null ? record.first(Field.AZURE_CATEGORY) : category;
        String operation = record.first(Field.AZURE_OPERATION);
        operation = operation == null ? record.first(Field.OPERATION_NAME) : operation;
        return category != null && operation != null && operation.contains("/") && LogKind.isAzureCategory(category);
    }

    private static @Nullable LogKind ofShape(FieldValues record) {
        if (record.has(Field.RISK_EVENT_TYPE)) {
            return isOfServicePrincipal(record) ? null : LogKind.RISK_DETECTION;
        }
        if (record.has(Field.ACTIVITY)) {
            return LogKind.AUDIT;
        }
        if (record.has(Field.RISK_UPDATED_AT)) {
            return isOfServicePrincipal(record) ? null : LogKind.RISKY_USER;
        }
        LogKind snapshot = ofSnapshot(record);
        if (snapshot != null) {
            return snapshot;
        }
        boolean names = record.has(Field.APP_ID)
                || record.has(Field.USER_PRINCIPAL_NAME)
                || record.has(Field.ERROR_CODE)
                || record.has(Field.SERVICE_PRINCIPAL_ID);
        // Users and applications have names and a date, too.
        boolean signedIn = record.has(Field.IP_ADDRESS)
                || record.has(Field.CALLER_IP)
                || record.has(Field.ERROR_CODE)
                || record.has(Field.RESULT_TYPE)
                || record.has(Field.CORRELATION_ID);
        boolean signIn = record.has(Field.CREATED_AT) ? names && signedIn : isSignInWithoutTime(record);
        return signIn ? ofSignIn(record) : null;
    }

    /** So that it is told what it lacks. */
    private static boolean isSignInWithoutTime(FieldValues record) {
        return record.has(Field.ERROR_CODE)
                && record.has(Field.IP_ADDRESS)
                && (record.has(Field.APP_ID) || record.has(Field.USER_PRINCIPAL_NAME));
    }

    /** Risks of service principals are not read, and must not pass for those of users. */
    private static boolean isOfServicePrincipal(FieldValues risk) {
        return (risk.has(Field.SERVICE_PRINCIPAL_ID) || risk.has(Field.APP_ID))
                && isBlank(risk.first(Field.USER_ID))
                && isBlank(risk.first(Field.USER_PRINCIPAL_NAME));
    }

    private static @Nullable LogKind ofSnapshot(FieldValues record) {
        if (record.has(Field.IS_MFA_REGISTERED)) {
            return LogKind.USER_REGISTRATION;
        }
        if (record.has(Field.ROLE_ID) && record.has(Field.PRINCIPAL_ID)) {
            return record.has(Field.DIRECTORY_SCOPE) ? LogKind.ROLE_ASSIGNMENT : LogKind.AZURE_ROLE_ASSIGNMENT;
        }
        boolean user = record.has(Field.ACCOUNT_ENABLED) || record.has(Field.IS_SYNCHRONISED);
        return user && record.has(Field.USER_PRINCIPAL_NAME) ? LogKind.USER : null;
    }

    private static LogKind ofSignIn(FieldValues record) {
        String types = String.valueOf(record.first(Field.SIGN_IN_EVENT_TYPES)).toLowerCase(Locale.ROOT);
        if (types.contains("managedidentity")) {
            return LogKind.MANAGED_IDENTITY_SIGN_IN;
        }
        if (types.contains("serviceprincipal")
                || (!types.contains("interactiveuser") && isByServicePrincipal(record))) {
            return LogKind.SERVICE_PRINCIPAL_SIGN_IN;
        }
        boolean interactive =
                !types.contains("noninteractive") && !"false".equalsIgnoreCase(record.first(Field.INTERACTIVE));
        return interactive ? LogKind.SIGN_IN : LogKind.NON_INTERACTIVE_SIGN_IN;
    }

    /** Sign-ins of people have the key too, with an empty text, and no user id where there is no such user. */
    private static boolean isByServicePrincipal(FieldValues record) {
        boolean named =
                !isBlank(record.first(Field.SERVICE_PRINCIPAL_ID)) || isBlank(record.first(Field.USER_PRINCIPAL_NAME));
        return record.has(Field.SERVICE_PRINCIPAL_ID) && named && isBlank(record.first(Field.USER_ID));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
