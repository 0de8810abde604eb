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

    /** Offices; further cities are where attackers are. */
    private static final int OFFICES = 9;

    private final String id;
    private final String domain;
    private final ZoneId zone;
    private final List<Person> staff = new ArrayList<>();
    private final List<Person> reserved = new ArrayList<>();

    Tenant(long seed, int number, int users) {
        Chance chance = new Chance(seed, 1, number);
        this.id = chance.uuid();
        this.domain = number == 0 ? "contoso.example" : "tenant" + number + ".contoso.example";
        this.zone =
                number == 0 ? ZoneId.of("UTC") : City.ALL.get(number % OFFICES).zone();
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
        int office = chance.below(OFFICES);
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
