package io.entrawatch.alert;

import java.util.ArrayList;
import java.util.List;

import io.entrawatch.rule.Level;

/**
 * One finding of a detection.
 *
 * @param id the same for the same finding, whenever and wherever it is made: {@link AlertId}
 * @param atMillis the event time of the event that completed it
 * @param group the values of the detection's {@code group-by}, in its order
 * @param levelReasons why the level is not the detection's own
 * @param reason the evidence in one sentence
 * @param repeatKey alerts with the same key repeat each other
 * @param quietMillis how long repeats are held back; negative where nothing is to be remembered of them
 */
public record Alert(
        String id,
        String detection,
        String title,
        long atMillis,
        String tenant,
        List<String> group,
        Level level,
        List<String> levelReasons,
        String reason,
        Evidence evidence,
        String repeatKey,
        long quietMillis) {

    /** The same alert, of which no repeat is held back. */
    public Alert withoutRepeats() {
        return with(level, levelReasons, -1);
    }

    /** The same alert one level higher, with the reason. */
    public Alert raised(String why) {
        List<String> reasons = new ArrayList<>(levelReasons);
        reasons.add(why);
        return with(level.raised(), List.copyOf(reasons), quietMillis);
    }

    private Alert with(Level otherLevel, List<String> otherReasons, long otherQuietMillis) {
        return new Alert(
                id,
                detection,
                title,
                atMillis,
                tenant,
                group,
                otherLevel,
                otherReasons,
                reason,
                evidence,
                repeatKey,
                otherQuietMillis);
    }
}
