package io.entrawatch.engine.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.junit.jupiter.api.Test;

import io.entrawatch.engine.wire.Key;

import static org.assertj.core.api.Assertions.assertThat;

class LateIdsTest {

    private static final Key KEY = Key.of("failed-sign-in-increase", "tenant-1");
    private static final TimeWindow MONDAY = new TimeWindow(0, 100);
    private static final TimeWindow TUESDAY = new TimeWindow(100, 200);

    private final List<String> reads = new ArrayList<>();

    private Callable<Iterable<Long>> ids(String name, Long... ids) {
        return () -> {
            reads.add(name);
            return List.of(ids);
        };
    }

    @Test
    void aDayIsReadOnceForManyLateEvents() throws Exception {
        LateIds late = new LateIds();
        assertThat(late.hold(KEY, MONDAY, 3, ids("monday", 5L, 3L, -1L))).isTrue();
        assertThat(late.hold(KEY, MONDAY, 4, ids("monday", 5L, 3L, -1L))).isFalse();
        assertThat(late.hold(KEY, MONDAY, -1, ids("monday", 5L, 3L, -1L))).isTrue();
        assertThat(reads).containsExactly("monday");
    }

    @Test
    void aDayMayHaveNone() throws Exception {
        LateIds late = new LateIds();
        assertThat(late.hold(KEY, MONDAY, 3, () -> null)).isFalse();
        late.add(KEY, MONDAY, List.of(3L));
        assertThat(late.hold(KEY, MONDAY, 3, () -> null)).isTrue();
    }

    @Test
    void whatIsSeenSinceIsHeldToo() throws Exception {
        LateIds late = new LateIds();
        late.add(KEY, MONDAY, List.of(7L));
        assertThat(late.hold(KEY, MONDAY, 7, ids("monday")))
                .as("only of days that are known here")
                .isFalse();
        late.add(KEY, MONDAY, List.of(7L));
        late.add(KEY, TUESDAY, List.of(8L));
        assertThat(late.hold(KEY, MONDAY, 7, ids("monday"))).isTrue();
        assertThat(late.hold(KEY, MONDAY, 8, ids("monday"))).isFalse();
        assertThat(late.hold(Key.of("sign-in-increase", "tenant-1"), MONDAY, 7, ids("other")))
                .isFalse();
        assertThat(reads).containsExactly("monday", "other");
    }

    @Test
    void aDayThatHasEndedIsReadAgain() throws Exception {
        LateIds late = new LateIds();
        late.hold(KEY, MONDAY, 1, ids("monday"));
        late.hold(KEY, TUESDAY, 1, ids("tuesday"));
        late.forgetUpTo(100);
        late.hold(KEY, MONDAY, 1, ids("monday again"));
        late.hold(KEY, TUESDAY, 1, ids("tuesday again"));
        assertThat(reads).containsExactly("monday", "tuesday", "monday again");
    }

    @Test
    void whereThereIsNoRoomTheDayThatWasAskedForLongestAgoGoes() throws Exception {
        LateIds late = new LateIds(5);
        late.hold(KEY, MONDAY, 1, ids("monday", 1L, 2L, 3L));
        late.hold(KEY, TUESDAY, 1, ids("tuesday", 1L, 2L, 3L));
        late.hold(KEY, TUESDAY, 1, ids("tuesday again"));
        late.hold(KEY, MONDAY, 1, ids("monday again", 1L, 2L, 3L));
        assertThat(reads).containsExactly("monday", "tuesday", "monday again");
    }
}
