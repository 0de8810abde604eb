package io.entrawatch.engine.wire;

import java.util.HashSet;
import java.util.Set;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyTest {

    @Test
    void allDetectionsOfAGroupArePlacedWhereTheGroupIs() {
        for (int keyGroups = 1; keyGroups <= KeyHash.MOST_KEY_GROUPS; keyGroups *= 2) {
            for (int i = 0; i < 500; i++) {
                String group = "tenant-" + i % 7 + "/user-" + i;
                assertThat(KeyGroupRangeAssignment.assignToKeyGroup(Key.of("detection-" + i % 11, group), keyGroups))
                        .isEqualTo(KeyGroupRangeAssignment.assignToKeyGroup(group, keyGroups));
            }
        }
    }

    @Test
    void theKeysOfAGroupHaveHashesOfTheirOwn() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            hashes.add(Key.of("detection-" + i, "tenant/user").hashCode());
        }
        assertThat(hashes).hasSizeGreaterThan(980);
    }
}
