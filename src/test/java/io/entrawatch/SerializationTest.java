package io.entrawatch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.MapTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.engine.KnownValues;
import io.entrawatch.engine.count.Span;
import io.entrawatch.engine.count.Tally;
import io.entrawatch.engine.travel.FamiliarPlace;
import io.entrawatch.engine.travel.TravelHistory;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;
import io.entrawatch.engine.wire.PackedEvent;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.engine.wire.TravelFacts;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.HealthReport;
import io.entrawatch.event.LateEvent;
import io.entrawatch.event.LogKind;
import io.entrawatch.event.Place;
import io.entrawatch.rule.Level;
import io.entrawatch.settings.OutputSettings;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.sink.Document;
import io.entrawatch.sink.Writers;
import io.entrawatch.testkit.Pipeline;
import io.entrawatch.testkit.Replay;

import static org.assertj.core.api.Assertions.assertThat;

/** What travels and what is kept is written by Flink's own serializers, and every operator has a name of ours. */
class SerializationTest {

    private static final Place PLACE = new Place(59.9, 10.7, 5, "Oslo", "Oslo", "NO", 64500);
    private static final Place BARE_PLACE = new Place(0, 0, 0, null, null, null, 0);
    private static final EventSummary EVENT = new EventSummary(
            "id",
            1,
            "tenant",
            "SignInLogs",
            "Office",
            "Success",
            "u",
            "u@x",
            "192.0.2.1",
            PLACE,
            "t",
            "t@x",
            "User",
            "app",
            "agent",
            "device",
            "correlation");
    private static final EventSummary BARE_EVENT = new EventSummary(
            "id",
            1,
            "tenant",
            "AuditLogs",
            "Add user",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    private static final DeadLetter DEAD_LETTER = new DeadLetter("not-json", "why", "file", "7", "ø");
    private static final EntraEvent ENTRA_EVENT = new EntraEvent(LogKind.SIGN_IN, "id", 1, "tenant", PLACE, values());
    private static final TravelFacts TRAVEL = new TravelFacts(true, "session", true, true, "192.0.2.1", PLACE);
    private static final Observation OBSERVATION = new Observation(
            Key.of("name", "group"),
            1,
            1,
            true,
            "id",
            PackedEvent.of(EVENT),
            "value",
            Level.LOW,
            Map.of("riskLevel", "low"),
            TRAVEL);
    private static final Observation BARE_OBSERVATION = new Observation(
            Key.of("name", "group"), Observation.PRESENCE, 1, false, "id", null, null, null, Map.of(), null);
    private static final Evidence EVIDENCE =
            new Evidence(1.5, 2, "km/h", Map.of("a", 1.0, "b", 2.0), Map.of("n", "why"), List.of(EVENT, BARE_EVENT));

    private static final HealthReport.Numbers NUMBERS = new HealthReport.Numbers(6, 3, 2, 1, Map.of("not-json", 1L));

    private static FieldValues values() {
        FieldValues values = new FieldValues();
        values.set(Field.STATUS, "Success");
        values.add(Field.TARGET_ID.ordinal(), "one");
        values.add(Field.TARGET_ID.ordinal(), "two");
        return values;
    }

    private static Sighting sighting() {
        return new Sighting(
                "group",
                true,
                1,
                "id",
                PackedEvent.of(EVENT),
                List.of(
                        new Sighting.Matched(7, "value", Level.LOW, Map.of("riskLevel", "low"), TRAVEL),
                        new Sighting.Matched(-8, null, null, Map.of(), null),
                        new Sighting.Matched(9, "value", null, Map.of(), null)));
    }

    private static TravelHistory history() {
        TravelHistory history = new TravelHistory();
        history.firstSeen = 1;
        history.lastSeen = 2;
        history.signIns = 3;
        history.wakeAt = 4;
        history.visits.addAll(List.of(OBSERVATION, BARE_OBSERVATION));
        history.familiar.add(new FamiliarPlace(1, 2, 3));
        return history;
    }

    private static Tally tally() {
        Tally tally = new Tally();
        tally.latest.addAll(List.of(OBSERVATION, BARE_OBSERVATION));
        tally.quietUntil = 8;
        tally.wakeAt = 9;
        return tally;
    }

    private static KnownValues known() {
        KnownValues known = new KnownValues();
        known.firstMillis = 1;
        known.hashes = new long[] {2, 3};
        known.days = new int[] {4, 5};
        known.wakeAt = 6;
        return known;
    }

    private static Alert alert(List<String> reasons, Evidence evidence) {
        return new Alert(
                "id",
                "name",
                "title",
                1,
                "tenant",
                List.of("tenant", "u"),
                Level.HIGH,
                reasons,
                "reason",
                evidence,
                "key",
                2);
    }

    static Stream<Object> whatTravelsOrIsKept() {
        return Stream.of(
                Decoded.of(ENTRA_EVENT),
                Decoded.of(DEAD_LETTER),
                ENTRA_EVENT,
                new EntraEvent(LogKind.AUDIT, "id", 1, "tenant", null, new FieldValues()),
                values(),
                new FieldValues(),
                DEAD_LETTER,
                OBSERVATION,
                BARE_OBSERVATION,
                Observations.of(OBSERVATION),
                new Observations(BARE_OBSERVATION.key(), List.of(BARE_OBSERVATION, OBSERVATION)),
                EVENT,
                BARE_EVENT,
                PLACE,
                BARE_PLACE,
                sighting(),
                new Sighting("group", false, 1, "id", null, List.of()),
                Key.of("name", "group"),
                PackedEvent.of(BARE_EVENT),
                TRAVEL,
                new TravelFacts(false, null, false, false, null, null),
                history(),
                new TravelHistory(),
                tally(),
                new Tally(),
                new Span(),
                known(),
                new KnownValues(),
                new LateEvent("files", EVENT, 9),
                new LateEvent("files", BARE_EVENT, 9),
                new HealthReport("files", 1, "run", 2, NUMBERS, 3L, 4L, 5, List.of("no-mfa")),
                new HealthReport("files", 1, "run", 2, HealthReport.Numbers.NONE, null, null, 5, List.of()),
                NUMBERS,
                alert(List.of("a VIP"), EVIDENCE),
                alert(List.of(), new Evidence(0, 0, "", Map.of(), Map.of(), List.of())),
                EVIDENCE,
                new Document(Document.Target.LATE, "id", 1, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("whatTravelsOrIsKept")
    void aCopyByTheSerializerIsTheSame(Object value) throws Exception {
        TypeSerializer<Object> serializer = serializerOf(value);
        DataOutputSerializer out = new DataOutputSerializer(256);
        serializer.serialize(value, out);
        Object copy = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(copy).isInstanceOf(value.getClass());
        assertThat(copy).usingRecursiveComparison().isEqualTo(value);
        assertThat(serializer.copy(value)).usingRecursiveComparison().isEqualTo(value);
    }

    /** What a checkpoint writes while the job goes on. */
    @Test
    void aCopyStaysAsItIsWhenItsValueChanges() {
        TravelHistory history = history();
        Object historyThen = serializerOf(history).copy(history);
        history.visits.clear();
        history.familiar.clear();
        assertThat(historyThen).usingRecursiveComparison().isEqualTo(history());
        Tally tally = tally();
        Object tallyThen = serializerOf(tally).copy(tally);
        tally.latest.clear();
        assertThat(tallyThen).usingRecursiveComparison().isEqualTo(tally());
        KnownValues known = known();
        Object knownThen = serializerOf(known).copy(known);
        known.hashes[0]++;
        known.days[0]++;
        assertThat(knownThen).usingRecursiveComparison().isEqualTo(known());
    }

    @ParameterizedTest
    @MethodSource("whatTravelsOrIsKept")
    void nothingInsideIsLeftToKryo(Object value) {
        List<String> generic = new ArrayList<>();
        addGeneric(TypeInformation.of(value.getClass()), value.getClass().getSimpleName(), generic);
        assertThat(generic).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static TypeSerializer<Object> serializerOf(Object value) {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        return (TypeSerializer<Object>) TypeInformation.of(value.getClass()).createSerializer(config);
    }

    private static void addGeneric(TypeInformation<?> type, String path, List<String> generic) {
        if (type instanceof GenericTypeInfo) {
            generic.add(path + ": " + type);
        } else if (type instanceof PojoTypeInfo<?> pojo) {
            for (int i = 0; i < pojo.getArity(); i++) {
                var field = pojo.getPojoFieldAt(i);
                addGeneric(
                        field.getTypeInformation(),
                        path + "." + field.getField().getName(),
                        generic);
            }
        } else if (type instanceof ListTypeInfo<?> list) {
            addGeneric(list.getElementTypeInfo(), path + "[]", generic);
        } else if (type instanceof ObjectArrayTypeInfo<?, ?> array) {
            addGeneric(array.getComponentInfo(), path + "[]", generic);
        } else if (type instanceof MapTypeInfo<?, ?> map) {
            addGeneric(map.getKeyTypeInfo(), path + " key", generic);
            addGeneric(map.getValueTypeInfo(), path + " value", generic);
        }
    }

    @Test
    void everyOperatorHasAUidAndANameThatSaysWhatItDoes(@TempDir Path directory) throws Exception {
        Path logs = Files.writeString(directory.resolve("logs.ndjson"), "{}\n");
        OutputSettings outputs = new OutputSettings(
                new OutputSettings.Elasticsearch(
                        List.of("http://127.0.0.1:9"),
                        "entrawatch",
                        null,
                        null,
                        null,
                        null,
                        false,
                        Duration.ofSeconds(1),
                        10,
                        1),
                new OutputSettings.Kafka("127.0.0.1:9", "a", "d", "l", "h", false, "entrawatch", Map.of()),
                new OutputSettings.Files(directory.toString()));
        StreamExecutionEnvironment env = new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                .build(
                        List.of(new SourceSettings.Files("files", null, List.of(logs.toString()), null), topic()),
                        Writers.of(outputs));
        assertThat(env.getStreamGraph(false).getStreamNodes())
                .hasSizeGreaterThan(15)
                .allSatisfy(node -> assertThat(node.getTransformationUID())
                        .as(node.getOperatorName())
                        .isNotBlank())
                .extracting(StreamNode::getOperatorName)
                .allSatisfy(name -> assertThat(name)
                        .isNotBlank()
                        .doesNotContain("Map", "Process", "KeyedProcess", "Sink: Unnamed"));
        assertThat(env.getStreamGraph(false).getStreamNodes().stream().map(StreamNode::getTransformationUID))
                .doesNotHaveDuplicates();
        assertThat(env.getStreamGraph(false).getJobGraph().getVertices()).isNotEmpty();
    }

    @Test
    void recordsAreReadAdmittedAndScreenedInOneChain(@TempDir Path directory) throws Exception {
        Path logs = Files.writeString(directory.resolve("logs.ndjson"), "{}\n");
        StreamExecutionEnvironment env = new Pipeline(Replay.catalogue(Organization.UNKNOWN), Organization.UNKNOWN)
                .build(
                        List.of(new SourceSettings.Files("files", null, List.of(logs.toString()), null)),
                        List.of(Writers.files(directory.resolve("out"))));
        assertThat(env.getStreamGraph(false).getJobGraph().getVertices())
                .extracting(JobVertex::getName)
                .anySatisfy(chain ->
                        assertThat(chain).contains("Read files -> Admit records of files -> (Screen events of files"));
    }

    private static SourceSettings topic() {
        return new SourceSettings.Kafka(
                "hub",
                null,
                "127.0.0.1:9",
                List.of("logs"),
                null,
                "group",
                SourceSettings.StartFrom.EARLIEST,
                null,
                false,
                Duration.ofMinutes(5),
                Map.of());
    }
}
