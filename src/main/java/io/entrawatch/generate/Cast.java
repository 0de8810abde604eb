package io.entrawatch.generate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The people and addresses of one play, which no other play and no ordinary day has. */
final class Cast {

    private static final double FAR_KM = 4_000;

    private final Tenant tenant;
    private final City home;
    private final Chance chance;
    private final Extras extras;
    private final int browser;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, String> networks = new LinkedHashMap<>();
    private final Set<String> about = new LinkedHashSet<>();

    Cast(Tenant tenant, City home, Chance chance, Extras extras) {
        this.tenant = tenant;
        this.home = home;
        this.chance = chance;
        this.extras = extras;
        this.browser = chance.between(60, 145);
    }

    /**
     * Somebody of the play. {@code admin}, {@code boss} and {@code line} begin the names of privileged accounts, VIPs and
     * people who stay in one place; {@code helpdesk} and {@code sync} are those of the tenant; a name with an {@code @} is
     * taken as it is.
     */
    Person person(String name) {
        return switch (name) {
            case "helpdesk" -> tenant.reserved(0);
            case "sync" -> tenant.sync();
            case "inviter" -> tenant.reserved(Tenant.INVITER);
            default -> people.computeIfAbsent(name, this::engage);
        };
    }

    private Person engage(String name) {
        int number = extras.next();
        String principalName = principalName(name, number);
        boolean admin = name.startsWith("admin");
        String address = admin ? "192.0.2." + (1 + number % 250) : "2001:db8:3:" + Integer.toHexString(number) + "::1";
        Person person =
                new Person(chance.uuid(), principalName, name, home, address, chance.uuid(), Person.Habit.RESERVED);
        extras.note(name, person);
        about.add(person.id());
        about.add(principalName);
        return person;
    }

    private String principalName(String name, int number) {
        if (name.contains("@")) {
            return name.replace("@home", "@" + tenant.domain());
        }
        if (name.startsWith("admin")) {
            return "adm_" + letters(number) + "@" + tenant.domain();
        }
        if (name.startsWith("guest")) {
            return "pat" + number + "_fabrikam.example#EXT#@" + tenant.domain();
        }
        return tenant.someName(chance) + (900_000 + number) + "@" + tenant.domain();
    }

    private static String letters(int number) {
        StringBuilder letters = new StringBuilder();
        for (int rest = number; rest > 0 || letters.length() < 3; rest /= 26) {
            letters.append((char) ('a' + rest % 26));
        }
        return letters.toString();
    }

    /** An address of the play: {@code name} or {@code name.host}, with a network of its own for each name. */
    String address(String name) {
        if (name.contains(":") || name.chars().filter(letter -> letter == '.').count() == 3) {
            return name;
        }
        int dot = name.indexOf('.');
        String network = networks.computeIfAbsent(
                dot < 0 ? name : name.substring(0, dot),
                unused -> "2001:db8:" + Integer.toHexString(0x4000 + extras.nextNetwork()));
        int host = dot < 0 ? 1 : Integer.parseInt(name.substring(dot + 1)) + 1;
        String address = network + "::" + Integer.toHexString(host);
        about.add(address);
        return address;
    }

    /** Where something comes from: a city by its name, {@code far} from home, or home. */
    City place(String name) {
        return switch (name) {
            case "", "nowhere" -> home;
            case "far" -> home.farther(FAR_KM, 0);
            default -> City.named(name);
        };
    }

    /** What the attacker of the play calls itself. */
    String userAgent() {
        return "Mozilla/5.0 (X11; Linux x86_64; rv:" + browser + ".0) Gecko/20100101 Firefox/" + browser + ".0";
    }

    /** What alerts about this play may name. */
    Set<String> about() {
        return about;
    }
}
