package io.entrawatch.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Invented files of the portal's CSV, under the headers that the portal writes. */
final class CsvFile {

    static final String SIGN_INS = "Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,User type,"
            + "Cross tenant access type,Incoming token type,Authentication Protocol,Unique token identifier,"
            + "Original transfer method,Client credential type,Token Protection - Sign In Session,"
            + "Token Protection - Sign In Session StatusCode,Application,Application ID ,App owner tenant ID,Resource,"
            + "Resource ID ,Resource tenant ID,Resource owner tenant ID,Home tenant ID,Home tenant name,IP address,"
            + "Location,Status,Sign-in error code,Failure reason,Client app,Device ID,Browser,Operating System,"
            + "Compliant,Managed,Join Type,Multifactor authentication result,Multifactor authentication auth method,"
            + "Multifactor authentication auth detail,Authentication requirement,Sign-in identifier,Session ID,"
            + "IP address (seen by resource),Through Global Secure Access,Global Secure Access IP address,"
            + "Autonomous system  number,Flagged for review,Token issuer type,Incoming token type,Token issuer name,"
            + "Latency,Conditional Access,Managed Identity type,Associated Resource Id,Federated Token Id,"
            + "Federated Token Issuer";

    static final String SERVICE_PRINCIPALS = "Date (UTC),Request ID,Correlation ID,Service principal ID,"
            + "Service principal name,Credential key ID,Credential thumbprint,Application,Application ID ,"
            + "App owner tenant ID,Resource,Resource ID ,Resource tenant ID,Resource owner tenant ID,Home tenant ID,"
            + "Home tenant name,IP address,Location,Status,Sign-in error code,Failure reason,Conditional Access";

    static final String AUDIT = auditHeader();

    private static final Map<String, String> SIGN_IN = Map.of(
            "Date (UTC)", "2026-03-02T09:15:42Z",
            "Request ID", "record-1",
            "Username", "ann@contoso.example",
            "User", "Ann",
            "IP address", "192.0.2.10",
            "Location", "\"Oslo, Oslo, NO\"",
            "Status", "Success",
            "Sign-in error code", "0");

    private static final Map<String, String> AUDIT_RECORD = Map.of(
            "Date (UTC)", "2026-03-02T09:15:42Z",
            "CorrelationId", "correlation-1",
            "Category", "RoleManagement",
            "Activity", "Add member to role",
            "Result", "success",
            "ActorUserPrincipalName", "admin@contoso.example",
            "IPAddress", "198.51.100.7");

    private final String header;
    private final List<String> rows = new ArrayList<>();

    CsvFile(String header) {
        this.header = header;
    }

    CsvFile signIn(Map<String, String> values) {
        return row(SIGN_IN, values);
    }

    CsvFile audit(Map<String, String> values) {
        return row(AUDIT_RECORD, values);
    }

    CsvFile row(Map<String, String> usual, Map<String, String> values) {
        rows.add(List.of(header.split(",")).stream()
                .map(name -> values.getOrDefault(name, usual.getOrDefault(name, "")))
                .collect(Collectors.joining(",")));
        return this;
    }

    /** A row as it stands. */
    CsvFile line(String line) {
        rows.add(line);
        return this;
    }

    String text() {
        return header + "\r\n" + String.join("\r\n", rows) + "\r\n";
    }

    private static String auditHeader() {
        List<String> names = new ArrayList<>(
                List.of(("Date (UTC),CorrelationId,Service,Category,Activity,Result,ResultReason,User Agent,ActorType,"
                                + "ActorDisplayName,ActorObjectId,ActorUserPrincipalName,IPAddress,ActorHomeTenantId,"
                                + "ActorHomeTenantName,ActorServicePrincipalId,ActorServicePrincipalName")
                        .split(",")));
        for (int target = 1; target <= 3; target++) {
            String prefix = "Target" + target;
            List.of("Type", "DisplayName", "ObjectId", "UserPrincipalName").forEach(name -> names.add(prefix + name));
            for (int property = 1; property <= 5; property++) {
                String modified = prefix + "ModifiedProperty" + property;
                List.of("Name", "OldValue", "NewValue").forEach(name -> names.add(modified + name));
            }
        }
        for (int detail = 1; detail <= 6; detail++) {
            names.add("AdditionalDetail" + detail + "Key");
            names.add("AdditionalDetail" + detail + "Value");
        }
        return String.join(",", names);
    }
}
