package io.entrawatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.entrawatch.cli.live.LiveView;
import io.entrawatch.cli.live.Numbers;
import io.entrawatch.yaml.Printable;

/** Says how far a long scan is, where somebody watches. */
public interface Progress {

    /** Before the job begins: a file is looked through for the order of its events. */
    default void looksThrough(Path file) {}

    /** Every so often, with the job's counts so far. */
    void at(Map<String, Object> counts);

    /** At the end. */
    default void done() {}

    Progress NONE = counts -> {};

    /** What a live view shows. */
    static Progress shownBy(LiveView view) {
        return new Progress() {
            @Override
            public void at(Map<String, Object> counts) {
                view.show(Numbers.of(counts));
            }

            @Override
            public void done() {
                view.end();
            }
        };
    }

    /** One line that changes, on a terminal; nothing where the output goes elsewhere. */
    static Progress onTerminal(PrintWriter terminal) {
        if (System.console() == null) {
            return NONE;
        }
        long start = System.nanoTime();
        return new Progress() {
            @Override
            public void looksThrough(Path file) {
                terminal.print("\r\u001b[K" + Printable.of("looking through " + file.getFileName()));
                terminal.flush();
            }

            @Override
            public void at(Map<String, Object> counts) {
                long events = Numbers.of(counts).events();
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
                terminal.printf(Locale.ROOT, "\r\u001b[K%,d records read, %d s", events, seconds);
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
