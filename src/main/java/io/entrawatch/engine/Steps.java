package io.entrawatch.engine;

import java.util.HashMap;
import java.util.Map;

import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.SequenceDetection;

/** The steps of all detections by a number that fits into state: it depends on their names alone. */
final class Steps {

    /**
     * @param number which of the detection's steps
     * @param to the stage that remembers
     * @param gateMillis how long after the first step of its sequence it is let through; zero for ever
     */
    record Known(String detection, int number, OutputTag<Observation> to, long gateMillis) {}

    private final Map<Long, Known> known = new HashMap<>();

    Steps(Catalogue catalogue) {
        Map<String, Integer> depths = catalogue.depths();
        for (Detection detection : catalogue.running()) {
            OutputTag<Observation> stage = Stages.of(detection, depths);
            if (stage != null) {
                int first = detection instanceof IncreaseDetection ? Observation.PRESENCE : 0;
                for (int number = first; number < detection.steps().size(); number++) {
                    add(detection, number, stage);
                }
            }
        }
    }

    private void add(Detection detection, int number, OutputTag<Observation> stage) {
        long gate = detection instanceof SequenceDetection sequence
                ? sequence.within().toMillis()
                : 0;
        Known other = known.put(of(detection.name(), number), new Known(detection.name(), number, stage, gate));
        if (other != null) {
            throw new IllegalStateException(detection.name() + ": a name (expected: another one; its number is that of "
                    + other.detection() + ")");
        }
    }

    /** The number of a step. */
    static long of(String detection, int number) {
        return Hash.of(detection + '/' + number);
    }

    /** Null for a step of a detection that is off. */
    @Nullable
    Known get(long step) {
        return known.get(step);
    }
}
