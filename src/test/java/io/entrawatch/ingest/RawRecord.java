package io.entrawatch.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Invented records in the forms in which Entra writes them. */
public final class RawRecord {

    static final String TENANT = "aaaaaaaa-0000-4000-8000-000000000001";
    static final String WORKSPACE = "bbbbbbbb-0000-4000-8000-000000000002";
    static final String TIME = "2026-03-02T09:15:42.1234567Z";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode root = JSON.createObjectNode();

    private RawRecord() {}

    /** A diagnostic record of any category; its properties hold an id and no time. */
    static RawRecord diagnostic(String category) {
        return new RawRecord()
                .with("time", TIME)
                .with("resourceId", "/tenants/" + TENANT + "/providers/Microsoft.aadiam")
                .with("operationName", "Sign-in activity")
                .with("operationVersion", "1.0")
                .with("category", category)
                .with("tenantId", TENANT)
                .with("properties.id", "record-1");
    }

    public static RawRecord signIn() {
        return diagnostic("SignInLogs")
                .with("resultType", "50126")
                .with("callerIpAddress", "192.0.2.10")
                .with("correlationId", "envelope-correlation")
                .with("location", "NO")
                .with("properties.createdDateTime", TIME)
                .with("properties.userId", "user-1")
                .with("properties.userPrincipalName", "ann@contoso.example")
                .with("properties.appId", "app-1")
                .with("properties.appDisplayName", "Mail")
                .with("properties.ipAddress", "192.0.2.10")
                .with("properties.status.errorCode", 50126)
                .with("properties.location.city", "Oslo")
                .with("properties.location.state", "Oslo")
                .with("properties.location.countryOrRegion", "NO")
                .with("properties.location.geoCoordinates.latitude", 59.91)
                .with("properties.location.geoCoordinates.longitude", 10.75);
    }

    public static RawRecord audit() {
        return diagnostic("AuditLogs")
                .with("operationName", "Delete user")
                .with("properties.category", "UserManagement")
                .with("properties.result", "success")
                .with("properties.activityDisplayName", "Delete user")
                .with("properties.activityDateTime", TIME)
                .with("properties.initiatedBy.user.id", "admin-1")
                .with("properties.initiatedBy.user.userPrincipalName", "admin@contoso.example")
                .with("properties.initiatedBy.user.ipAddress", "198.51.100.7")
                .withJson(
                        "properties.targetResources",
                        """
                        [{"id": "user-1", "displayName": "Ann", "type": "User",
                          "userPrincipalName": "ann@contoso.example"}]""");
    }

    static RawRecord graphSignIn() {
        return graph("createdDateTime")
                .with("userId", "user-1")
                .with("userPrincipalName", "ann@contoso.example")
                .with("appDisplayName", "Mail")
                .with("ipAddress", "192.0.2.10")
                .with("status.errorCode", 0);
    }

    static RawRecord graphAudit() {
        return graph("activityDateTime")
                .with("category", "UserManagement")
                .with("result", "failure")
                .with("activityDisplayName", "Add user")
                .withJson("targetResources", "[{\"id\": \"user-1\", \"Type\": \"User\"}]");
    }

    public static RawRecord graphRiskDetection() {
        return graph("detectedDateTime")
                .with("riskEventType", "leakedCredentials")
                .with("riskLevel", "high")
                .with("userPrincipalName", "ann@contoso.example");
    }

    /** A Log Analytics row: its TenantId is the workspace's, its objects are text. */
    static RawRecord row(String table) {
        return new RawRecord()
                .with("TenantId", WORKSPACE)
                .with("AADTenantId", TENANT.toUpperCase(java.util.Locale.ROOT))
                .with("Id", "record-1")
                .with("TimeGenerated", "2026-03-02T10:00:00Z")
                .with("Type", table);
    }

    static RawRecord signInRow() {
        return row("SigninLogs")
                .with("CreatedDateTime", TIME)
                .with("ResultType", "0")
                .with("Location", "NO")
                .with("Status", "{\"errorCode\":50126,\"failureReason\":\"Wrong password\"}")
                .with(
                        "LocationDetails",
                        "{\"city\":\"Oslo\",\"state\":\"Oslo\",\"countryOrRegion\":\"NO\","
                                + "\"geoCoordinates\":{\"latitude\":59.91,\"longitude\":10.75}}")
                .with("UserPrincipalName", "ann@contoso.example");
    }

    static RawRecord auditRow() {
        return row("AuditLogs")
                .with("ActivityDateTime", TIME)
                .with("Category", "RoleManagement")
                .with("ActivityDisplayName", "Add member to role")
                .with("Result", "success")
                .with("InitiatedBy", "{\"user\":{\"id\":\"admin-1\",\"userPrincipalName\":\"admin@contoso.example\"}}")
                .with(
                        "TargetResources",
                        "[{\"id\":\"role-1\",\"type\":\"Role\"},{\"id\":\"user-1\",\"type\":\"User\"}]");
    }

    private static RawRecord graph(String timeName) {
        return new RawRecord().with("id", "record-1").with(timeName, TIME);
    }

    RawRecord id(String id) {
        return with(root.has("properties") ? "properties.id" : root.has("Id") ? "Id" : "id", id);
    }

    /** Sets a value under a path with dots. */
    RawRecord with(String path, Object value) {
        int dot = path.lastIndexOf('.');
        parent(path, dot).set(path.substring(dot + 1), JSON.valueToTree(value));
        return this;
    }

    RawRecord withJson(String path, String json) {
        return with(path, parse(json));
    }

    RawRecord without(String path) {
        int dot = path.lastIndexOf('.');
        parent(path, dot).remove(path.substring(dot + 1));
        return this;
    }

    /** The same record as some brokers hand it on: {@code calleripaddress}, {@code correlationid}. */
    RawRecord lowerCased() {
        RawRecord lower = new RawRecord();
        root.properties()
                .forEach(entry -> lower.root.set(entry.getKey().toLowerCase(java.util.Locale.ROOT), entry.getValue()));
        return lower;
    }

    public String json() {
        return root.toString();
    }

    String pretty() {
        return root.toPrettyString();
    }

    private ObjectNode parent(String path, int dot) {
        ObjectNode node = root;
        for (String name : dot < 0 ? new String[0] : path.substring(0, dot).split("\\.")) {
            node = node.withObjectProperty(name);
        }
        return node;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
