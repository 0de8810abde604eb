package io.entrawatch.event;

import org.jspecify.annotations.Nullable;

/** What became of one record: an event, or else a dead letter. */
public record Decoded(@Nullable EntraEvent event, @Nullable DeadLetter deadLetter) {

    public static Decoded of(EntraEvent event) {
        return new Decoded(event, null);
    }

    public static Decoded of(DeadLetter deadLetter) {
        return new Decoded(null, deadLetter);
    }
}
