package io.entrawatch.alert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Ids and names of the tactics and techniques of MITRE ATT&CK Enterprise; which belong together is for tests alone. */
public final class Attack {

    private static final Map<String, String> NAMES = new HashMap<>();
    private static final Map<String, String> TACTICS = new HashMap<>();

    static {
        for (String line : lines()) {
            String[] columns = line.split(",", -1);
            NAMES.put(columns[0], columns[1]);
            if (columns[0].startsWith("TA")) {
                TACTICS.put(columns[1], columns[0]);
            }
        }
    }

    private Attack() {}

    /** Whether there is a technique of this id, such as {@code T1078.004}, or a tactic of this short name. */
    public static boolean knows(String idOrShortName) {
        return NAMES.containsKey(idOrShortName) || TACTICS.containsKey(idOrShortName);
    }

    /** The id of a tactic by its short name, such as {@code TA0001} for {@code initial-access}; null if unknown. */
    static @Nullable String tacticId(String shortName) {
        return TACTICS.get(shortName);
    }

    /** {@code "Initial Access"} for {@code initial-access}. */
    static String tacticName(String shortName) {
        StringBuilder name = new StringBuilder();
        for (String word : shortName.split("-", -1)) {
            name.append(name.length() == 0 ? "" : " ");
            name.append(word.equals("and") ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** The name of a technique; its id where the name is not known. */
    static String techniqueName(String id) {
        return NAMES.getOrDefault(id, id);
    }

    private static List<String> lines() {
        try (InputStream stream = Objects.requireNonNull(
                        Attack.class.getResourceAsStream("/attack.csv"), "attack.csv is in the jar");
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
