package io.entrawatch.generate;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes one sign-in as Entra's diagnostic settings export it. */
final class SignIn {

    /** Where somebody signs in of whom nothing else is said. */
    static final String USUAL_APP = "Office 365 Exchange Online";

    private static final int POLICIES = 1;
    private static final int USUAL_SIZE = 4_096;

    /** Codes of sign-ins that did not come as far as a right password. */
    private static final Set<Integer> WRONG_PASSWORD = Set.of(50126, 50053, 50057, 50034, 50055, 50056);

    private static final String SECOND_FACTOR =
            ",{\"authenticationMethod\":\"Previously satisfied\",\"succeeded\":true,"
                    + "\"authenticationStepResultDetail\":\"MFA requirement satisfied by claim in the token\","
                    + "\"authenticationStepRequirement\":\"\",\"StatusSequence\":0,\"RequestSequence\":0}";

    private static final Map<String, String> APP_IDS = new ConcurrentHashMap<>();
    private static final Map<City, String> COORDINATES = new ConcurrentHashMap<>();

    private final Person person;
    private final String tenant;
    private final long atMillis;
    private final Chance chance;
    private City city;
    private String address;
    private int errorCode;
    private boolean interactive = true;
    private boolean located = true;
    private boolean trusted;
    private boolean oneFactor;
    private boolean known = true;
    private String app = USUAL_APP;
    private String sessionId = "";

    SignIn(Person person, String tenant, long atMillis, Chance chance) {
        this.person = person;
        this.tenant = tenant;
        this.atMillis = atMillis;
        this.chance = chance;
        this.city = person.home();
        this.address = person.address();
    }

    SignIn from(City place, String ip) {
        city = place;
        address = ip;
        return this;
    }

    SignIn failing(int code) {
        errorCode = code;
        return this;
    }

    SignIn byProgram() {
        interactive = false;
        return this;
    }

    SignIn withoutPlace() {
        located = false;
        return this;
    }

    SignIn inTrustedLocation() {
        trusted = true;
        return this;
    }

    /** A password was enough. */
    SignIn withOneFactor() {
        oneFactor = true;
        return this;
    }

    /** Neither managed nor compliant. */
    SignIn onUnknownDevice() {
        known = false;
        return this;
    }

    SignIn to(String application) {
        app = application;
        return this;
    }

    long atMillis() {
        return atMillis;
    }

    /** The record, exported so many milliseconds after it happened. */
    LogLine exportedAfter(long delayMillis) {
        sessionId = chance.uuid();
        long exported = atMillis + delayMillis;
        return new LogLine(LogLine.File.SIGN_INS, exported, json(Instant.ofEpochMilli(exported)));
    }

    private String json(Instant exported) {
        String id = chance.uuid();
        String correlation = chance.uuid();
        String created = Instant.ofEpochMilli(atMillis).toString();
        String category = interactive ? "SignInLogs" : "NonInteractiveUserSignInLogs";
        String country = located ? city.country() : "";
        StringBuilder json = new StringBuilder(USUAL_SIZE);
        json.append("{\"time\":\"").append(exported);
        json.append("\",\"resourceId\":\"/tenants/").append(tenant).append("/providers/Microsoft.aadiam");
        json.append("\",\"operationName\":\"Sign-in activity\",\"operationVersion\":\"1.0\",\"category\":\"");
        json.append(category).append("\",\"tenantId\":\"").append(tenant);
        json.append("\",\"resultType\":\"").append(errorCode);
        json.append("\",\"resultSignature\":\"None\",\"durationMs\":0,\"callerIpAddress\":\"")
                .append(address);
        json.append("\",\"correlationId\":\"").append(correlation);
        json.append("\",\"identity\":\"").append(person.displayName());
        json.append("\",\"Level\":4,\"location\":\"").append(country);
        json.append("\",\"properties\":{\"id\":\"").append(id);
        json.append("\",\"createdDateTime\":\"").append(created);
        json.append("\",\"userDisplayName\":\"").append(person.displayName());
        json.append("\",\"userPrincipalName\":\"").append(person.principalName());
        json.append("\",\"userId\":\"").append(person.id());
        json.append("\",\"appId\":\"").append(appId(app));
        json.append("\",\"appDisplayName\":\"").append(app);
        json.append("\",\"ipAddress\":\"")
                .append(address)
                .append("\",\"status\":{\"errorCode\":")
                .append(errorCode);
        json.append(",\"failureReason\":\"").append(reason()).append("\",\"additionalDetails\":\"\"}");
        json.append(",\"clientAppUsed\":\"Browser\",\"userAgent\":\"Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
                + " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36 Edg/145.0.0.0\"");
        appendDevice(json);
        appendPlace(json);
        json.append(",\"correlationId\":\"").append(correlation);
        json.append("\",\"conditionalAccessStatus\":\"notApplied\",\"appliedConditionalAccessPolicies\":[");
        appendPolicies(json);
        json.append("],\"authenticationContextClassReferences\":[],\"originalRequestId\":\"")
                .append(id);
        json.append("\",\"isInteractive\":").append(interactive);
        json.append(
                ",\"tokenIssuerName\":\"\",\"tokenIssuerType\":\"AzureAD\",\"authenticationProcessingDetails\":[{\"key\":"
                        + "\"Legacy TLS (TLS 1.0, 1.1, 3DES)\",\"value\":\"False\"},{\"key\":\"Is CAE Token\",\"value\":\"False\"}]");
        json.append(",\"networkLocationDetails\":[");
        json.append(trusted ? "{\"networkType\":\"trustedNamedLocation\",\"networkNames\":[\"Company VPN\"]}" : "");
        json.append("],\"processingTimeInMilliseconds\":").append(chance.between(40, 400));
        json.append(
                ",\"riskDetail\":\"none\",\"riskLevelAggregated\":\"none\",\"riskLevelDuringSignIn\":\"none\",\"riskState\":"
                        + "\"none\",\"riskEventTypes\":[],\"riskEventTypes_v2\":[]");
        json.append(
                ",\"resourceDisplayName\":\"Microsoft Graph\",\"resourceId\":\"00000003-0000-0000-c000-000000000000\"");
        json.append(",\"resourceTenantId\":\"")
                .append(tenant)
                .append("\",\"homeTenantId\":\"")
                .append(tenant);
        json.append("\",\"tenantId\":\"").append(tenant);
        json.append("\",\"authenticationDetails\":[{\"authenticationStepDateTime\":\"")
                .append(created);
        json.append("\",\"authenticationMethod\":\"Password\",\"authenticationMethodDetail\":\"Password in the cloud\","
                        + "\"succeeded\":")
                .append(!WRONG_PASSWORD.contains(errorCode));
        json.append(",\"authenticationStepResultDetail\":\"").append(reason());
        json.append("\",\"authenticationStepRequirement\":\"Primary authentication\",\"StatusSequence\":0,"
                + "\"RequestSequence\":1}");
        json.append(oneFactor || errorCode != 0 ? "" : SECOND_FACTOR);
        json.append("],\"authenticationRequirementPolicies\":[],\"sessionLifetimePolicies\":[]");
        json.append(",\"authenticationRequirement\":\"")
                .append(oneFactor ? "singleFactorAuthentication" : "multiFactorAuthentication");
        json.append("\",\"servicePrincipalId\":\"\",\"userType\":"
                + "\"Member\",\"flaggedForReview\":false,\"isTenantRestricted\":false");
        json.append(",\"autonomousSystemNumber\":")
                .append(64_500 + Math.floorMod(city.name().hashCode(), 10));
        json.append(",\"crossTenantAccessType\":\"none\",\"privateLinkDetails\":{},\"ssoExtensionVersion\":\"\","
                        + "\"uniqueTokenIdentifier\":\"")
                .append(id.substring(0, 22));
        json.append(
                        "\",\"authenticationStrengths\":[],\"incomingTokenType\":\"none\",\"authenticationProtocol\":\"none\","
                                + "\"appServicePrincipalId\":null,\"resourceServicePrincipalId\":\"")
                .append(correlation);
        json.append("\",\"signInTokenProtectionStatus\":\"none\",\"originalTransferMethod\":\"none\",\"sessionId\":\"");
        return json.append(sessionId).append("\"}}").toString();
    }

    private void appendDevice(StringBuilder json) {
        json.append(",\"deviceDetail\":{\"deviceId\":\"").append(known ? person.deviceId() : "");
        json.append("\",\"displayName\":\"\",\"operatingSystem\":\"Windows10\",\"browser\":\"Edge 145.0.0\",");
        json.append("\"isCompliant\":").append(known);
        json.append(",\"isManaged\":").append(known).append(",\"trustType\":\"\"}");
    }

    private void appendPlace(StringBuilder json) {
        if (!located) {
            json.append(",\"location\":{\"city\":\"\",\"state\":\"\",\"countryOrRegion\":\"\",\"geoCoordinates\":"
                    + "{\"latitude\":0,\"longitude\":0}}");
            return;
        }
        json.append(",\"location\":{\"city\":\"").append(city.name());
        json.append("\",\"state\":\"").append(city.state());
        json.append("\",\"countryOrRegion\":\"").append(city.country());
        json.append(COORDINATES.computeIfAbsent(city, SignIn::coordinates));
    }

    private static String coordinates(City city) {
        return String.format(
                Locale.ROOT,
                "\",\"geoCoordinates\":{\"latitude\":%.5f,\"longitude\":%.5f}}",
                city.latitude(),
                city.longitude());
    }

    static String appId(String application) {
        return APP_IDS.computeIfAbsent(application, SignIn::idOf);
    }

    private static String idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    /** Most of a real record is the list of policies that did not apply. */
    private static void appendPolicies(StringBuilder json) {
        for (int i = 1; i <= POLICIES; i++) {
            json.append(i == 1 ? "" : ",");
            json.append("{\"id\":\"5b6e1c8a-0000-4000-8000-00000000000").append(i);
            json.append("\",\"displayName\":\"Require multifactor authentication ")
                    .append(i);
            json.append(
                    "\",\"enforcedGrantControls\":[\"Mfa\"],\"enforcedSessionControls\":[],\"sessionControlsNotSatisfied\":[],"
                            + "\"result\":\"notApplied\",\"conditionsSatisfied\":3,\"conditionsNotSatisfied\":16}");
        }
    }

    private String reason() {
        return switch (errorCode) {
            case 0 -> "";
            case 50126 -> "Error validating credentials due to invalid username or password.";
            case 50053 -> "The account is locked because of too many sign-in attempts.";
            case 50057 -> "The user account is disabled.";
            case 50034 -> "The user account does not exist in the directory.";
            case 50074, 50076 -> "Strong authentication is required.";
            case 50097 -> "Device authentication is required.";
            case 50155 -> "Device authentication failed.";
            case 50158 -> "External security challenge was not satisfied.";
            case 53003 -> "Access has been blocked by Conditional Access policies.";
            case 500121 -> "Authentication failed during strong authentication request.";
            case 50140 -> "This error occurred due to 'Keep me signed in' interrupt when the user was signing-in.";
            default -> "Other.";
        };
    }
}
