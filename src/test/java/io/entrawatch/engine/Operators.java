package io.entrawatch.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

import io.entrawatch.Environments;
import io.entrawatch.Topology;
import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Organization;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Place;
import io.entrawatch.rule.Level;
import io.entrawatch.testkit.Replay;

import static io.entrawatch.detection.Step.SEPARATOR;

/** Single operators of the real topology, and what flows between them. */
final class Operators {

    static final Instant MONDAY = Instant.parse("2026-03-02T12:00:00Z");
    static final String TENANT = "tenant-1";
    static final Place OSLO = new Place(59.91, 10.75, 0, "Oslo", null, "NO", 0);
    static final Place LAGOS = new Place(6.52, 3.38, 0, "Lagos", null, "NG", 0);

    private Operators() {}

    static KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> ordering() throws Exception {
        return open(operator("order-travel", Observation::key));
    }

    /** Of the steps of one sequence, not opened yet. */
    static KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> ordering(String stage)
            throws Exception {
        return operator("order-" + stage, Observation::key);
    }

    static KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> orderingFrom(
            OperatorSubtaskState state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> harness =
                operator("order-travel", Observation::key);
        harness.initializeState(state);
        return open(harness);
    }

    static KeyedOneInputStreamOperatorTestHarness<String, Observation, Alert> ofObservations(String uid)
            throws Exception {
        return operator(uid, Observation::key);
    }

    static KeyedOneInputStreamOperatorTestHarness<String, Alert, Alert> suppressing() throws Exception {
        return operator("suppress-repeats", Alert::repeatKey);
    }

    static <H extends KeyedOneInputStreamOperatorTestHarness<?, ?, ?>> H open(H harness) throws Exception {
        harness.open();
        return harness;
    }

    /** The operator whose uid begins so, as the topology makes it. */
    @SuppressWarnings("unchecked")
    private static <I, O> KeyedOneInputStreamOperatorTestHarness<String, I, O> operator(
            String uid, KeySelector<I, String> key) throws Exception {
        StreamExecutionEnvironment env = Environments.local(Map.of(), false);
        DataStream<Decoded> nothing = env.fromData(
                TypeInformation.of(Decoded.class), Decoded.of(new DeadLetter("not-json", "", "file", "1", "")));
        Topology.Findings findings = Topology.detect(
                List.of(new Topology.Source("test", nothing)),
                Replay.catalogue(Organization.UNKNOWN),
                Organization.UNKNOWN);
        for (boolean whole : new boolean[] {true, false}) {
            for (Transformation<?> transformation :
                    findings.alerts().getTransformation().getTransitivePredecessors()) {
                String name = String.valueOf(transformation.getUid());
                if (whole ? name.equals(uid) : name.startsWith(uid)) {
                    OneInputTransformation<I, O> found = (OneInputTransformation<I, O>) transformation;
                    return new KeyedOneInputStreamOperatorTestHarness<>(found.getOperatorFactory(), key, Types.STRING);
                }
            }
        }
        throw new AssertionError("the topology has no operator " + uid);
    }

    static EventSummary event(String id, Instant at, Place place, String address) {
        return new EventSummary(
                id,
                at.toEpochMilli(),
                TENANT,
                "SignInLogs",
                "Office",
                "Success",
                "id-of-anna",
                "anna@contoso.example",
                address,
                place,
                "target-1",
                null,
                null,
                null,
                null,
                null);
    }

    static Observation visit(String user, String id, Instant at, Place place) {
        String address = place.latitude() > 30 ? "192.0.2.1" : "198.51.100.1";
        return new Observation(
                key("impossible-travel", user),
                "impossible-travel",
                0,
                true,
                at.toEpochMilli(),
                id,
                event(id, at, place, address),
                null,
                null,
                Map.of(),
                new TravelFacts(true, "session", false, false));
    }

    static Observation step(String detection, String group, int step, String id, Instant at) {
        return Observation.of(key(detection, group), detection, step, true, event(id, at, OSLO, "192.0.2.1"));
    }

    static Observation value(String detection, String group, String id, Instant at, String value) {
        return new Observation(
                key(detection, group),
                detection,
                0,
                true,
                at.toEpochMilli(),
                id,
                event(id, at, OSLO, "192.0.2.1"),
                value,
                null,
                Map.of(),
                null);
    }

    static Alert alert(String repeatKey, Instant at, long quietMillis) {
        EventSummary event = event("e-" + at, at, OSLO, "192.0.2.1");
        return new Alert(
                "id-" + at,
                "impossible-travel",
                "Impossible travel",
                at.toEpochMilli(),
                TENANT,
                List.of(TENANT),
                Level.HIGH,
                List.of(),
                "reason",
                new Evidence(1, 1, "km/h", Map.of(), Map.of(), List.of(event)),
                repeatKey,
                quietMillis);
    }

    private static String key(String detection, String group) {
        return detection + SEPARATOR + TENANT + SEPARATOR + group;
    }

    static <T> StreamRecord<T> record(T value, long atMillis) {
        return new StreamRecord<>(value, atMillis);
    }

    static StreamRecord<Observation> record(Observation observation) {
        return record(observation, observation.atMillis());
    }

    static List<String> ids(KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation> harness) {
        List<String> ids = new ArrayList<>();
        harness.extractOutputValues().forEach(observation -> ids.add(observation.id()));
        return ids;
    }
}
