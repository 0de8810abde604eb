package io.entrawatch.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.event.LogKind;

/** Every rule that a record of some kind has to be asked about, and where a match goes. */
final class Watches {

    /** @param to the stage that remembers; null where one event is the whole finding */
    record Watch(Detection detection, int number, Step step, @Nullable OutputTag<Observation> to) {}

    private final Map<LogKind, Watch[]> byKind = new EnumMap<>(LogKind.class);

    Watches(Catalogue catalogue) {
        Map<LogKind, List<Watch>> lists = new EnumMap<>(LogKind.class);
        for (Detection detection : catalogue.enabled()) {
            OutputTag<Observation> stage = stageOf(detection);
            for (int i = 0; i < detection.steps().size(); i++) {
                Step step = detection.steps().get(i);
                for (LogKind kind : LogKind.values()) {
                    if (kind.source() == step.rule().source()) {
                        lists.computeIfAbsent(kind, key -> new ArrayList<>()).add(new Watch(detection, i, step, stage));
                    }
                }
            }
        }
        lists.forEach((kind, list) -> byKind.put(kind, list.toArray(new Watch[0])));
    }

    Watch[] of(LogKind kind) {
        Watch[] watches = byKind.get(kind);
        return watches == null ? new Watch[0] : watches;
    }

    private static @Nullable OutputTag<Observation> stageOf(Detection detection) {
        if (detection instanceof SequenceDetection sequence) {
            return Stages.follow(sequence);
        }
        if (detection instanceof IncreaseDetection) {
            return Stages.COMPARE;
        }
        return detection instanceof TravelDetection ? Stages.TRAVEL : null;
    }
}
