package io.entrawatch.event;

import java.io.Serializable;
import java.util.EnumSet;

/**
 * What the detections ask of records, and so all that is kept of them.
 *
 * @param fields the fields they look at
 * @param worded the logs of whose records they look for words anywhere, which takes a second reading of each
 * @param places whether they ask where sign-ins came from
 */
public record Wanted(EnumSet<Field> fields, EnumSet<LogSource> worded, boolean places) implements Serializable {

    public Wanted {
        fields = EnumSet.copyOf(fields);
        worded = EnumSet.copyOf(worded);
    }

    /** Some fields, and neither words nor places. */
    public static Wanted of(EnumSet<Field> fields) {
        return new Wanted(fields, EnumSet.noneOf(LogSource.class), false);
    }
}
