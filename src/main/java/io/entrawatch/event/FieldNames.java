package io.entrawatch.event;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The names that rules use for fields, per log source: the canonical name, the JSON path and the aliases, with or
 * without a leading {@code properties.}, in any case.
 */
public final class FieldNames {

    private static final String PREFIX = "properties.";
    private static final Map<LogSource, Map<String, Field>> NAMES = new EnumMap<>(LogSource.class);

    static {
        for (LogSource source : LogSource.values()) {
            NAMES.put(source, namesOf(source));
        }
    }

    private FieldNames() {}

    /** The field that a rule on this log source means by the name. */
    public static Optional<Field> resolve(LogSource source, String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        String bare = folded.startsWith(PREFIX) ? folded.substring(PREFIX.length()) : folded;
        return Optional.ofNullable(NAMES.getOrDefault(source, Map.of()).get(bare));
    }

    /** The names of a log source's fields in all spellings, for messages. */
    public static SortedSet<String> known(LogSource source) {
        TreeSet<String> known = new TreeSet<>();
        for (Field field : NAMES.getOrDefault(source, Map.of()).values()) {
            known.addAll(spellings(field));
        }
        known.addAll(FieldAliases.of(source).keySet());
        return known;
    }

    /** For each field of a log source all names that lead to it, in the order of the fields. */
    public static Map<Field, SortedSet<String>> namesByField(LogSource source) {
        Map<Field, SortedSet<String>> names = new EnumMap<>(Field.class);
        for (String name : known(source)) {
            resolve(source, name).ifPresent(field -> names.computeIfAbsent(
                            field, key -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER))
                    .add(name));
        }
        return names;
    }

    private static Map<String, Field> namesOf(LogSource source) {
        Map<String, Field> names = new HashMap<>();
        for (Field field : Field.values()) {
            if (field.sources().contains(source)) {
                spellings(field).forEach(name -> names.putIfAbsent(name.toLowerCase(Locale.ROOT), field));
            }
        }
        // Where two fields share a name, the one that rules mean is said here.
        if (Field.COUNTRY.sources().contains(source)) {
            names.put("location", Field.COUNTRY);
        }
        names.put("calleripaddress", Field.IP_ADDRESS);
        FieldAliases.of(source).forEach((name, field) -> {
            if (field.sources().contains(source)) {
                names.put(name.toLowerCase(Locale.ROOT), field);
            }
        });
        return names;
    }

    private static List<String> spellings(Field field) {
        List<String> spellings = new ArrayList<>();
        spellings.add(field.label());
        spellings.addAll(field.paths());
        spellings.addAll(field.aliases());
        return spellings;
    }
}
