package io.entrawatch.cli.live;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The terminal that the process was started in, on which a picture is drawn over the one before. */
final class Terminal {

    private static final int ROWS = 24;
    private static final int COLUMNS = 80;

    /** Looks this often whether the window has another size: every so many pictures. */
    private static final int SIZE_EVERY = 5;

    private final PrintWriter out;
    private final boolean color;
    private int rows = ROWS;
    private int columns = COLUMNS;
    private int pictures;
    private int drawn;

    /** @param environment the variables of the process */
    Terminal(PrintWriter out, Map<String, String> environment) {
        this.out = out;
        this.color = environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    /** Whether somebody watches: where the output goes elsewhere, nobody does. */
    static boolean isThere() {
        return System.console() != null;
    }

    void draw(Picture picture) {
        if (pictures++ % SIZE_EVERY == 0) {
            measure();
        }
        clear();
        List<String> lines = picture.lines(rows, columns, color);
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }

    /** Takes the picture away. */
    void clear() {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\r\u001b[J");
            out.flush();
            drawn = 0;
        }
    }

    /** Asks the system's own stty, which is wherever terminals of this kind are; without it the size stays. */
    private void measure() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (stty.waitFor(1, TimeUnit.SECONDS) && size.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")) {
                rows = Integer.parseInt(size.substring(0, size.indexOf(' ')));
                columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
            }
        } catch (IOException e) {
            rows = ROWS;
            columns = COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
