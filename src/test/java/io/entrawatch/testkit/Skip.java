package io.entrawatch.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Leaves a test out, and says so aloud: what was not tested should not look as if it had been. */
public final class Skip {

    private Skip() {}

    public static void unless(boolean possible, String why) {
        if (!possible) {
            System.out.println("SKIPPED: " + why);
        }
        assumeTrue(possible, why);
    }
}
