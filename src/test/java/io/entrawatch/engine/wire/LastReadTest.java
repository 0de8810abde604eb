package io.entrawatch.engine.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import io.entrawatch.rule.Level;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Of what several groups see of one event as much as possible is one object, and nothing of another event's is among it. */
class LastReadTest {

    private static final String ID = "3e3ccdb0-bfa9-478b-abb6-cb70bbd4a61d";
    private static final PackedEvent EVENT = new PackedEvent("an event".getBytes(UTF_8));
    private static final PackedEvent OTHER = new PackedEvent("an other".getBytes(UTF_8));
    private static final PackedEvent LONGER = new PackedEvent(new byte[5_000]);

    private final TypeSerializer<Sighting> serializer = new SightingSerializer();

    @Test
    void anEventThatSeveralGroupsSeeIsInMemoryOnce() throws Exception {
        List<Sighting> read = writtenAndRead(
                sighting("by user", ID, EVENT, Sighting.Matched.of(7, null)),
                sighting("by address", ID, EVENT, Sighting.Matched.of(7, null)));

        assertThat(read.get(1).id()).isSameAs(read.get(0).id());
        assertThat(read.get(1).event()).isSameAs(read.get(0).event());
        assertThat(read.get(1).matched().get(0)).isSameAs(read.get(0).matched().get(0));
    }

    @Test
    void whatComesBetweenIsReadAsItIs() throws Exception {
        Sighting.Matched full = new Sighting.Matched(7, "value", Level.HIGH, Map.of("field", "shown"), null);
        Sighting[] written = {
            sighting("a", ID, EVENT, Sighting.Matched.of(7, null)),
            sighting("b", "no id of Entra's, ø", OTHER, full),
            sighting("c", ID, null, Sighting.Matched.of(7 + 256, null), Sighting.Matched.of(7, null)),
            sighting("d", "another", LONGER, Sighting.Matched.of(7, "")),
            sighting("e".repeat(2_000), ID, EVENT, Sighting.Matched.of(8, null)),
        };
        assertThat(writtenAndRead(written)).containsExactly(written);
    }

    @Test
    void whoReadsBesideAnotherHasADuplicate() {
        assertThat(serializer.duplicate()).isNotSameAs(serializer).isEqualTo(serializer);
        CompactType<Sighting> type = new CompactType<>(Sighting.class, serializer);
        assertThat(type.createSerializer(null)).isNotSameAs(type.createSerializer(null));
    }

    private static Sighting sighting(String group, String id, PackedEvent event, Sighting.Matched... matched) {
        return new Sighting(group, true, 1, id, event, List.of(matched));
    }

    private List<Sighting> writtenAndRead(Sighting... sightings) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(256);
        for (Sighting sighting : sightings) {
            serializer.serialize(sighting, out);
        }
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        List<Sighting> read = new ArrayList<>();
        while (in.available() > 0) {
            read.add(serializer.deserialize(in));
        }
        return read;
    }
}
