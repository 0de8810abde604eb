package io.entrawatch.engine.order;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.jspecify.annotations.Nullable;

import io.entrawatch.engine.state.RecentValueState;
import io.entrawatch.engine.state.RecentValues;
import io.entrawatch.engine.wire.Observation;

/**
 * The first steps of sequences that wait for a second: of each group, and of each sequence under its number. Where state is
 * on disk, those since the last checkpoint are in memory, and are added to the others by the next.
 */
final class FirstSteps {

    /** Of one group and sequence: an address that thousands share would else fill the memory of all. */
    static final int MOST_IN_MEMORY = 256;

    /**
     * Of one group and sequence the newest: a second one may go on to Flink CEP with all of them, which goes through them with
     * each.
     */
    static final int MOST = 2_000;

    private record Place(String group, long sequence) {}

    /** What is in memory of those who wait. */
    private static final class Waiting {
        private List<Observation> newest;
        private int othersOnDisk;

        Waiting(List<Observation> newest, int othersOnDisk) {
            this.newest = newest;
            this.othersOnDisk = othersOnDisk;
        }

        int kilobytes() {
            return newest.size();
        }
    }

    private record OnDisk(KeyedStateBackend<String> backend, InternalListState<String, Long, Observation> state)
            implements RecentValues.Disk<Place, Waiting> {

        @Override
        public @Nullable Waiting read(Place place) throws IOException {
            int others = all(place).size();
            return others == 0 ? null : new Waiting(new ArrayList<>(), others);
        }

        List<Observation> all(Place place) throws IOException {
            go(place);
            try {
                return listOf(state);
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        @Override
        public void write(Place place, @Nullable Waiting waiting) throws IOException {
            go(place);
            try {
                if (waiting == null) {
                    state.clear();
                } else if (waiting.othersOnDisk > 0) {
                    state.addAll(waiting.newest);
                } else {
                    state.update(waiting.newest);
                }
            } catch (Exception e) {
                throw new IOException(e);
            }
            if (waiting != null) {
                waiting.othersOnDisk += waiting.newest.size();
                waiting.newest = new ArrayList<>();
            }
        }

        private void go(Place place) {
            RecentValueState.letKnow(backend, place.group);
            state.setCurrentNamespace(place.sequence);
        }
    }

    private final AbstractStreamOperator<?> operator;
    private final InternalListState<String, Long, Observation> state;
    private final OnDisk disk;

    /** Null where state is on the heap: nothing is nearer. */
    private final @Nullable RecentValues<Place, Waiting> recent;

    /** @param state of the operator, as {@link #described} */
    FirstSteps(AbstractStreamOperator<?> operator, InternalListState<String, Long, Observation> state) {
        this.operator = operator;
        this.state = state;
        this.disk = new OnDisk(operator.getKeyedStateBackend(), state);
        this.recent =
                RecentValueState.isOnHeap(operator) ? null : new RecentValues<>(operator, disk, Waiting::kilobytes);
    }

    static ListStateDescriptor<Observation> described() {
        return new ListStateDescriptor<>("first-steps", TypeInformation.of(Observation.class));
    }

    /** See {@link RecentValues#expect}: of the current group. */
    void expect(long sequence) {
        if (recent != null) {
            recent.expect(here(sequence));
        }
    }

    /** Lets one more of the current group wait. */
    void add(long sequence, Observation step) throws Exception {
        if (recent == null) {
            state.setCurrentNamespace(sequence);
            state.add(step);
            keepNewest(sequence, listOf(state).size());
            return;
        }
        Place place = here(sequence);
        Waiting waiting = recent.get(place);
        if (waiting == null) {
            waiting = new Waiting(new ArrayList<>(), 0);
        }
        waiting.newest.add(step);
        put(recent, place, waiting);
        keepNewest(sequence, waiting.othersOnDisk + waiting.newest.size());
    }

    /** Not with each that comes, because all have to be read for it. */
    private void keepNewest(long sequence, int waiting) throws Exception {
        if (waiting >= 2 * MOST) {
            replace(sequence, new ArrayList<>(get(sequence)));
        }
    }

    private static List<Observation> newest(List<Observation> all) {
        return all.size() <= MOST ? all : all.subList(all.size() - MOST, all.size());
    }

    private static void put(RecentValues<Place, Waiting> recent, Place place, Waiting waiting) throws IOException {
        recent.put(place, waiting);
        if (waiting.newest.size() >= MOST_IN_MEMORY) {
            recent.write(place);
        }
    }

    /** Those of the current group, at most {@link #MOST}. */
    List<Observation> get(long sequence) throws Exception {
        if (recent == null) {
            state.setCurrentNamespace(sequence);
            return newest(listOf(state));
        }
        Place place = here(sequence);
        Waiting waiting = recent.get(place);
        if (waiting == null) {
            return List.of();
        }
        if (waiting.othersOnDisk == 0) {
            return newest(waiting.newest);
        }
        List<Observation> all = new ArrayList<>(disk.all(place));
        all.addAll(waiting.newest);
        return newest(all);
    }

    /** @param steps those that wait of the current group from now on; may be changed here */
    void replace(long sequence, List<Observation> steps) throws Exception {
        if (recent == null) {
            state.setCurrentNamespace(sequence);
            state.update(steps);
        } else if (steps.isEmpty()) {
            recent.put(here(sequence), null);
        } else {
            put(recent, here(sequence), new Waiting(steps, 0));
        }
    }

    private Place here(long sequence) {
        return new Place((String) operator.getCurrentKey(), sequence);
    }

    private static List<Observation> listOf(InternalListState<String, Long, Observation> state) throws Exception {
        List<Observation> all = state.getInternal();
        return all == null ? List.of() : all;
    }

    /** Writes what has changed, for a checkpoint to find it. */
    void write() throws IOException {
        if (recent != null) {
            recent.write();
        }
    }
}
