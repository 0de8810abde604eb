package io.entrawatch.engine;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.LateEvent;

/** The streams that leave {@link ScreenEvents} beside its alerts. */
public final class Stages {

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    public static final OutputTag<LateEvent> LATE = new OutputTag<>("late", TypeInformation.of(LateEvent.class));
    public static final OutputTag<Observation> COMPARE =
            new OutputTag<>("compare", TypeInformation.of(Observation.class));
    public static final OutputTag<Observation> TRAVEL =
            new OutputTag<>("travel", TypeInformation.of(Observation.class));

    private Stages() {}

    /** Each sequence has an operator of its own, and so a stream of its own. */
    public static OutputTag<Observation> follow(SequenceDetection sequence) {
        return new OutputTag<>("follow-" + sequence.name(), TypeInformation.of(Observation.class));
    }
}
