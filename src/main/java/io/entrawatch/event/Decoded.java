package io.entrawatch.event;

import org.jspecify.annotations.Nullable;

/** What became of one record: an event, or else a dead letter; or the end of a file, which is neither. */
public record Decoded(@Nullable EntraEvent event, @Nullable DeadLetter deadLetter) {

    public static final Decoded END_OF_FILE = new Decoded(null, null);

    public static Decoded of(EntraEvent event) {
        return new Decoded(event, null);
    }

    public static Decoded of(DeadLetter deadLetter) {
        return new Decoded(null, deadLetter);
    }

    public boolean isEndOfFile() {
        return event == null && deadLetter == null;
    }
}
