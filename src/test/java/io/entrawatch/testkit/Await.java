package io.entrawatch.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that a real server or job has to come to, and says what did not come. */
public final class Await {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Await() {}

    /** Until the test's own time is over, too, of which JUnit tells by an interrupt. */
    public static void until(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            while (!holds.call()) {
                if (Thread.interrupted() || System.nanoTime() > end) {
                    throw new AssertionError("never came: " + what);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("never came: " + what, e);
        }
    }
}
