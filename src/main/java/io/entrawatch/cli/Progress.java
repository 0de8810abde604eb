package io.entrawatch.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says how far a long scan is, where somebody watches. */
public interface Progress {

    /** Every so often, with the records read so far. */
    void at(long events);

    /** At the end. */
    default void done() {}

    Progress NONE = events -> {};

    /** One line that changes, on a terminal; nothing where the output goes elsewhere. */
    static Progress onTerminal(PrintWriter terminal) {
        if (System.console() == null) {
            return NONE;
        }
        long start = System.nanoTime();
        return new Progress() {
            @Override
            public void at(long events) {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
                terminal.printf(Locale.ROOT, "\r%,d records read, %d s", events, seconds);
                terminal.flush();
            }

            @Override
            public void done() {
                terminal.print("\r\u001b[K");
                terminal.flush();
            }
        };
    }
}
