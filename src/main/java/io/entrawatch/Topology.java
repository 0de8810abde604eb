package io.entrawatch;

import java.util.ArrayList;
import java.util.List;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

import io.entrawatch.alert.Alert;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.Organization;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.engine.CheckTravel;
import io.entrawatch.engine.CompareWithLastWeek;
import io.entrawatch.engine.FollowSequence;
import io.entrawatch.engine.LocalDays;
import io.entrawatch.engine.Observation;
import io.entrawatch.engine.OnceForEachEvent;
import io.entrawatch.engine.OrderObservations;
import io.entrawatch.engine.RaiseLevels;
import io.entrawatch.engine.ScreenEvents;
import io.entrawatch.engine.Stages;
import io.entrawatch.engine.SuppressRepeats;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.LateEvent;

/** The flow: decoded logs in; alerts, dead letters and late events out. Knows no Kafka, no file and no setting. */
public final class Topology {

    /** A source of logs, whose records are counted under its name. */
    public record Source(String name, DataStream<Decoded> records) {}

    /** What comes out. */
    public record Findings(DataStream<Alert> alerts, DataStream<DeadLetter> deadLetters, DataStream<LateEvent> late) {}

    private final Catalogue catalogue;
    private final Organization organization;
    private final List<SingleOutputStreamOperator<Alert>> screened = new ArrayList<>();

    private Topology(Catalogue catalogue, Organization organization) {
        this.catalogue = catalogue;
        this.organization = organization;
    }

    public static Findings detect(List<Source> sources, Catalogue catalogue, Organization organization) {
        return new Topology(catalogue, organization).detect(sources);
    }

    private Findings detect(List<Source> sources) {
        for (Source source : sources) {
            screened.add(source.records()
                    .process(new ScreenEvents(source.name(), catalogue, organization))
                    .name("Screen events of " + source.name())
                    .uid("screen-" + source.name()));
        }
        List<DataStream<Alert>> alerts = new ArrayList<>(screened);
        catalogue.enabled(SequenceDetection.class).forEach(sequence -> alerts.add(follow(sequence)));
        alerts.add(compare());
        alerts.add(checkTravel());
        DataStream<Alert> raised = union(alerts)
                .keyBy(Alert::repeatKey)
                .process(new SuppressRepeats())
                .name("Hold back repeats")
                .uid("suppress-repeats")
                .map(new RaiseLevels(organization))
                .name("Raise levels of privileged accounts and VIPs")
                .uid("raise-levels");
        return new Findings(raised, side(Stages.DEAD_LETTERS), side(Stages.LATE));
    }

    private DataStream<Alert> follow(SequenceDetection sequence) {
        String uid = FollowSequence.uidOf(sequence);
        return FollowSequence.in(inOrder(Stages.follow(sequence), "Order steps of " + sequence.name(), uid), sequence)
                .name("Follow " + sequence.name())
                .uid(uid);
    }

    private DataStream<Alert> compare() {
        List<IncreaseDetection> increases = catalogue.enabled(IncreaseDetection.class);
        return inOrder(Stages.COMPARE, "Order events to count by day", "compare")
                .window(new LocalDays(organization))
                .allowedLateness(CompareWithLastWeek.REMEMBERED)
                .trigger(new OnceForEachEvent())
                .process(new CompareWithLastWeek(increases, organization))
                .name("Compare local days with last week")
                .uid("compare-with-last-week");
    }

    private DataStream<Alert> checkTravel() {
        return inOrder(Stages.TRAVEL, "Order sign-ins", "travel")
                .process(new CheckTravel(catalogue.enabled(TravelDetection.class), organization))
                .name("Check travel")
                .uid("check-travel");
    }

    /** Observations of each group as they happened; the next operator takes them from memory, without a shuffle. */
    private KeyedStream<Observation, String> inOrder(OutputTag<Observation> stage, String name, String uid) {
        DataStream<Observation> ordered = side(stage)
                .keyBy(Observation::key)
                .transform(name, TypeInformation.of(Observation.class), new OrderObservations())
                .uid("order-" + uid);
        return DataStreamUtils.reinterpretAsKeyedStream(ordered, Observation::key);
    }

    private <T> DataStream<T> side(OutputTag<T> tag) {
        List<DataStream<T>> sides = new ArrayList<>();
        screened.forEach(stream -> sides.add(stream.getSideOutput(tag)));
        return union(sides);
    }

    private static <T> DataStream<T> union(List<DataStream<T>> streams) {
        DataStream<T> all = streams.get(0);
        for (DataStream<T> stream : streams.subList(1, streams.size())) {
            all = all.union(stream);
        }
        return all;
    }
}
