package io.entrawatch.generate;

import java.time.Instant;

/** Writes one risk detection as Entra's diagnostic settings export it. */
final class RiskRecord {

    private RiskRecord() {}

    /** @param detectedAfter how long after the sign-in Entra found it */
    static LogLine of(
            String riskEventType, Person person, String tenant, long atMillis, long detectedAfter, Chance chance) {
        Instant detected = Instant.ofEpochMilli(atMillis + detectedAfter);
        String id = chance.uuid();
        String json = "{\"time\":\"" + detected + "\",\"resourceId\":\"/tenants/" + tenant
                + "/providers/microsoft.aadiam\",\"operationName\":\"User Risk Detection\",\"operationVersion\":\"1.0\","
                + "\"category\":\"UserRiskEvents\",\"tenantId\":\"" + tenant
                + "\",\"resultSignature\":\"None\",\"durationMs\":0,\"callerIpAddress\":\"" + person.address()
                + "\",\"correlationId\":\"" + id + "\",\"Level\":4,\"location\":\""
                + person.home().country()
                + "\",\"properties\":{\"id\":\"" + id + "\",\"requestId\":\"" + chance.uuid()
                + "\",\"riskEventType\":\"" + riskEventType
                + "\",\"riskState\":\"atRisk\",\"riskLevel\":\"medium\",\"riskDetail\":\"none\",\"source\":"
                + "\"IdentityProtection\",\"detectionTimingType\":\"offline\",\"activity\":\"signin\",\"ipAddress\":\""
                + person.address() + "\",\"activityDateTime\":\"" + Instant.ofEpochMilli(atMillis)
                + "\",\"detectedDateTime\":\"" + detected + "\",\"lastUpdatedDateTime\":\"" + detected
                + "\",\"userId\":\"" + person.id() + "\",\"userDisplayName\":\"" + person.displayName()
                + "\",\"userPrincipalName\":\"" + person.principalName()
                + "\",\"additionalInfo\":\"[]\",\"tokenIssuerType\":\"AzureAD\"}}";
        return new LogLine(LogLine.File.RISK, atMillis + detectedAfter, json);
    }
}
