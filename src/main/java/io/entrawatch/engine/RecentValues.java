package io.entrawatch.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values of state that were touched last, in memory until a checkpoint or others take their place: where state is on
 * disk, each look at it and each change costs as much as all the rest that is done with an event. What begins and ends
 * between two checkpoints never gets there.
 *
 * @param <K> the operator's key
 * @param <T> may be changed in place before it is given to {@link #update}
 */
final class RecentValues<K, T> implements ValueState<T> {

    /** What one operator has in memory takes so small a part of the heap of a slot; five to eight do. */
    private static final int PARTS_OF_HEAP = 20;

    private static final int KILOBYTE = 1024;

    private static final float LOAD = 0.75f;

    private static final class Recent<T> {
        private @Nullable T value;
        /** Whether the state behind this has anything for the key. */
        private boolean stored;

        private boolean changed;
        private int kilobytes;

        Recent(@Nullable T value) {
            this.value = value;
            this.stored = value != null;
        }
    }

    private final AbstractStreamOperator<?> operator;
    private final KeyedStateBackend<K> backend;
    private final ValueState<T> state;
    private final ToIntFunction<T> weigher;
    private final long mostKilobytes;
    private final Map<K, Recent<T>> recent = new LinkedHashMap<>(16, LOAD, true);

    private long kilobytes;

    private RecentValues(AbstractStreamOperator<?> operator, ValueState<T> state, ToIntFunction<T> weigher) {
        this.operator = operator;
        this.backend = operator.getKeyedStateBackend();
        this.state = state;
        this.weigher = weigher;
        this.mostKilobytes = mostKilobytes(operator.getContainingTask()
                .getEnvironment()
                .getTaskManagerInfo()
                .getConfiguration()
                .get(TaskManagerOptions.NUM_TASK_SLOTS));
    }

    /** How much stays in memory, in each operator of a process with so many slots. */
    static long mostKilobytes(int slots) {
        return Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP / KILOBYTE / slots;
    }

    /**
     * The state as it is where it is on the heap: nothing is nearer.
     *
     * @param kilobytes about how many a value takes, without its key
     */
    static <T> ValueState<T> of(ValueState<T> state, AbstractStreamOperator<?> operator, ToIntFunction<T> kilobytes) {
        return operator.getKeyedStateBackend() instanceof HeapKeyedStateBackend
                ? state
                : new RecentValues<Object, T>(operator, state, kilobytes);
    }

    /** Writes what has changed, for a checkpoint to find it. */
    static void write(ValueState<?> state) throws IOException {
        if (state instanceof RecentValues<?, ?> values) {
            values.write();
        }
    }

    @Override
    public @Nullable T value() throws IOException {
        return ofCurrentKey().value;
    }

    @Override
    public void update(@Nullable T value) throws IOException {
        Recent<T> entry = ofCurrentKey();
        entry.value = value;
        entry.changed = true;
        if (value == null && !entry.stored) {
            kilobytes -= entry.kilobytes;
            recent.remove(operator.getCurrentKey());
        } else {
            makeRoomFor(entry);
        }
    }

    /** The entry is the one that was touched last. */
    private void makeRoomFor(Recent<T> entry) throws IOException {
        T value = entry.value;
        int now = 1 + (value == null ? 0 : weigher.applyAsInt(value));
        kilobytes += now - entry.kilobytes;
        entry.kilobytes = now;
        while (kilobytes > mostKilobytes && recent.size() > 1) {
            forgetOldest();
        }
    }

    @Override
    public void clear() {
        try {
            update(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private Recent<T> ofCurrentKey() throws IOException {
        K key = (K) operator.getCurrentKey();
        Recent<T> entry = recent.get(key);
        if (entry == null) {
            letBackendKnow(key);
            entry = new Recent<>(state.value());
            recent.put(key, entry);
            makeRoomFor(entry);
        }
        return entry;
    }

    private void letBackendKnow(K key) {
        if (backend.getCurrentKey() != key) {
            backend.setCurrentKey(key);
        }
    }

    private void forgetOldest() throws IOException {
        K current = backend.getCurrentKey();
        var entries = recent.entrySet().iterator();
        Map.Entry<K, Recent<T>> oldest = entries.next();
        entries.remove();
        kilobytes -= oldest.getValue().kilobytes;
        write(oldest.getKey(), oldest.getValue());
        backend.setCurrentKey(current);
    }

    private void write() throws IOException {
        K current = backend.getCurrentKey();
        for (Map.Entry<K, Recent<T>> entry : recent.entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
        if (current != null) {
            backend.setCurrentKey(current);
        }
    }

    private void write(K key, Recent<T> entry) throws IOException {
        if (!entry.changed) {
            return;
        }
        entry.changed = false;
        T value = entry.value;
        if (value == null && !entry.stored) {
            return;
        }
        letBackendKnow(key);
        if (value == null) {
            state.clear();
        } else {
            state.update(value);
        }
        entry.stored = value != null;
    }
}
