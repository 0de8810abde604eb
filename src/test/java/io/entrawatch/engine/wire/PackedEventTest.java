package io.entrawatch.engine.wire;

import java.io.IOException;

import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

import io.entrawatch.event.EventSummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PackedEventTest {

    private static final EventSummary EVENT = new EventSummary(
            "e",
            7,
            "t",
            "AuditLogs",
            "Update group",
            "Success",
            "id-of-bert",
            "bert@contoso.example",
            "192.0.2.1",
            null,
            "id-of-group",
            "Payroll",
            "Group",
            "Office",
            "Firefox",
            "device",
            "correlation");

    @Test
    void anEventIsReadAsItWasWritten() {
        assertThat(PackedEvent.of(EVENT).unpack()).isEqualTo(EVENT);
    }

    /** State of before types of targets were kept. */
    @Test
    void theFormBeforeIsStillRead() throws IOException {
        EventSummary read = new PackedEvent(written(2)).unpack();
        assertThat(read.targetType()).isNull();
        assertThat(read.target()).isEqualTo("Payroll");
        assertThat(read.app()).isEqualTo("Office");
        assertThat(read.correlationId()).isEqualTo("correlation");
    }

    @Test
    void aFormOfLaterIsRefused() {
        assertThatThrownBy(() -> new PackedEvent(written(4)).unpack())
                .hasMessage("an event of form 4 (expected: 2 or 3)");
    }

    private static byte[] written(int version) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(PackedEvent.USUAL_SIZE);
        out.writeByte(version);
        Compact.write("e", out);
        out.writeLong(7);
        for (String text : new String[] {
            "t", "AuditLogs", "Update group", "Success", "id-of-bert", "bert@contoso.example", "192.0.2.1"
        }) {
            Compact.write(text, out);
        }
        out.writeBoolean(false);
        for (String text : new String[] {"id-of-group", "Payroll", "Office", "Firefox", "device", "correlation"}) {
            Compact.write(text, out);
        }
        return out.getCopyOfBuffer();
    }
}
