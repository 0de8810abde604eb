package io.entrawatch.generate;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/** One day of ordinary work in a tenant: people, programs, and the failures of the day's plan. */
final class TenantDay {

    private static final long SECOND = 1_000L;

    /** Entra exports within minutes, and not in order. */
    private static final int FASTEST_EXPORT = 5_000;

    private static final int SLOWEST_EXPORT = 200_000;

    private static final List<String> APPS =
            List.of("Office 365 Exchange Online", "Microsoft Teams", "SharePoint Online", "Azure Portal", "Salesforce");

    private final Tenant tenant;
    private final LocalDate day;
    private final int number;
    private final Chance chance;
    private final Consumer<LogLine> out;

    TenantDay(Tenant tenant, LocalDate day, int number, Chance chance, Consumer<LogLine> out) {
        this.tenant = tenant;
        this.day = day;
        this.number = number;
        this.chance = chance;
        this.out = out;
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
        if (FailurePlan.isWeekend(day) && !chance.percent(10)) {
            return;
        }
        int signIns = chance.between(2, 5);
        int second = 8 * 3_600 + chance.below(2 * 3_600);
        for (int i = 0; i < signIns; i++) {
            long at = at(second, city.zone());
            SignIn signIn = signIn(person, at).from(city, address).to(chance.of(APPS));
            if (i > 0 && chance.percent(60)) {
                signIn.byProgram();
            } else if (chance.percent(5)) {
                send(signIn(person, at - 15 * SECOND).from(city, address).failing(50140));
            }
            send(signIn);
            second += 600 + chance.below(7_000);
        }
        if (person.habit() == Person.Habit.VPN && chance.percent(30)) {
            City exit = city.farther(1_000, 3);
            send(signIn(person, at(second, city.zone()))
                    .from(exit, "2001:db8:2ff::1")
                    .inTrustedLocation());
        }
    }

    /** Five days at home, one under way, two away, one under way, and home again. */
    private void travel(Person person, int i) {
        int stage = Math.floorMod(number + i, 10);
        if (stage == 5 || stage == 8) {
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
            change("Add user");
            change("Delete user");
            change("Update user");
            change("Reset user password");
        }
    }

    private void change(String activity) {
        long at = tenant.at(day, 9 * 3_600 + chance.below(8 * 3_600));
        String name = "staff" + chance.between(10_000, 99_999) + "@" + tenant.domain();
        sendTwice(AuditRecord.of(
                activity, tenant.reserved(0), chance.uuid(), name, "success", tenant.id(), at, delay(), chance));
    }

    /** A mistyped password, and the right one after it. */
    void mistype(long at) {
        Person person = someone();
        send(signIn(person, at).failing(chance.percent(90) ? 50126 : 50053));
        send(signIn(person, at + 20 * SECOND));
    }

    /** A password that somebody guessed wrongly from far away. */
    void guess(long at) {
        City city = City.ALL.get(City.ALL.size() - 1 - chance.below(3));
        send(signIn(someone(), at)
                .from(city, "203.0.113." + chance.between(1, 250))
                .failing(50126));
    }

    /** Somebody who neither travels nor is a program, so that a sign-in anywhere at home is an ordinary one. */
    private Person someone() {
        Person person = chance.of(tenant.staff());
        while (person.habit() != Person.Habit.OFFICE) {
            person = chance.of(tenant.staff());
        }
        return person;
    }

    private SignIn signIn(Person person, long at) {
        return new SignIn(person, tenant.id(), at, chance);
    }

    /** The logs begin with a day of the tenant, wherever its people are. */
    private void send(SignIn signIn) {
        if (signIn.atMillis() < tenant.at(day.minusDays(number), 0)) {
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
