package io.entrawatch.benchmark;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a measured process says to the one that measures it. */
final class Signals {

    /** All is put together; from here on input is read. */
    static final String READY = "benchmark: ready";

    /** The last alert is written; what follows is the end of the process. */
    static final String DONE = "benchmark: done";

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Signals() {}

    static void ready() {
        OUT.println(READY);
    }

    static void done() {
        OUT.println(DONE);
    }
}
