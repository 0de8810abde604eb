package io.entrawatch.ingest.json;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.entrawatch.event.Field;

/**
 * The fields that hold what all targets of a record have, as far as they are wanted. Each has a value once, and where there
 * are many a further one is not compared with all of them. Not thread-safe.
 */
public final class EachTarget {

    private static final int MANY = 32;

    private final Field[] fields;
    private final Map<Field, Set<String>> known = new EnumMap<>(Field.class);

    public EachTarget(Set<Field> wanted) {
        this.fields = ListedObjects.ofEachTarget(wanted);
    }

    Field[] fields() {
        return fields;
    }

    /** Forgets the targets of the record before. */
    public void begin() {
        if (!known.isEmpty()) {
            known.clear();
        }
    }

    /** Whether a value is to be added, which is then done. */
    boolean isNew(Field field, String[] values, String value) {
        if (values.length < MANY) {
            return ListedObjects.lastOf(values, value) < 0;
        }
        return known.computeIfAbsent(field, of -> new HashSet<>(Arrays.asList(values)))
                .add(value);
    }
}
