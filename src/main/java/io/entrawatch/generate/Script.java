package io.entrawatch.generate;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The attacks and near misses of one tenant that concern single accounts, with what each has to come to. */
final class Script {

    private static final long SECOND = 1_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final int SOON = 20_000;

    /** Somebody flies at most this fast, from sign-in to sign-in. */
    private static final double FLIGHT_KMH = 750;

    /** What else is right about a journey that nobody can have made. */
    private static final List<String> ALSO =
            List.of("off-hours-sign-in", "atypical-travel", "travel-confirmed", "new-country-for-user");

    private final Tenant tenant;
    private final LocalDate start;
    private final int days;
    private final Chance chance;
    private final List<LogLine> lines = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();

    Script(Tenant tenant, LocalDate start, int days, Chance chance) {
        this.tenant = tenant;
        this.start = start;
        this.days = days;
        this.chance = chance;
        writeAccounts();
        writeTravels();
    }

    List<LogLine> lines() {
        return lines;
    }

    List<Label> labels() {
        return labels;
    }

    private void writeAccounts() {
        account("created and deleted within minutes", true, "success", "success", 7 * MINUTE, 30 * SECOND);
        account("the delete is exported before the create", true, "success", "success", MINUTE, 240 * SECOND);
        if (days > 2) {
            account("deleted the next day", true, "success", "success", 23 * HOUR + 30 * MINUTE, 30 * SECOND);
            account("deleted after exactly a day", false, "success", "success", 24 * HOUR, 30 * SECOND);
        }
        account("the create failed", false, "failure", "success", 5 * MINUTE, 30 * SECOND);
        account("the delete failed", false, "success", "failure", 5 * MINUTE, 30 * SECOND);
        loner("created and never deleted", "Add user");
        loner("deleted and never seen created", "Delete user");
    }

    private void account(String what, boolean attack, String created, String deleted, long lived, long createDelay) {
        String id = chance.uuid();
        String name = "tmp" + chance.between(1_000, 9_999) + "@" + tenant.domain();
        long at = someMorning(lived >= 23 * HOUR ? 2 : 1);
        lines.add(AuditRecord.of("Add user", tenant.sync(), id, name, created, tenant.id(), at, createDelay, chance));
        lines.add(AuditRecord.of(
                "Delete user", tenant.sync(), id, name, deleted, tenant.id(), at + lived, 5 * SECOND, chance));
        labels.add(new Label("short-lived-account", attack, what, tenant.id(), id, at, at + lived, at + lived)
                .also("account-deleted-within-a-week"));
    }

    private void loner(String what, String activity) {
        String id = chance.uuid();
        long at = someMorning(1);
        String name = "lone" + chance.between(1_000, 9_999) + "@" + tenant.domain();
        lines.add(AuditRecord.of(activity, tenant.sync(), id, name, "success", tenant.id(), at, 30 * SECOND, chance));
        labels.add(new Label("short-lived-account", false, what, tenant.id(), id, at, at, null));
    }

    private void writeTravels() {
        travel(2, "two continents in half an hour", 25 * MINUTE);
        travel(3, "two continents in the same second", 0);
        travel(4, "two continents in an hour and a half", 90 * MINUTE);
        long morning = someMorning(3);
        flight(morning);
        Person vpn = tenant.reserved(6);
        visit(vpn, morning, away(vpn, 2_000), in -> in.inTrustedLocation());
        nearMiss(vpn, "behind the company's VPN", morning, 20 * MINUTE);
        Person nowhere = tenant.reserved(7);
        visit(nowhere, morning, away(nowhere, 2_000), SignIn::withoutPlace);
        nearMiss(nowhere, "a record without a place", morning, 20 * MINUTE);
        Person program = tenant.reserved(8);
        lines.add(signIn(program, morning).byProgram().exportedAfter(SOON));
        City region = away(program, 2_000);
        lines.add(signIn(program, morning + 20 * MINUTE)
                .from(region, "198.51.100.20")
                .byProgram()
                .exportedAfter(SOON));
        nearMiss(program, "two sessions of a program", morning, 20 * MINUTE);
    }

    private void travel(int victim, String what, long after) {
        Person person = tenant.reserved(victim);
        long at = someMorning(1);
        lines.add(signIn(person, at).exportedAfter(SOON));
        lines.add(signIn(person, at + after)
                .from(away(person, 3_000), "203.0.113." + chance.between(1, 250))
                .onUnknownDevice()
                .exportedAfter(SOON));
        labels.add(new Label(
                        "impossible-travel",
                        true,
                        what,
                        tenant.id(),
                        person.id(),
                        at,
                        at + after + 6 * MINUTE,
                        at + after)
                .with(ALSO, List.of(), at + after));
        lines.add(RiskRecord.of("unlikelyTravel", person, tenant.id(), at + after, 5 * MINUTE, chance));
    }

    /** Far, and long enough ago. */
    private void flight(long morning) {
        Person person = tenant.reserved(5);
        City destination = away(person, 2_000);
        long took = (long) (person.home().kilometersTo(destination) / FLIGHT_KMH * HOUR);
        if (morning + took >= tenant.at(start.plusDays(days), 0)) {
            return;
        }
        lines.add(signIn(person, morning).exportedAfter(SOON));
        lines.add(signIn(person, morning + took)
                .from(destination, "198.51.100." + chance.between(30, 250))
                .exportedAfter(SOON));
        nearMiss(person, "a flight", morning, took);
    }

    private void visit(Person person, long at, City city, java.util.function.UnaryOperator<SignIn> how) {
        lines.add(signIn(person, at).exportedAfter(SOON));
        lines.add(how.apply(signIn(person, at + 20 * MINUTE).from(city, "198.51.100." + chance.between(30, 250)))
                .exportedAfter(SOON));
    }

    private void nearMiss(Person person, String what, long at, long took) {
        labels.add(new Label("impossible-travel", false, what, tenant.id(), person.id(), at, at + took, null)
                .also("off-hours-sign-in", "sign-in-from-unknown-place", "new-country-for-user"));
    }

    private SignIn signIn(Person person, long at) {
        return new SignIn(person, tenant.id(), at, chance);
    }

    private City away(Person person, double kilometers) {
        return person.home().farther(kilometers, chance.below(City.OFFICES));
    }

    /** A time between ten and eleven of a day, so many days before the end at least. */
    private long someMorning(int before) {
        // On working days of the first week, which no other week is compared with by chance.
        LocalDate day = chance.of(FirstWeek.workdays(start, days - before));
        return tenant.at(day, (int) Duration.ofHours(10).toSeconds() + chance.below(3_600)) + chance.below(1_000);
    }
}
