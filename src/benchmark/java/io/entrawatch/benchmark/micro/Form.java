package io.entrawatch.benchmark.micro;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The forms in which records come: each made of the same generated ones. */
public enum Form {
    /** As diagnostic settings export a sign-in. */
    DIAGNOSTIC_SIGN_IN("ndjson", false) {
        @Override
        List<String> lines(List<String> records) {
            return records;
        }
    },

    /** The same sign-in as Microsoft Graph gives it: what is inside, without the envelope. */
    GRAPH_SIGN_IN("ndjson", false) {
        @Override
        List<String> lines(List<String> records) {
            return records.stream()
                    .map(record -> parsed(record).path("properties").toString())
                    .toList();
        }
    },

    /** As diagnostic settings export an audit record. */
    DIAGNOSTIC_AUDIT("ndjson", true) {
        @Override
        List<String> lines(List<String> records) {
            return records;
        }
    },

    /** A sign-in in the CSV that the portal lets people download. */
    PORTAL_CSV_SIGN_IN("csv", false) {
        @Override
        List<String> lines(List<String> records) {
            return Stream.concat(Stream.of(HEADER), records.stream().map(Form::row))
                    .toList();
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HEADER = "Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,"
            + "Application,Application ID,Resource,IP address,Location,Status,Sign-in error code,Failure reason,"
            + "Client app,Device ID,Browser,Operating System,Compliant,Managed,Authentication requirement,"
            + "Autonomous system number,Conditional Access";

    private final String ending;
    private final boolean audit;

    Form(String ending, boolean audit) {
        this.ending = ending;
        this.audit = audit;
    }

    /** The lines of a file in this form. */
    abstract List<String> lines(List<String> records);

    /** How the file's name ends. */
    String ending() {
        return ending;
    }

    /** Whether it is made of audit records, and not of sign-ins. */
    boolean isAudit() {
        return audit;
    }

    private static JsonNode parsed(String record) {
        try {
            return JSON.readTree(record);
        } catch (IOException e) {
            throw new IllegalStateException(record, e);
        }
    }

    private static String row(String record) {
        JsonNode signIn = parsed(record).path("properties");
        int code = signIn.at("/status/errorCode").asInt();
        JsonNode place = signIn.path("location");
        List<String> values = List.of(
                signIn.path("createdDateTime").asText(),
                signIn.path("id").asText(),
                signIn.path("userAgent").asText(),
                signIn.path("correlationId").asText(),
                signIn.path("userId").asText(),
                signIn.path("userDisplayName").asText(),
                signIn.path("userPrincipalName").asText(),
                signIn.path("appDisplayName").asText(),
                signIn.path("appId").asText(),
                signIn.path("resourceDisplayName").asText(),
                signIn.path("ipAddress").asText(),
                place.path("city").asText() + ", " + place.path("state").asText() + ", "
                        + place.path("countryOrRegion").asText(),
                code == 0 ? "Success" : "Failure",
                Integer.toString(code),
                signIn.at("/status/failureReason").asText(),
                signIn.path("clientAppUsed").asText(),
                signIn.at("/deviceDetail/deviceId").asText(),
                signIn.at("/deviceDetail/browser").asText(),
                signIn.at("/deviceDetail/operatingSystem").asText(),
                signIn.at("/deviceDetail/isCompliant").asText(),
                signIn.at("/deviceDetail/isManaged").asText(),
                signIn.path("authenticationRequirement").asText(),
                signIn.path("autonomousSystemNumber").asText(),
                signIn.path("conditionalAccessStatus").asText());
        return '"' + String.join("\",\"", values) + '"';
    }
}
