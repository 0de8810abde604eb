package io.entrawatch.engine.wire;

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

    @Test
    void anotherFormIsRefused() {
        assertThatThrownBy(() -> new PackedEvent(new byte[] {2}).unpack())
                .hasMessage("an event of form 2 (expected: 3)");
        assertThatThrownBy(() -> new PackedEvent(new byte[] {4}).unpack())
                .hasMessage("an event of form 4 (expected: 3)");
    }
}
