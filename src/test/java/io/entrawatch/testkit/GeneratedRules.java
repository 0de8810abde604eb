package io.entrawatch.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Many rules of a user's own, each for an event of its own: by person, application, address, code or activity. */
public final class GeneratedRules {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final int KINDS = 5;

    private GeneratedRules() {}

    public static String name(int number) {
        return "generated-" + number;
    }

    /** Documents of a rule file. */
    public static String rules(int count) {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rules.append(i == 0 ? "" : "---\n");
            rules.append("title: Generated ").append(i).append("\nname: ").append(name(i));
            rules.append("\nlogsource: { product: azure, service: ");
            rules.append(i % KINDS == 4 ? "auditlogs" : "signinlogs").append(" }\ndetection:\n  selection: { ");
            rules.append(selection(i)).append(" }\n  condition: selection\n");
        }
        return rules.toString();
    }

    private static String selection(int i) {
        return switch (i % KINDS) {
            case 0 -> "userPrincipalName: person-" + i + "@contoso.example, ResultType: 50126";
            case 1 -> "AppDisplayName: Application " + i + ", location: [ DE, FR, GB ]";
            case 2 -> "ipAddress: 198.51." + i / 250 + "." + i % 250;
            case 3 -> "ResultType: " + (900_000 + i) + ", userPrincipalName|endswith: '@contoso.example'";
            default -> "OperationName: Activity " + i + ", Result: success";
        };
    }

    /** One event for each rule. */
    public static List<String> events(int count) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(i));
        }
        return events;
    }

    private static String event(int i) {
        String id = "event-" + i;
        Instant at = NOON.plusSeconds(i);
        if (i % KINDS == 4) {
            return Logs.audit(id, at, "Activity " + i, "account-" + i, "success");
        }
        int code = i % KINDS == 0 ? 50126 : i % KINDS == 3 ? 900_000 + i : 50140;
        Logs.Spot spot = Logs.LONDON.at(i % KINDS == 2 ? "198.51." + i / 250 + "." + i % 250 : "192.0.2.7");
        String json = Logs.signIn(id, at, "person-" + i, spot, code);
        return i % KINDS == 1 ? json.replace("\"Office\"", "\"Application " + i + "\"") : json;
    }
}
