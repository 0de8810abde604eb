package io.entrawatch.benchmark;

import java.io.IOException;
import java.time.LocalDate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** What the plain program wants of a record; reading stops where all of that is known. */
final class LimitRecord {

    enum Kind {
        NOTHING,
        CREATED,
        DELETED,
        FAILED,
        SIGNED_IN
    }

    private static final JsonFactory JSON = new JsonFactory();

    Kind kind = Kind.NOTHING;
    String tenant = "";
    String id = "";
    /** The user who signed in, or the account that was changed. */
    String subject = "";

    String address = "";
    long atMillis;
    double latitude;
    double longitude;
    private boolean audit;
    private boolean trusted;

    void read(byte[] buffer, int from, int length) throws IOException {
        kind = Kind.NOTHING;
        audit = false;
        trusted = false;
        latitude = 0;
        longitude = 0;
        subject = "";
        try (JsonParser json = JSON.createParser(buffer, from, length)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "category" -> audit = json.getText().equals("AuditLogs");
                    case "tenantId" -> tenant = json.getText();
                    case "operationName" -> kind = kindOf(json.getText());
                    case "properties" -> {
                        if (audit) {
                            readChange(json);
                        } else {
                            readSignIn(json);
                        }
                        return;
                    }
                    default -> json.skipChildren();
                }
                if (audit && kind == Kind.NOTHING) {
                    return;
                }
            }
        }
    }

    private static Kind kindOf(String operation) {
        return switch (operation) {
            case "Add user" -> Kind.CREATED;
            case "Delete user" -> Kind.DELETED;
            default -> Kind.NOTHING;
        };
    }

    private void readChange(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "result" -> {
                    if (!json.getText().equals("success")) {
                        kind = Kind.NOTHING;
                        return;
                    }
                }
                case "activityDateTime" -> atMillis = millis(json.getText());
                case "targetResources" -> {
                    readTarget(json);
                    return;
                }
                default -> json.skipChildren();
            }
        }
    }

    private void readTarget(JsonParser json) throws IOException {
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isId = json.currentName().equals("id");
            json.nextToken();
            if (isId) {
                subject = json.getText();
                return;
            }
            json.skipChildren();
        }
    }

    private void readSignIn(JsonParser json) throws IOException {
        boolean interactive = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = json.getText();
                case "createdDateTime" -> atMillis = millis(json.getText());
                case "userId" -> subject = json.getText();
                case "ipAddress" -> address = json.getText();
                case "status" -> {
                    if (readCode(json) != 0) {
                        kind = Kind.FAILED;
                        return;
                    }
                }
                case "location" -> readPlace(json);
                case "isInteractive" -> {
                    interactive = json.getBooleanValue();
                    if (!interactive || (latitude == 0 && longitude == 0)) {
                        return;
                    }
                }
                case "networkLocationDetails" -> {
                    readNetworks(json);
                    kind = interactive && !trusted ? Kind.SIGNED_IN : Kind.NOTHING;
                    return;
                }
                default -> json.skipChildren();
            }
        }
    }

    private static int readCode(JsonParser json) throws IOException {
        int code = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isCode = json.currentName().equals("errorCode");
            json.nextToken();
            if (isCode) {
                code = json.getIntValue();
            } else {
                json.skipChildren();
            }
        }
        return code;
    }

    private void readPlace(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "geoCoordinates" -> readPlace(json);
                case "latitude" -> latitude = json.getDoubleValue();
                case "longitude" -> longitude = json.getDoubleValue();
                default -> json.skipChildren();
            }
        }
    }

    private void readNetworks(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean type = json.currentName().equals("networkType");
                json.nextToken();
                trusted |= type && json.getText().equals("trustedNamedLocation");
                json.skipChildren();
            }
        }
    }

    /** Of {@code 2026-03-02T08:15:42.123Z}, with or without its decimals. */
    private static long millis(String time) {
        long day = LocalDate.of(number(time, 0, 4), number(time, 5, 7), number(time, 8, 10))
                .toEpochDay();
        long second = (day * 24 + number(time, 11, 13)) * 3_600 + number(time, 14, 16) * 60L + number(time, 17, 19);
        return second * 1_000 + (time.charAt(19) == '.' ? number(time, 20, 23) : 0);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
