package io.entrawatch.generate;

import java.util.ArrayList;
import java.util.List;

/** Who was engaged for the plays of a tenant, and what the organization has to say of them. */
final class Extras {

    private final List<String> admins = new ArrayList<>();
    private final List<String> vips = new ArrayList<>();
    private final List<String> stationary = new ArrayList<>();
    private int people;
    private int networks;

    int next() {
        return ++people;
    }

    int nextNetwork() {
        return ++networks;
    }

    void note(String name, Person person) {
        if (name.startsWith("admin")) {
            admins.add(person.principalName());
        } else if (name.startsWith("boss")) {
            vips.add(person.principalName());
        } else if (name.startsWith("line")) {
            stationary.add(person.principalName());
        }
    }

    List<String> admins() {
        return admins;
    }

    List<String> vips() {
        return vips;
    }

    List<String> stationary() {
        return stationary;
    }
}
