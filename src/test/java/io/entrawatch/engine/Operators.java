package io.entrawatch.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

import io.entrawatch.Environments;
import io.entrawatch.Topology;
import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.engine.state.SeeksWithinKeyGroups;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;
import io.entrawatch.engine.wire.PackedEvent;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.engine.wire.TravelFacts;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Place;
import io.entrawatch.rule.Level;
import io.entrawatch.testkit.Replay;

import static io.entrawatch.detection.Step.SEPARATOR;

/** Single operators of the real topology, and what flows between them. */
public final class Operators {

    public static final Instant MONDAY = Instant.parse("2026-03-02T12:00:00Z");
    public static final String TENANT = "tenant-1";
    public static final Place OSLO = new Place(59.91, 10.75, 0, "Oslo", null, "NO", 0);
    public static final Place LAGOS = new Place(6.52, 3.38, 0, "Lagos", null, "NG", 0);

    private static final int KEY_GROUPS = 128;

    private Operators() {}

    /** As it is shipped. */
    public static EmbeddedRocksDBStateBackend onDisk() {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setRocksDBOptions(new SeeksWithinKeyGroups());
        return backend;
    }

    public static KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> ordering() throws Exception {
        return open(orderingToOpen());
    }

    public static KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> orderingToOpen()
            throws Exception {
        return operator("order-sightings", Sighting::group, Types.STRING);
    }

    public static KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> orderingFrom(
            OperatorSubtaskState state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness = orderingToOpen();
        harness.initializeState(state);
        return open(harness);
    }

    public static KeyedOneInputStreamOperatorTestHarness<Key, Observation, Alert> ofObservations(String uid)
            throws Exception {
        return ofObservations(uid, Replay.catalogue(Organization.UNKNOWN));
    }

    public static KeyedOneInputStreamOperatorTestHarness<Key, Observation, Alert> ofObservations(
            String uid, Catalogue catalogue) throws Exception {
        return operator(catalogue, uid, Observation::key, TypeInformation.of(Key.class));
    }

    public static KeyedOneInputStreamOperatorTestHarness<Key, Observations, Alert> comparing() throws Exception {
        return open(comparing(Replay.catalogue(Organization.UNKNOWN)));
    }

    public static KeyedOneInputStreamOperatorTestHarness<Key, Observations, Alert> comparing(Catalogue catalogue)
            throws Exception {
        return operator(catalogue, "compare-with-last-week", Observations::key, TypeInformation.of(Key.class));
    }

    public static KeyedOneInputStreamOperatorTestHarness<String, Alert, Alert> suppressing() throws Exception {
        return operator("suppress-repeats", Alert::repeatKey, Types.STRING);
    }

    /** What the operator would go on from. */
    public static OperatorSubtaskState checkpoint(KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness)
            throws Exception {
        harness.prepareSnapshotPreBarrier(1);
        return harness.snapshot(1, 1);
    }

    public static <H extends KeyedOneInputStreamOperatorTestHarness<?, ?, ?>> H open(H harness) throws Exception {
        harness.open();
        return harness;
    }

    private static <K, I, O> KeyedOneInputStreamOperatorTestHarness<K, I, O> operator(
            String uid, KeySelector<I, K> key, TypeInformation<K> keyType) throws Exception {
        return operator(Replay.catalogue(Organization.UNKNOWN), uid, key, keyType);
    }

    /** All that the topology is made of. */
    public static List<Transformation<?>> topology(Catalogue catalogue) {
        StreamExecutionEnvironment env = Environments.local(Map.of(), false);
        DataStream<Decoded> nothing = env.fromData(
                TypeInformation.of(Decoded.class), Decoded.of(new DeadLetter("not-json", "", "file", "1", "")));
        Topology.Findings findings =
                Topology.detect(List.of(new Topology.Source("test", nothing)), catalogue, Organization.UNKNOWN);
        return findings.alerts().getTransformation().getTransitivePredecessors();
    }

    /** The operator whose uid begins so, as the topology makes it. */
    @SuppressWarnings("unchecked")
    private static <K, I, O> KeyedOneInputStreamOperatorTestHarness<K, I, O> operator(
            Catalogue catalogue, String uid, KeySelector<I, K> key, TypeInformation<K> keyType) throws Exception {
        for (boolean whole : new boolean[] {true, false}) {
            for (Transformation<?> transformation : topology(catalogue)) {
                String name = String.valueOf(transformation.getUid());
                if (whole ? name.equals(uid) : name.startsWith(uid)) {
                    OneInputTransformation<I, O> found = (OneInputTransformation<I, O>) transformation;
                    return new KeyedOneInputStreamOperatorTestHarness<>(
                            found.getOperatorFactory(), key, keyType, KEY_GROUPS, 1, 0);
                }
            }
        }
        throw new AssertionError("the topology has no operator " + uid);
    }

    public static EventSummary event(String id, Instant at, Place place, String address) {
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
                "User",
                null,
                null,
                null,
                null);
    }

    public static Observation visit(String user, String id, Instant at, Place place) {
        String address = place.latitude() > 30 ? "192.0.2.1" : "198.51.100.1";
        return new Observation(
                key("impossible-travel", user),
                0,
                at.toEpochMilli(),
                false,
                id,
                PackedEvent.of(event(id, at, place, address)),
                null,
                null,
                Map.of(),
                new TravelFacts(true, "session", false, false, address, place));
    }

    public static Observation step(String detection, String group, int step, String id, Instant at) {
        return observation(detection, group, step, id, at, null);
    }

    public static Observation value(String detection, String group, String id, Instant at, @Nullable String value) {
        return observation(detection, group, 0, id, at, value);
    }

    private static Observation observation(
            String detection, String group, int step, String id, Instant at, @Nullable String value) {
        PackedEvent event = PackedEvent.of(event(id, at, OSLO, "192.0.2.1"));
        return new Observation(
                key(detection, group), step, at.toEpochMilli(), false, id, event, value, null, Map.of(), null);
    }

    /** What the observation is made of. */
    public static StreamRecord<Sighting> seen(Observation observation) {
        Sighting.Matched matched = new Sighting.Matched(
                observation.key().detection() + observation.step(),
                observation.value(),
                observation.level(),
                observation.shown(),
                observation.travel());
        Sighting sighting = new Sighting(
                observation.key().group(),
                true,
                observation.atMillis(),
                observation.id(),
                observation.event(),
                List.of(matched));
        return record(sighting, observation.atMillis());
    }

    public static Alert alert(String repeatKey, Instant at, long quietMillis) {
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

    private static Key key(String detection, String group) {
        return Key.of(detection, TENANT + SEPARATOR + group);
    }

    public static <T> StreamRecord<T> record(T value, long atMillis) {
        return new StreamRecord<>(value, atMillis);
    }

    public static StreamRecord<Observation> record(Observation observation) {
        return record(observation, observation.atMillis());
    }

    /** What came in order to a stage. */
    public static List<StreamRecord<Observation>> observed(
            KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness,
            OutputTag<Observation> stage) {
        var observed = harness.getSideOutput(stage);
        return observed == null ? List.of() : List.copyOf(observed);
    }

    public static List<String> ids(
            KeyedOneInputStreamOperatorTestHarness<String, Sighting, Observation> harness,
            OutputTag<Observation> stage) {
        return observed(harness, stage).stream()
                .map(record -> record.getValue().id())
                .toList();
    }
}
