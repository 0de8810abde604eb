package io.entrawatch.generate;

import java.time.Instant;

/** Writes one directory change as Entra's diagnostic settings export it. */
final class AuditRecord {

    private static final String ATTRIBUTES = attribute("EmployeeId", "104217") + "," + attribute("Department", "Sales")
            + "," + attribute("Action Client Name", "DirectorySync");

    private AuditRecord() {}

    private static String attribute(String name, String value) {
        return "{\"displayName\":\"" + name + "\",\"oldValue\":\"[]\",\"newValue\":\"[\\\"" + value + "\\\"]\"}";
    }

    /**
     * A record of the category UserManagement.
     *
     * @param target the object id of the account
     * @param result {@code success} or {@code failure}
     */
    static LogLine of(
            String activity,
            Person actor,
            String target,
            String targetName,
            String result,
            String tenant,
            long atMillis,
            long delayMillis,
            Chance chance) {
        String at = Instant.ofEpochMilli(atMillis).toString();
        String exported = Instant.ofEpochMilli(atMillis + delayMillis).toString();
        String id = "Directory_" + chance.uuid() + "_" + chance.between(10_000_000, 99_999_999);
        // Entra puts the object id before the name of an account that is deleted.
        String name = activity.equals("Delete user") ? target.replace("-", "") + targetName : targetName;
        String json = "{\"time\":\"" + exported + "\",\"resourceId\":\"/tenants/" + tenant
                + "/providers/Microsoft.aadiam\",\"operationName\":\"" + activity
                + "\",\"operationVersion\":\"1.0\",\"category\":\"AuditLogs\",\"tenantId\":\"" + tenant
                + "\",\"resultSignature\":\"None\",\"durationMs\":0,\"callerIpAddress\":\"" + actor.address()
                + "\",\"correlationId\":\"" + chance.uuid() + "\",\"Level\":4,\"properties\":{\"id\":\"" + id
                + "\",\"category\":\"UserManagement\",\"correlationId\":\"" + chance.uuid() + "\",\"result\":\""
                + result
                + "\",\"resultReason\":\"\",\"activityDisplayName\":\"" + activity + "\",\"activityDateTime\":\"" + at
                + "\",\"loggedByService\":\"Core Directory\",\"operationType\":\"" + operationOf(activity)
                + "\",\"userAgent\":null,\"initiatedBy\":{\"user\":{\"id\":\"" + actor.id()
                + "\",\"displayName\":null,\"userPrincipalName\":\"" + actor.principalName() + "\",\"ipAddress\":\""
                + actor.address() + "\",\"roles\":[]}},\"targetResources\":[{\"id\":\"" + target
                + "\",\"displayName\":null,\"type\":\"User\",\"userPrincipalName\":\"" + name
                + "\",\"modifiedProperties\":[" + (activity.equals("Add user") ? ATTRIBUTES : "")
                + "],\"administrativeUnits\":[]}],\"additionalDetails\":[]}}";
        return new LogLine(LogLine.File.AUDIT, atMillis + delayMillis, json);
    }

    static String operationOf(String activity) {
        return activity.startsWith("Add") ? "Add" : activity.startsWith("Delete") ? "Delete" : "Update";
    }
}
