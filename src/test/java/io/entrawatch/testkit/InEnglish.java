package io.entrawatch.testkit;

import java.util.Locale;

/** Until it is closed, this process speaks English: in Turkish, Kafka's broker finds no group type CLASSİC and does not start. */
final class InEnglish implements AutoCloseable {

    private final Locale before = Locale.getDefault();

    InEnglish() {
        Locale.setDefault(Locale.ENGLISH);
    }

    @Override
    public void close() {
        Locale.setDefault(before);
    }
}
