package io.entrawatch.alert;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AlertIdTest {

    @Test
    void theIdNeverChanges() {
        assertThat(AlertId.of("t", "d", List.of("t", "u"), List.of("e1", "e2")))
                .isEqualTo("58fae6b0f692d8a3c0ce0d5704f68de1d6e6c21054fe6c60058f24a0e11528af");
    }

    @Test
    void everyPartCounts() {
        Stream<String> ids = Stream.of(
                AlertId.of("t", "d", List.of("g"), List.of("e")),
                AlertId.of("other", "d", List.of("g"), List.of("e")),
                AlertId.of("t", "other", List.of("g"), List.of("e")),
                AlertId.of("t", "d", List.of("other"), List.of("e")),
                AlertId.of("t", "d", List.of("g"), List.of("other")),
                AlertId.of("t", "d", List.of("g"), List.of("e", "e2")),
                AlertId.of("t", "d", List.of("g"), List.of("e2", "e")));
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{64}"));
    }

    @Test
    void partsThatReadTheSameInARowAreNotTheSame() {
        Stream<String> ids = Stream.of(
                AlertId.of("ab", "c", List.of("d"), List.of("e")),
                AlertId.of("a", "bc", List.of("d"), List.of("e")),
                AlertId.of("a", "b", List.of("cd"), List.of("e")),
                AlertId.of("a", "b", List.of("c", "d"), List.of("e")),
                AlertId.of("a", "b", List.of("c"), List.of("de")),
                AlertId.of("a", "b", List.of("c1:d"), List.of("e")));
        assertThat(ids).doesNotHaveDuplicates();
    }
}
