package io.entrawatch.generate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Consumer;

/** One day of ordinary work in a tenant: people, programs, and the failures of the day's plan. */
final class TenantDay {

    private static final long SECOND = 1_000L;

    /** Entra exports within minutes, and not in order. */
    private static final int FASTEST_EXPORT = 5_000;

    private static final int SLOWEST_EXPORT = 200_000;

    private static final int MOST_TRIES = 1_000;

    private static final List<String> APPS =
            List.of("Office 365 Exchange Online", "Microsoft Teams", "SharePoint Online", "Azure Portal", "Salesforce");

    private final Tenant tenant;
    private final LocalDate day;
    private final int number;
    private final Chance chance;
    private final Consumer<LogLine> out;
    private final long logsBegin;

    /** One password is mistyped every day where the tenant is, so that an attack there has a day to be compared with. */
    private boolean mistyped;

    TenantDay(Tenant tenant, LocalDate day, int number, Chance chance, Consumer<LogLine> out) {
        this.tenant = tenant;
        this.day = day;
        this.number = number;
        this.chance = chance;
        this.out = out;
        this.logsBegin = tenant.at(day.minusDays(number), 0);
    }

    void work() {
        List<Person> staff = tenant.staff();
        for (int i = 0; i < staff.size(); i++) {
            Person person = staff.get(i);
            switch (person.habit()) {
                case SERVICE -> runProgram(person, i);
                case TRAVELS -> travel(person, i);
                default -> workAt(person, person.home(), person.address());
            }
        }
        administer();
    }

    private void workAt(Person person, City city, String address) {
        boolean weekend = FailurePlan.isWeekend(day);
        if (weekend && Math.floorMod(person.id().hashCode(), 10) != 0) {
            return;
        }
        // As many as on the same weekday of other weeks, so that no week has more of them by chance.
        int signIns =
                2 + Math.floorMod(person.id().hashCode() + day.getDayOfWeek().getValue(), 4);
        int second = 8 * 3_600 + chance.below(2 * 3_600);
        for (int i = 0; i < signIns; i++) {
            long at = at(second, city.zone());
            SignIn signIn = signIn(person, at).from(city, address).to(chance.of(APPS));
            if (weekend || (i > 0 && chance.percent(60))) {
                signIn.byProgram();
            } else if (chance.percent(5)) {
                send(signIn(person, at - 15 * SECOND).from(city, address).failing(50140));
            }
            send(signIn);
            second += 600 + chance.below(7_000);
        }
        if (person.habit() == Person.Habit.VPN && !weekend && isEveryThirdDayOf(person)) {
            City exit = city.farther(1_000, 3);
            long at = at(second, city.zone());
            SignIn signIn = signIn(person, at).from(exit, "2001:db8:2ff::1").inTrustedLocation();
            send(isAtWork(exit, at) ? signIn : signIn.byProgram());
        }
    }

    private boolean isEveryThirdDayOf(Person person) {
        return Math.floorMod(person.id().hashCode() + number, 3) == 0;
    }

    /** Five days at home, one under way, two away, one under way, and home again. */
    private void travel(Person person, int i) {
        int stage = Math.floorMod(number + i, 10);
        if (stage == 5 || stage == 8 || FailurePlan.isWeekend(day)) {
            return;
        }
        boolean away = stage == 6 || stage == 7;
        City city = away ? person.home().farther(1_000, i) : person.home();
        workAt(person, city, away ? "198.51.100." + (1 + i % 19) : person.address());
    }

    private void runProgram(Person person, int i) {
        City region = person.home().farther(1_500, i);
        for (int run = 0; run < 6; run++) {
            long at = at(run * 4 * 3_600 + chance.below(3_600), ZoneId.of("UTC"));
            SignIn signIn = signIn(person, at).byProgram().to("Microsoft Graph");
            send(run % 2 == 0 ? signIn : signIn.from(region, "2001:db8:3ff::" + Integer.toHexString(i + 1)));
        }
    }

    private void administer() {
        int changes = FailurePlan.isWeekend(day) ? 0 : 1 + tenant.staff().size() / 200;
        for (int i = 0; i < changes; i++) {
            change("Add user", tenant.sync());
            change("Delete user", tenant.sync());
            change("Update user", tenant.reserved(0));
            change("Reset user password", tenant.reserved(0));
        }
    }

    private void change(String activity, Person actor) {
        long at = tenant.at(day, 9 * 3_600 + chance.below(8 * 3_600));
        String name = "staff" + chance.between(10_000, 99_999) + "@" + tenant.domain();
        sendTwice(AuditRecord.of(activity, actor, chance.uuid(), name, "success", tenant.id(), at, delay(), chance));
    }

    /** A mistyped password, and the right one after it. Gives the address from which. */
    String mistype(long at) {
        Person person = mistyped ? someoneAtWork(at) : tenant.reserved(Tenant.FORGETFUL);
        mistyped = true;
        send(signIn(person, at).failing(50126));
        SignIn right = signIn(person, at + 20 * SECOND);
        send(isAtWork(person.home(), at) ? right : right.byProgram());
        return person.address();
    }

    /** A password that somebody guessed wrongly, and the address from which. */
    String guess(long at) {
        Person victim = someone();
        String address = "203.0.113." + chance.between(1, 250);
        send(signIn(victim, at).from(tenant.city(), address).failing(50126));
        return address;
    }

    /** Somebody who neither travels nor is a program, so that a sign-in anywhere at home is an ordinary one. */
    private Person someone() {
        Person person = chance.of(tenant.staff());
        while (person.habit() != Person.Habit.OFFICE) {
            person = chance.of(tenant.staff());
        }
        return person;
    }

    private Person someoneAtWork(long at) {
        Person person = someone();
        for (int tries = 0; tries < MOST_TRIES && !isAtWork(person.home(), at); tries++) {
            person = someone();
        }
        return person;
    }

    private static boolean isAtWork(City city, long at) {
        ZonedDateTime there = Instant.ofEpochMilli(at).atZone(city.zone());
        return !FailurePlan.isWeekend(there.toLocalDate()) && there.getHour() >= 8 && there.getHour() < 19;
    }

    private SignIn signIn(Person person, long at) {
        return new SignIn(person, tenant.id(), at, chance);
    }

    /** The logs begin with a day of the tenant, wherever its people are. */
    private void send(SignIn signIn) {
        if (signIn.atMillis() < logsBegin) {
            return;
        }
        sendTwice(signIn.exportedAfter(delay()));
    }

    /** Event Hubs delivers at least once. */
    private void sendTwice(LogLine line) {
        out.accept(line);
        if (chance.below(250) == 0) {
            out.accept(new LogLine(line.file(), line.exportedMillis() + chance.below(30_000), line.json()));
        }
    }

    private int delay() {
        return chance.between(FASTEST_EXPORT, SLOWEST_EXPORT);
    }

    private long at(int secondOfDay, ZoneId zone) {
        return day.atStartOfDay()
                        .plusSeconds(secondOfDay)
                        .atZone(zone)
                        .toInstant()
                        .toEpochMilli()
                + chance.below(1_000);
    }
}
