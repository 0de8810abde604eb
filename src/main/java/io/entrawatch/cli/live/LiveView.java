package io.entrawatch.cli.live;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows a running job: on a terminal a picture that changes in its place, elsewhere a line of counts each minute, which
 * is what a log file wants.
 */
public final class LiveView {

    private static final long LINE_EVERY = Duration.ofMinutes(1).toNanos();

    private final PrintWriter out;
    private final Terminal terminal;
    private final boolean drawing;
    private final NewestAlerts alerts;
    private final String where;
    private final LongSupplier nanos;
    private Numbers before = Numbers.NONE;
    private long beforeAt;
    private long lineAt;

    /** @param where the last line of the picture */
    public LiveView(PrintWriter out, NewestAlerts alerts, String where) {
        this(out, alerts, where, Terminal.isThere(), System::nanoTime);
    }

    LiveView(PrintWriter out, NewestAlerts alerts, String where, boolean drawing, LongSupplier nanos) {
        this.out = out;
        this.terminal = new Terminal(out, System.getenv());
        this.alerts = alerts;
        this.where = where;
        this.drawing = drawing;
        this.nanos = nanos;
        this.beforeAt = nanos.getAsLong();
        this.lineAt = beforeAt;
    }

    /** About once a second, with the job's numbers. */
    public void show(Numbers numbers) {
        long now = nanos.getAsLong();
        if (drawing) {
            terminal.draw(picture(numbers, now));
            remember(numbers, now);
        } else if (now - lineAt >= LINE_EVERY) {
            Picture picture = picture(numbers, now);
            out.println(picture.counts() + "; " + picture.alerts());
            out.flush();
            remember(numbers, now);
            lineAt = now;
        }
    }

    /** Takes the picture away, for what comes after. */
    public void end() {
        terminal.clear();
    }

    private Picture picture(Numbers numbers, long now) {
        double seconds = Math.max(1, now - beforeAt) / 1e9;
        // A job that has begun again counts from zero.
        double rate = Math.max(0, numbers.events() - before.events()) / seconds;
        return new Picture(numbers, rate, alerts.levels(), alerts.newest(), where);
    }

    private void remember(Numbers numbers, long now) {
        before = numbers;
        beforeAt = now;
    }
}
