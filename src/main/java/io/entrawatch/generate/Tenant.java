package io.entrawatch.generate;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A tenant and its people. The same seed and number give the same tenant. */
final class Tenant {

    private static final List<String> FIRST = List.of(
            "Ada", "Bo", "Chidi", "Dana", "Eli", "Fay", "Goran", "Hana", "Ivo", "Jun", "Kim", "Lea", "Mia", "Nils",
            "Ola", "Pia", "Ravi", "Sara", "Tom", "Uma");
    private static final List<String> LAST = List.of(
            "Abara", "Berg", "Costa", "Dahl", "Evans", "Fuchs", "Gomez", "Haddad", "Ito", "Jensen", "Klein", "Lund",
            "Moreau", "Novak", "Okafor", "Park", "Rossi", "Silva", "Tanaka", "Weber");

    /** People who are kept for the script. */
    static final int RESERVED = 12;

    /** Who of them invites guests. */
    static final int INVITER = 9;

    /** Who mistypes the password every day. */
    static final int FORGETFUL = 10;

    private final String id;
    private final String domain;
    private final ZoneId zone;
    private final List<Person> staff = new ArrayList<>();
    private final List<Person> reserved = new ArrayList<>();
    private final City city;
    private final Person sync;

    Tenant(long seed, int number, int users) {
        Chance chance = new Chance(seed, 1, number);
        this.id = chance.uuid();
        this.domain = number == 0 ? "contoso.example" : "tenant" + number + ".contoso.example";
        this.zone = number == 0
                ? ZoneId.of("UTC")
                : City.ALL.get(number % City.OFFICES).zone();
        this.city = City.ALL.get(number % City.OFFICES);
        this.sync = new Person(
                chance.uuid(),
                "Sync_DC01_4f1c0a2b7d3e@" + domain,
                "On-Premises Directory Synchronization Service Account",
                city,
                "192.0.2.251",
                chance.uuid(),
                Person.Habit.RESERVED);
        for (int i = 0; i < users; i++) {
            staff.add(person(chance, number, i, habitOf(i)));
        }
        for (int i = 0; i < RESERVED; i++) {
            reserved.add(person(chance, number, users + i, Person.Habit.RESERVED));
        }
    }

    private static Person.Habit habitOf(int i) {
        return switch (i % 50) {
            case 7 -> Person.Habit.TRAVELS;
            case 13, 37 -> Person.Habit.VPN;
            case 23 -> Person.Habit.SERVICE;
            default -> Person.Habit.OFFICE;
        };
    }

    private Person person(Chance chance, int tenantNumber, int i, Person.Habit habit) {
        String first = chance.of(FIRST);
        String last = chance.of(LAST);
        // Plays happen in the morning of the tenant, and that is when their people work.
        int office = habit == Person.Habit.RESERVED ? City.ALL.indexOf(city) : chance.below(City.OFFICES);
        String name = (first + "." + last + i).toLowerCase(Locale.ROOT) + "@" + domain;
        // A network of its own for each office, an address of its own for each person.
        String address = String.format(Locale.ROOT, "2001:db8:%x:%x::%x", 0x100 + office, tenantNumber, i + 1);
        return new Person(chance.uuid(), name, first + " " + last, City.ALL.get(office), address, chance.uuid(), habit);
    }

    String id() {
        return id;
    }

    String domain() {
        return domain;
    }

    ZoneId zone() {
        return zone;
    }

    /** Where the tenant's clocks are. */
    City city() {
        return city;
    }

    /** What brings the accounts of the local directory. */
    Person sync() {
        return sync;
    }

    /** A name without number and domain. */
    String someName(Chance chance) {
        return (chance.of(FIRST) + "." + chance.of(LAST)).toLowerCase(Locale.ROOT);
    }

    List<Person> staff() {
        return staff;
    }

    Person reserved(int number) {
        return reserved.get(number);
    }

    /** A time of a day in the tenant's zone, in milliseconds since 1970 UTC. */
    long at(LocalDate day, int secondOfDay) {
        return day.atTime(0, 0)
                .plusSeconds(secondOfDay)
                .atZone(zone)
                .toInstant()
                .toEpochMilli();
    }
}
