package io.entrawatch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands, and keeps what the last one printed. */
final class Commands {

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    int run(Object... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return EntrawatchCli.run(texts, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
