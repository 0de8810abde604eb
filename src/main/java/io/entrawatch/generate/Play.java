package io.entrawatch.generate;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An attack or a near miss: what happens, and what it has to come to.
 *
 * @param detections which must fire, or of a near miss must not
 * @param also further detections that are right about the same events
 * @param late how long after the last event an alert may still come, for detections that wait
 */
record Play(
        List<String> detections,
        boolean attack,
        String what,
        List<String> also,
        When when,
        Duration late,
        List<Step> steps) {

    /** Which part of the logs it falls into. */
    enum When {
        /** A morning of the first week, when everybody works. */
        MORNING,
        /** Nights of the first week, when no other play of a whole tenant is near. */
        NIGHT,
        /** The first morning, for plays that last as long as the logs. */
        FIRST,
        /** A weekend that is compared with the quiet one before. */
        WEEKEND
    }

    /**
     * Records of one kind, one after the other.
     *
     * @param after how long after the step before
     * @param every how long from one to the next
     * @param ordinary whether it is what the people of the play do before it begins
     * @param enough whether an alert is right from its first record on, and not only from the play's last
     * @param record what is said of each, as {@link Stage} understands it
     */
    record Step(
            Duration after,
            int repeat,
            Duration every,
            boolean ordinary,
            boolean enough,
            Kind kind,
            ObjectNode record) {

        Duration lasts() {
            return every.multipliedBy(repeat - 1L);
        }
    }

    enum Kind {
        SIGN_IN("sign-in", LogLine.File.SIGN_INS),
        AUDIT("audit", LogLine.File.AUDIT),
        RISK("risk", LogLine.File.RISK),
        SNAPSHOT("snapshot", LogLine.File.SNAPSHOTS),
        AZURE("azure", LogLine.File.AZURE);

        private final String label;
        private final LogLine.File file;

        Kind(String label, LogLine.File file) {
            this.label = label;
            this.file = file;
        }

        String label() {
            return label;
        }

        LogLine.File file() {
            return file;
        }
    }

    Duration lasts() {
        Duration sum = Duration.ZERO;
        for (Step step : steps) {
            sum = sum.plus(step.after()).plus(step.lasts());
        }
        return sum;
    }
}
