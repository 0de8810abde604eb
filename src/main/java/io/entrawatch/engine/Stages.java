package io.entrawatch.engine;

import java.util.Map;
import java.util.Optional;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.FirstSeenDetection;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.MatchDetection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.HealthReport;
import io.entrawatch.event.LateEvent;

/** The streams that lead from one operator to the next beside its alerts. */
public final class Stages {

    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    public static final OutputTag<LateEvent> LATE = new OutputTag<>("late", TypeInformation.of(LateEvent.class));
    public static final OutputTag<HealthReport> HEALTH =
            new OutputTag<>("health", TypeInformation.of(HealthReport.class));

    /** To the comparison of days, where those of a group go on together. */
    public static final OutputTag<Observations> COMPARE =
            new OutputTag<>("compare", TypeInformation.of(Observations.class));

    public static final OutputTag<Observation> TRAVEL = tag("travel");

    private Stages() {}

    /** What is to be put in order: sightings of events; and, in depths of their own, for detections that look at alerts. */
    public static OutputTag<Sighting> sightings(int depth) {
        return new OutputTag<>("sightings" + ofAlerts(depth), TypeInformation.of(Sighting.class));
    }

    /** Each sequence has an operator of its own, and so a stream of its own. */
    public static OutputTag<Observation> follow(SequenceDetection sequence) {
        return tag("follow-" + sequence.name());
    }

    /** Counts of events; and, in depths of their own, counts of alerts. */
    public static OutputTag<Observation> count(int depth) {
        return tag("count" + ofAlerts(depth));
    }

    /** New values among events; and, in depths of their own, among alerts. */
    public static OutputTag<Observation> firstSeen(int depth) {
        return tag("first-seen" + ofAlerts(depth));
    }

    private static String ofAlerts(int depth) {
        if (depth == Catalogue.OVER_ALL) {
            return "-alerts-all";
        }
        return depth == 0 ? "" : "-alerts-" + depth;
    }

    /** Where the observations of a detection go one by one; null where they go on together, or one event is a finding. */
    static @Nullable OutputTag<Observation> of(Detection detection, Map<String, Integer> depths) {
        return detection
                .choose(new OneByOne(depths.getOrDefault(detection.name(), 0)))
                .orElse(null);
    }

    private static OutputTag<Observation> tag(String id) {
        return new OutputTag<>(id, TypeInformation.of(Observation.class));
    }

    private record OneByOne(int depth) implements Detection.ByKind<Optional<OutputTag<Observation>>> {

        @Override
        public Optional<OutputTag<Observation>> match(MatchDetection match) {
            return Optional.empty();
        }

        @Override
        public Optional<OutputTag<Observation>> count(CountDetection count) {
            return Optional.of(Stages.count(depth));
        }

        @Override
        public Optional<OutputTag<Observation>> sequence(SequenceDetection sequence) {
            return Optional.of(follow(sequence));
        }

        @Override
        public Optional<OutputTag<Observation>> firstSeen(FirstSeenDetection first) {
            return Optional.of(Stages.firstSeen(depth));
        }

        @Override
        public Optional<OutputTag<Observation>> increase(IncreaseDetection increase) {
            return Optional.empty();
        }

        @Override
        public Optional<OutputTag<Observation>> travel(TravelDetection travel) {
            return Optional.of(TRAVEL);
        }
    }
}
