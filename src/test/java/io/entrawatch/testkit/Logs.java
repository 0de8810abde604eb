package io.entrawatch.testkit;

import java.time.Instant;
import java.util.Locale;

/** Raw records as Entra's diagnostic settings export them, with invented people. */
public final class Logs {

    public static final String TENANT = "11111111-2222-3333-4444-555555555555";

    private Logs() {}

    /** A place with an address in it. */
    public record Spot(String city, String country, double latitude, double longitude, String address) {

        public Spot at(String otherAddress) {
            return new Spot(city, country, latitude, longitude, otherAddress);
        }
    }

    public static final Spot LONDON = new Spot("London", "GB", 51.507, -0.128, "192.0.2.10");
    public static final Spot LAGOS = new Spot("Lagos", "NG", 6.524, 3.379, "198.51.100.20");
    public static final Spot SYDNEY = new Spot("Sydney", "AU", -33.869, 151.209, "203.0.113.30");
    public static final Spot NOWHERE = new Spot("", "", 0, 0, "203.0.113.99");

    public static String signIn(String id, Instant at, String user, Spot spot, int errorCode) {
        return signIn(TENANT, id, at, user, spot, errorCode, "\"isInteractive\":true");
    }

    public static String signIn(
            String tenant, String id, Instant at, String user, Spot spot, int errorCode, String more) {
        return String.format(
                Locale.ROOT,
                "{\"time\":\"%1$s\",\"category\":\"SignInLogs\",\"tenantId\":\"%2$s\",\"resultType\":\"%3$d\","
                        + "\"callerIpAddress\":\"%4$s\",\"properties\":{\"id\":\"%5$s\",\"createdDateTime\":\"%1$s\","
                        + "\"userId\":\"id-of-%6$s\",\"userPrincipalName\":\"%6$s@contoso.example\","
                        + "\"appDisplayName\":\"Office\",\"correlationId\":\"c-%5$s\",\"ipAddress\":\"%4$s\","
                        + "\"status\":{\"errorCode\":%3$d},\"location\":{\"city\":\"%7$s\",\"countryOrRegion\":\"%8$s\","
                        + "\"geoCoordinates\":{\"latitude\":%9$f,\"longitude\":%10$f}},%11$s}}",
                at,
                tenant,
                errorCode,
                spot.address(),
                id,
                user,
                spot.city(),
                spot.country(),
                spot.latitude(),
                spot.longitude(),
                more);
    }

    public static String audit(String id, Instant at, String activity, String target, String result) {
        return audit(TENANT, id, at, activity, target, result);
    }

    public static String audit(String tenant, String id, Instant at, String activity, String target, String result) {
        return String.format(
                Locale.ROOT,
                "{\"time\":\"%2$s\",\"category\":\"AuditLogs\",\"tenantId\":\"%6$s\",\"properties\":{\"id\":\"%1$s\","
                        + "\"category\":\"UserManagement\",\"result\":\"%5$s\",\"activityDisplayName\":\"%3$s\","
                        + "\"activityDateTime\":\"%2$s\",\"correlationId\":\"c-%1$s\",\"initiatedBy\":{\"user\":{"
                        + "\"id\":\"id-of-admin-%1$s\",\"userPrincipalName\":\"admin-%1$s@contoso.example\","
                        + "\"ipAddress\":\"192.0.2.77\"}},\"targetResources\":[{\"type\":\"User\",\"id\":\"%4$s\","
                        + "\"userPrincipalName\":\"%4$s@contoso.example\"}]}}",
                id,
                at,
                activity,
                target,
                result,
                tenant);
    }
}
