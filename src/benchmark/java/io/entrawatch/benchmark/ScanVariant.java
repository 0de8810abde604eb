package io.entrawatch.benchmark;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import io.entrawatch.cli.EntrawatchCli;

/** The command {@code scan}, up to its report. */
final class ScanVariant {

    private ScanVariant() {}

    /** @param args those of the command */
    public static void main(String[] args) {
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Signals.ready();
        int code = EntrawatchCli.run(args, err, err);
        if (code != 0) {
            System.exit(code);
        }
        Signals.done();
    }
}
