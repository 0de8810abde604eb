package io.entrawatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Alert;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.FirstSeenDetection;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.engine.AdmitRecords;
import io.entrawatch.engine.AlertRoutes;
import io.entrawatch.engine.FollowSequence;
import io.entrawatch.engine.NoticeFirstSeen;
import io.entrawatch.engine.RaiseLevels;
import io.entrawatch.engine.Stages;
import io.entrawatch.engine.SuppressRepeats;
import io.entrawatch.engine.compare.CompareWithLastWeek;
import io.entrawatch.engine.compare.LocalDays;
import io.entrawatch.engine.compare.OnceForEachEvent;
import io.entrawatch.engine.count.CountEvents;
import io.entrawatch.engine.order.OrderObservations;
import io.entrawatch.engine.screen.ScreenEvents;
import io.entrawatch.engine.state.RememberingOperator;
import io.entrawatch.engine.travel.CheckTravel;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.HealthReport;
import io.entrawatch.event.LateEvent;

/** The flow: decoded logs in; alerts, dead letters and late events out. Knows no Kafka, no file and no setting. */
public final class Topology {

    /** A source of logs, whose records are counted under its name. */
    public record Source(String name, DataStream<Decoded> records) {}

    /**
     * What comes out.
     *
     * @param health how the sources are doing; null where nobody asked
     */
    public record Findings(
            DataStream<Alert> alerts,
            DataStream<DeadLetter> deadLetters,
            DataStream<LateEvent> late,
            @Nullable DataStream<HealthReport> health) {}

    private final Catalogue screening;
    private final Catalogue catalogue;
    private final Organization organization;
    private final AlertRoutes routes;
    private final Map<String, Integer> depths;
    private final List<SingleOutputStreamOperator<EntraEvent>> admitted = new ArrayList<>();
    private final List<SingleOutputStreamOperator<Alert>> screened = new ArrayList<>();
    private final Map<String, SingleOutputStreamOperator<Alert>> foundBy = new LinkedHashMap<>();

    private Topology(Catalogue catalogue, Organization organization) {
        this.screening = catalogue.forScreening();
        this.catalogue = catalogue.withoutQuestions();
        this.organization = organization;
        this.routes = new AlertRoutes(this.catalogue);
        this.depths = catalogue.depths();
    }

    /** For logs that end. */
    public static Findings detect(List<Source> sources, Catalogue catalogue, Organization organization) {
        return new Topology(catalogue, organization).detect(sources, null);
    }

    /** For logs that go on: the sources also report how they are doing. */
    public static Findings watch(
            List<Source> sources, Catalogue catalogue, Organization organization, Duration reportEvery) {
        return new Topology(catalogue, organization).detect(sources, reportEvery);
    }

    private Findings detect(List<Source> sources, @Nullable Duration reportEvery) {
        sources.forEach(source -> screen(source, reportEvery));
        Set<Integer> all = new TreeSet<>(depths.values());
        all.add(0);
        all.forEach(this::remember);
        List<DataStream<Alert>> alerts = new ArrayList<>(screened);
        alerts.addAll(new LinkedHashSet<>(foundBy.values()));
        SingleOutputStreamOperator<Alert> raised = union(alerts)
                .keyBy(Alert::repeatKey)
                .process(new SuppressRepeats())
                .name("Hold back repeats")
                .uid("suppress-repeats")
                .map(new RaiseLevels(catalogue, organization))
                .name("Raise levels of privileged accounts and VIPs")
                .uid("raise-levels");
        catalogue.off(SequenceDetection.class).forEach(sequence -> keep(raised, sequence));
        return new Findings(
                raised,
                side(admitted, Stages.DEAD_LETTERS),
                side(admitted, Stages.LATE),
                reportEvery == null ? null : side(admitted, Stages.HEALTH));
    }

    /** In one chain with the source: records are not copied on their way. */
    private void screen(Source source, @Nullable Duration reportEvery) {
        SingleOutputStreamOperator<EntraEvent> events = source.records()
                .transform(
                        "Admit records of " + source.name(),
                        TypeInformation.of(EntraEvent.class),
                        new AdmitRecords(source.name(), catalogue, reportEvery))
                .uid("admit-" + source.name());
        admitted.add(events);
        screened.add(events.process(new ScreenEvents(screening, organization))
                .name("Screen events of " + source.name())
                .uid("screen-" + source.name()));
    }

    /** Detections of one depth, in one chain: events are put in order once, and handed on in memory. */
    private void remember(int depth) {
        SingleOutputStreamOperator<Observation> ordered = inOrder(depth);
        if (depth == 0) {
            compare(ordered);
            checkTravel(ordered);
        }
        count(ordered, depth);
        noticeFirstSeen(ordered, depth);
        for (SequenceDetection sequence : at(depth, SequenceDetection.class)) {
            follow(ordered, sequence);
        }
    }

    /** Sightings of events by each group, and of the alerts that detections of this depth look at. */
    private SingleOutputStreamOperator<Observation> inOrder(int depth) {
        OutputTag<Sighting> sightings = Stages.sightings(depth);
        List<DataStream<Sighting>> sides = new ArrayList<>(List.of(side(screened, sightings)));
        for (SingleOutputStreamOperator<Alert> feeding : feeding(at(depth, Detection.class))) {
            sides.add(feeding.getSideOutput(sightings));
        }
        return union(sides)
                .keyBy(Sighting::group)
                .transform(
                        "Order what groups see" + ofAlerts(depth),
                        TypeInformation.of(Observation.class),
                        new OrderObservations(catalogue))
                .uid("order-" + sightings.getId());
    }

    private void compare(SingleOutputStreamOperator<Observation> ordered) {
        found(
                at(0, IncreaseDetection.class),
                DataStreamUtils.reinterpretAsKeyedStream(
                                ordered.getSideOutput(Stages.COMPARE), Observations::key, TypeInformation.of(Key.class))
                        .window(new LocalDays(organization))
                        .allowedLateness(CompareWithLastWeek.REMEMBERED)
                        .trigger(new OnceForEachEvent())
                        .process(new CompareWithLastWeek(catalogue, organization))
                        .name("Compare local days with last week")
                        .uid("compare-with-last-week"));
    }

    private void checkTravel(SingleOutputStreamOperator<Observation> ordered) {
        found(
                at(0, TravelDetection.class),
                observed(ordered, Stages.TRAVEL)
                        .transform(
                                "Check travel",
                                TypeInformation.of(Alert.class),
                                new RememberingOperator(new CheckTravel(catalogue, organization)))
                        .uid("check-travel"));
    }

    /** Counts of events have their operator whether there are any or not; counts of alerts where there are some, on or off. */
    private void count(SingleOutputStreamOperator<Observation> ordered, int depth) {
        List<CountDetection> detections = at(depth, CountDetection.class);
        if (depth == 0 || !detections.isEmpty() || isOffAt(depth, CountDetection.class)) {
            OutputTag<Observation> stage = Stages.count(depth);
            found(
                    detections,
                    observed(ordered, stage)
                            .transform(
                                    "Count within sliding spans" + ofAlerts(depth),
                                    TypeInformation.of(Alert.class),
                                    new RememberingOperator(new CountEvents(catalogue)))
                            .uid(stage.getId()));
        }
    }

    private void noticeFirstSeen(SingleOutputStreamOperator<Observation> ordered, int depth) {
        List<FirstSeenDetection> detections = at(depth, FirstSeenDetection.class);
        if (depth == 0 || !detections.isEmpty() || isOffAt(depth, FirstSeenDetection.class)) {
            OutputTag<Observation> stage = Stages.firstSeen(depth);
            found(
                    detections,
                    observed(ordered, stage)
                            .transform(
                                    "Notice what is seen first" + ofAlerts(depth),
                                    TypeInformation.of(Alert.class),
                                    new RememberingOperator(new NoticeFirstSeen(catalogue)))
                            .uid(stage.getId()));
        }
    }

    private void follow(SingleOutputStreamOperator<Observation> ordered, SequenceDetection sequence) {
        found(
                List.of(sequence),
                FollowSequence.in(observed(ordered, Stages.follow(sequence)), sequence, routes)
                        .name("Follow " + sequence.name())
                        .uid(FollowSequence.uidOf(sequence)));
    }

    /**
     * The operator of a sequence that is off, where nothing comes along: a job whose state has one does not start without it, and
     * switching a detection off is no reason to lose what all others remember.
     */
    private void keep(SingleOutputStreamOperator<Alert> aside, SequenceDetection sequence) {
        FollowSequence.in(observed(aside, Stages.follow(sequence)), sequence, routes)
                .name("Follow " + sequence.name() + " (off)")
                .uid(FollowSequence.uidOf(sequence));
    }

    /** What is in order already, and where it belongs: the key of a detection lies where its group does. */
    private static KeyedStream<Observation, Key> observed(
            SingleOutputStreamOperator<?> ordered, OutputTag<Observation> stage) {
        return DataStreamUtils.reinterpretAsKeyedStream(
                ordered.getSideOutput(stage), Observation::key, TypeInformation.of(Key.class));
    }

    private static String ofAlerts(int depth) {
        if (depth == Catalogue.OVER_ALL) {
            return " of all alerts";
        }
        return depth == 0 ? "" : " of alerts" + (depth == 1 ? "" : ", " + depth + " deep");
    }

    private <D extends Detection> List<D> at(int depth, Class<D> kind) {
        return catalogue.running(kind).stream()
                .filter(detection -> depths.getOrDefault(detection.name(), 0) == depth)
                .toList();
    }

    private boolean isOffAt(int depth, Class<? extends Detection> kind) {
        return catalogue.off(kind).stream().anyMatch(detection -> depths.getOrDefault(detection.name(), 0) == depth);
    }

    private void found(List<? extends Detection> detections, SingleOutputStreamOperator<Alert> by) {
        detections.forEach(detection -> foundBy.put(detection.name(), by));
        foundBy.put(by.getName(), by);
    }

    private Set<SingleOutputStreamOperator<Alert>> feeding(List<? extends Detection> detections) {
        Set<SingleOutputStreamOperator<Alert>> feeding = new LinkedHashSet<>();
        for (Detection detection : detections) {
            if (Catalogue.isOverAll(detection)) {
                feeding.addAll(foundBy.values());
            }
            for (Step step : detection.steps()) {
                SingleOutputStreamOperator<Alert> by = foundBy.get(step.name());
                if (step instanceof Step.OfAlerts && by != null) {
                    feeding.add(by);
                }
            }
        }
        return feeding;
    }

    private static <T> DataStream<T> side(List<? extends SingleOutputStreamOperator<?>> streams, OutputTag<T> tag) {
        List<DataStream<T>> sides = new ArrayList<>();
        streams.forEach(stream -> sides.add(stream.getSideOutput(tag)));
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
