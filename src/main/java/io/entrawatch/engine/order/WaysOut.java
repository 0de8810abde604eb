package io.entrawatch.engine.order;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

import io.entrawatch.engine.Stages;
import io.entrawatch.engine.Steps;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;

/** On which observations in order go to the stages that remember: one by one, or those of a group together. */
final class WaysOut {

    private final Output<StreamRecord<Observation>> output;
    private final Map<Key, List<Observation>> together = new LinkedHashMap<>();

    WaysOut(Output<StreamRecord<Observation>> output) {
        this.output = output;
    }

    void leave(Steps.Known step, Observation observation, long at) {
        OutputTag<Observation> to = step.to();
        if (to == null) {
            together.computeIfAbsent(observation.key(), key -> new ArrayList<>())
                    .add(observation);
        } else {
            output.collect(to, new StreamRecord<>(observation, at));
        }
    }

    /** Those that have gathered for the comparison of days; to be asked for before time goes on. */
    void leaveTogether() {
        together.forEach((key, all) -> output.collect(
                Stages.COMPARE,
                new StreamRecord<>(new Observations(key, all), all.get(0).atMillis())));
        together.clear();
    }
}
