package io.entrawatch.engine.screen;

import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.FirstSeenDetection;

/** Tells the steps whose events only weigh against others or teach what is known: no alert shows them. */
final class Bare {

    private Bare() {}

    static boolean is(Detection detection, int step) {
        if (detection instanceof CountDetection count) {
            return step >= count.counted();
        }
        return detection instanceof FirstSeenDetection first && step >= first.asked();
    }
}
