package io.entrawatch.kibana;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static io.entrawatch.kibana.Column.count;
import static io.entrawatch.kibana.Column.days;
import static io.entrawatch.kibana.Column.different;
import static io.entrawatch.kibana.Column.kinds;
import static io.entrawatch.kibana.Column.last;
import static io.entrawatch.kibana.Column.most;
import static io.entrawatch.kibana.Column.sum;
import static io.entrawatch.kibana.Column.time;
import static io.entrawatch.kibana.Column.top;
import static io.entrawatch.kibana.DataView.ALERTS;
import static io.entrawatch.kibana.DataView.DEAD_LETTERS;
import static io.entrawatch.kibana.DataView.HEALTH;
import static io.entrawatch.kibana.DataView.LATE;

/** What people see in Kibana: {@code deploy/kibana/entrawatch.ndjson} is made from this. */
final class Dashboards {

    /** The names of dashboards, in the order of their links, by id. */
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("entrawatch-overview", "Overview");
        NAMES.put("entrawatch-accounts", "Accounts");
        NAMES.put("entrawatch-sign-ins", "Sign-ins");
        NAMES.put("entrawatch-one-user", "One user");
        NAMES.put("entrawatch-operations", "Operations");
    }

    private static final Note LINKS = new Note(NAMES.entrySet().stream()
            .map(name -> "[" + name.getValue() + "](#/view/" + name.getKey() + ")")
            .collect(Collectors.joining(" · ")));

    private static final Column NUMBER = count("Alerts");

    /** Related users are ids as well as names; only names are shown. */
    private static final Column ACCOUNTS = top(12, "Account", "related.user").like(".+\\@.+");

    private static final SavedSearch ALL_ALERTS = new SavedSearch(
            "entrawatch-alerts-newest",
            "Newest alerts",
            ALERTS,
            "",
            List.of("entrawatch.level", "rule.name", "message", "source.ip", "source.geo.country_iso_code"));
    private static final SavedSearch URGENT = new SavedSearch(
            "entrawatch-alerts-urgent",
            "Newest alerts of high and critical level",
            ALERTS,
            "entrawatch.level:(high OR critical)",
            List.of("entrawatch.level", "rule.name", "message", "entrawatch.level_reasons", "entrawatch.runbook"));
    private static final SavedSearch ACCOUNT_ALERTS = new SavedSearch(
            "entrawatch-alerts-accounts",
            "Newest alerts about accounts",
            ALERTS,
            Kinds.ABOUT_ACCOUNTS,
            List.of("entrawatch.level", "rule.name", "message", "user.email", "user.target.email"));
    private static final SavedSearch SIGN_IN_ALERTS = new SavedSearch(
            "entrawatch-alerts-sign-ins",
            "Newest alerts about sign-ins",
            ALERTS,
            Kinds.ABOUT_SIGN_INS,
            List.of("entrawatch.level", "rule.name", "message", "source.ip", "source.geo.city_name"));
    private static final SavedSearch INCREASES = new SavedSearch(
            "entrawatch-alerts-increases",
            "More than on the same day last week",
            ALERTS,
            "rule.category:baselines",
            List.of("entrawatch.level", "rule.name", "event.reason"));
    private static final SavedSearch LETTERS = new SavedSearch(
            "entrawatch-dead-letters-newest",
            "Newest dead letters",
            DEAD_LETTERS,
            "",
            List.of("reason", "detail", "source", "position"));
    private static final SavedSearch LATE_EVENTS = new SavedSearch(
            "entrawatch-late-newest",
            "Newest late events",
            LATE,
            "",
            List.of("source", "category", "activity", "user", "late_by_ms", "@timestamp"));

    private Dashboards() {}

    /** The lines of the file: what is referred to comes first. */
    static List<Json> savedObjects() {
        List<Json> objects = new ArrayList<>();
        List.of(ALERTS, HEALTH, DEAD_LETTERS, LATE).forEach(view -> objects.add(view.savedObject()));
        List.of(ALL_ALERTS, URGENT, ACCOUNT_ALERTS, SIGN_IN_ALERTS, INCREASES, LETTERS, LATE_EVENTS)
                .forEach(search -> objects.add(search.savedObject()));
        List.of(oneUser(), overview(), accounts(), signIns(), operations())
                .forEach(dashboard -> objects.add(dashboard.savedObject()));
        return objects;
    }

    private static Dashboard overview() {
        return dashboard("entrawatch-overview", "What was found, where, and about whom.", "now-7d")
                .control("Tenant", ALERTS, "organization.id")
                .control("Level", ALERTS, "entrawatch.level")
                .control("Section", ALERTS, "rule.category")
                .control("Detection", ALERTS, "rule.name")
                .row(
                        6,
                        Lens.number(ALERTS, NUMBER),
                        Lens.number(ALERTS, count("High and critical")).where("entrawatch.level:(high OR critical)"),
                        Lens.number(ALERTS, different("Detections", "rule.id")),
                        Lens.number(ALERTS, different("Addresses", "source.ip")))
                .row(12, Lens.bars("Alerts by level", ALERTS, top(5, "Level", "entrawatch.level"), NUMBER))
                .row(
                        15,
                        Lens.ranking("Detections", ALERTS, NUMBER, top(15, "Detection", "rule.name")),
                        Lens.ranking(
                                "Sections",
                                ALERTS,
                                NUMBER,
                                top(5, "Level", "entrawatch.level"),
                                top(10, "Section", "rule.category")),
                        Lens.ranking("Items of the guide", ALERTS, NUMBER, top(15, "Item", "entrawatch.guide")))
                .row(
                        15,
                        List.of(24, 12, 12),
                        new PlaceMap("Where from", ALERTS, "source.geo.location", ""),
                        Lens.ranking("Accounts named most: click to open", ALERTS, NUMBER, ACCOUNTS)
                                .opening("entrawatch-one-user"),
                        Lens.ranking("ATT&CK tactics", ALERTS, NUMBER, top(12, "Tactic", "threat.tactic.name")))
                .row(18, URGENT.panel())
                .row(18, ALL_ALERTS.panel());
    }

    private static Dashboard accounts() {
        return dashboard("entrawatch-accounts", "Accounts that were created, deleted or given privileges.", "now-30d")
                .control("Tenant", ALERTS, "organization.id")
                .control("Level", ALERTS, "entrawatch.level")
                .control("Who did it", ALERTS, "user.email")
                .control("Whom it was done to", ALERTS, "user.target.email")
                .row(
                        6,
                        Lens.number(ALERTS, count("Created")).where(Kinds.OF_ACCOUNTS.get("Created")),
                        Lens.number(ALERTS, count("Deleted")).where(Kinds.OF_ACCOUNTS.get("Deleted")),
                        Lens.number(ALERTS, count("Given privileges")).where(Kinds.OF_ACCOUNTS.get("Given privileges")),
                        Lens.number(ALERTS, count("Guests")).where(Kinds.OF_ACCOUNTS.get("Guests")))
                .row(
                        12,
                        Lens.bars("What happened to accounts", ALERTS, kinds(Kinds.OF_ACCOUNTS), NUMBER)
                                .where(Kinds.ABOUT_ACCOUNTS))
                .row(
                        15,
                        Lens.ranking("Detections", ALERTS, NUMBER, top(15, "Detection", "rule.name"))
                                .where(Kinds.ABOUT_ACCOUNTS),
                        Lens.table("Who did it", ALERTS, top(15, "Who", "user.email"), NUMBER, risk())
                                .where(Kinds.ABOUT_ACCOUNTS)
                                .opening("entrawatch-one-user"),
                        Lens.table("Whom it was done to", ALERTS, top(15, "Whom", "user.target.email"), NUMBER, risk())
                                .where(Kinds.ABOUT_ACCOUNTS)
                                .opening("entrawatch-one-user"))
                .row(20, ACCOUNT_ALERTS.panel());
    }

    private static Dashboard signIns() {
        String failed = "event.outcome:failure AND " + Kinds.ABOUT_SIGN_INS;
        return dashboard("entrawatch-sign-ins", "Failures, sprays, travel and weak sign-ins.", "now-14d")
                .control("Tenant", ALERTS, "organization.id")
                .control("Level", ALERTS, "entrawatch.level")
                .control("Account", ALERTS, "user.email")
                .control("Country", ALERTS, "source.geo.country_iso_code")
                .row(
                        6,
                        Lens.number(ALERTS, count("Failures")).where(failed),
                        Lens.number(ALERTS, count("Sprays")).where(Kinds.OF_SIGN_INS.get("Sprays")),
                        Lens.number(ALERTS, count("Travel")).where("rule.category:travel"),
                        Lens.number(ALERTS, count("Legacy or single factor"))
                                .where(Kinds.OF_SIGN_INS.get("Legacy or single factor")))
                .row(
                        12,
                        Lens.lines(
                                        "Alerts about failures, and those of a week before",
                                        ALERTS,
                                        List.of(days(ALERTS)),
                                        NUMBER,
                                        NUMBER.aWeekBefore("A week before"))
                                .where(failed),
                        Lens.bars("Kinds of sign-ins", ALERTS, kinds(Kinds.OF_SIGN_INS), NUMBER)
                                .where(Kinds.ABOUT_SIGN_INS))
                .row(14, INCREASES.panel())
                .row(
                        15,
                        Lens.table(
                                        "Addresses of sprays",
                                        ALERTS,
                                        top(15, "Address", "source.ip"),
                                        NUMBER,
                                        different("Accounts", "related.user"))
                                .where(Kinds.OF_SIGN_INS.get("Sprays")),
                        new PlaceMap("Travel", ALERTS, "source.geo.location", "rule.category:travel"))
                .row(
                        15,
                        Lens.table("Who travelled", ALERTS, top(15, "Account", "user.email"), NUMBER, risk())
                                .where("rule.category:travel")
                                .opening("entrawatch-one-user"),
                        Lens.table(
                                        "Who signs in with a legacy client or a single factor",
                                        ALERTS,
                                        top(15, "Account", "user.email"),
                                        NUMBER,
                                        risk())
                                .where(Kinds.OF_SIGN_INS.get("Legacy or single factor"))
                                .opening("entrawatch-one-user"))
                .row(20, SIGN_IN_ALERTS.panel());
    }

    private static Dashboard oneUser() {
        return dashboard("entrawatch-one-user", "All alerts that name an account, by name or by id.", "now-90d")
                .control("Account", ALERTS, "related.user")
                .control("Level", ALERTS, "entrawatch.level")
                .control("Detection", ALERTS, "rule.name")
                .row(
                        6,
                        Lens.number(ALERTS, NUMBER),
                        Lens.number(ALERTS, risk()),
                        Lens.number(ALERTS, different("Addresses", "source.ip")),
                        Lens.number(ALERTS, different("Countries", "source.geo.country_iso_code")))
                .row(12, Lens.bars("Alerts by detection", ALERTS, top(12, "Detection", "rule.name"), NUMBER))
                .row(
                        15,
                        Lens.table("Detections", ALERTS, top(15, "Detection", "rule.name"), NUMBER, risk()),
                        Lens.table("Addresses", ALERTS, top(15, "Address", "source.ip"), NUMBER, risk()),
                        new PlaceMap("Where from", ALERTS, "source.geo.location", ""))
                .row(
                        12,
                        Lens.ranking("Named together with", ALERTS, NUMBER, ACCOUNTS)
                                .opening("entrawatch-one-user"),
                        Lens.ranking(
                                "ATT&CK techniques", ALERTS, NUMBER, top(12, "Technique", "threat.technique.name")))
                .row(22, ALL_ALERTS.panel());
    }

    private static Dashboard operations() {
        Column source = top(10, "Source", "entrawatch.health.source");
        Column events = sum("Events", "entrawatch.health.events");
        Column late = sum("Late events", "entrawatch.health.late");
        Column letters = sum("Dead letters", "entrawatch.health.dead_letters");
        Column lag = most("Longest lag", "entrawatch.health.lag_ms");
        return dashboard("entrawatch-operations", "Whether the job reads what it should, and in time.", "now-24h")
                .control("Source", HEALTH, "entrawatch.health.source")
                .row(
                        6,
                        Lens.number(HEALTH, events),
                        Lens.number(HEALTH, late),
                        Lens.number(HEALTH, letters),
                        Lens.number(HEALTH, lag),
                        Lens.number(HEALTH, last("Detections on", "entrawatch.health.detections.on")),
                        Lens.number(HEALTH, last("Detections off", "entrawatch.health.detections.off")))
                .row(
                        12,
                        Lens.bars("Events by source", HEALTH, source, events),
                        Lens.lines("Longest lag by source", HEALTH, List.of(source, time(HEALTH)), lag))
                .row(
                        12,
                        Lens.bars("Late events by source", HEALTH, source, late),
                        // A dead letter has its topic or file, and not the name of the source.
                        Lens.bars(
                                        "Dead letters of all sources by reason",
                                        DEAD_LETTERS,
                                        top(10, "Reason", "reason"),
                                        count("Dead letters"))
                                .whateverIsChosen())
                .row(
                        12,
                        Lens.table("Sources", HEALTH, source, events, late, letters, lag),
                        Lens.table(
                                "Detections that were off in this time",
                                HEALTH,
                                top(50, "Detection", "entrawatch.health.detections.names_off"),
                                different("Sources", "entrawatch.health.source")))
                .row(16, LETTERS.panel(), LATE_EVENTS.panel());
    }

    private static Dashboard dashboard(String id, String description, String since) {
        return new Dashboard(id, "Entrawatch: " + NAMES.get(id), description, since).row(3, LINKS);
    }

    private static Column risk() {
        return most("Highest risk score", "event.risk_score");
    }
}
