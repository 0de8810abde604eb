package io.entrawatch.sink;

import java.io.Serializable;

/**
 * Something to be written.
 *
 * @param id the same for the same thing; writing it again changes nothing
 * @param atMillis its event time, of health that of writing; it chooses the index
 * @param json one JSON object in UTF-8, without line breaks
 */
public record Document(Target target, String id, long atMillis, byte[] json) implements Serializable {

    /** What it is, and so where it goes. */
    public enum Target {
        ALERTS("alerts"),
        DEAD_LETTERS("dead-letters"),
        LATE("late"),
        HEALTH("health");

        private final String label;

        Target(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
