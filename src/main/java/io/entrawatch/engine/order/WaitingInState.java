package io.entrawatch.engine.order;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.InternalTimerService;

import io.entrawatch.engine.state.RecentValueState;
import io.entrawatch.engine.wire.Sighting;

/** Sightings that wait for their time in state: those of a group and a moment together, with one timer. */
final class WaitingInState {

    private final KeyedStateBackend<String> backend;
    private final InternalListState<String, Long, Sighting> state;
    private final InternalTimerService<Long> timers;
    /** How many wait, by about a second of their time. */
    private final TreeMap<Long, Integer> bySecond = new TreeMap<>();

    /**
     * Finds what waits since before.
     *
     * @param state as {@link #described}
     * @param timers tell the backend their keys, as long as this is made
     */
    WaitingInState(
            KeyedStateBackend<String> backend,
            InternalListState<String, Long, Sighting> state,
            InternalTimerService<Long> timers)
            throws Exception {
        this.backend = backend;
        this.state = state;
        this.timers = timers;
        timers.forEachEventTimeTimer((at, time) -> {
            state.setCurrentNamespace(at);
            for (Sighting found : state.get()) {
                count(found.atMillis(), 1);
            }
        });
    }

    static ListStateDescriptor<Sighting> described() {
        return new ListStateDescriptor<>("waiting", TypeInformation.of(Sighting.class));
    }

    /** Whether something may wait that happened until then. */
    boolean holdsUpTo(long time) {
        return !bySecond.isEmpty() && bySecond.firstKey() <= WaitingInMemory.secondOf(time);
    }

    /** Lets a sighting of the operator's current group wait. */
    void add(Sighting sighting) throws Exception {
        long at = sighting.atMillis();
        go(sighting.group(), at);
        state.add(sighting);
        timers.registerEventTimeTimer(at, at);
        count(at, 1);
    }

    /** Those of a group and a moment, which wait no longer. */
    List<Sighting> take(String group, long at) throws Exception {
        go(group, at);
        List<Sighting> due = new ArrayList<>();
        state.get().forEach(due::add);
        state.clear();
        count(at, -due.size());
        return due;
    }

    private void go(String group, long at) {
        RecentValueState.letKnow(backend, group);
        state.setCurrentNamespace(at);
    }

    private void count(long at, int more) {
        bySecond.merge(WaitingInMemory.secondOf(at), more, (one, other) -> one + other == 0 ? null : one + other);
    }
}
