package io.entrawatch.event;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The values of a record's fields, by {@link Field#ordinal()}: null where the record has none, several where it has a
 * list. A plain class with a public field, so that it travels without reflection on its type.
 */
@SuppressWarnings("NullAway.Init")
public final class FieldValues {

    public @Nullable String[][] values;

    public FieldValues() {
        values = new String[Field.COUNT][];
    }

    /** All values of a field, which are not copied; null where there is none. */
    public @Nullable String[] all(Field field) {
        return values[field.ordinal()];
    }

    /** The value of a field, or the first of several; null where there is none, or where that one is null. */
    public @Nullable String first(Field field) {
        String[] all = values[field.ordinal()];
        return all == null || all.length == 0 ? null : all[0];
    }

    /** Whether there is a value or a list, be it empty. */
    public boolean has(Field field) {
        return values[field.ordinal()] != null;
    }

    /** Sets one value; null is none. */
    public void set(Field field, @Nullable String value) {
        values[field.ordinal()] = value == null ? null : new String[] {value};
    }

    /** Sets a list; an empty one is none. */
    public void setAll(Field field, List<String> all) {
        values[field.ordinal()] = all.isEmpty() ? null : all.toArray(new String[0]);
    }

    /** Adds one more value to a list. */
    public void add(int ordinal, String value) {
        String[] known = values[ordinal];
        if (known == null) {
            values[ordinal] = new String[] {value};
            return;
        }
        String[] longer = Arrays.copyOf(known, known.length + 1);
        longer[known.length] = value;
        values[ordinal] = longer;
    }

    /** Forgets all values, for the next record. One by one: a fill asks of each place what it may hold. */
    public void clear() {
        for (int i = 0; i < values.length; i++) {
            values[i] = null;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldValues that && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }
}
