package io.entrawatch.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.configuration.TaskManagerOptions;
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

    /**
     * One value in each operator for so much of the heap of a slot. At one or two kilobytes each, and of people who travel
     * a lot ten times that, they take a fifth of it.
     */
    private static final int HEAP_FOR_ONE = 50_000;

    private static final float LOAD = 0.75f;

    private static final class Recent<T> {
        private @Nullable T value;
        /** Whether the state behind this has anything for the key. */
        private boolean stored;

        private boolean changed;

        Recent(@Nullable T value) {
            this.value = value;
            this.stored = value != null;
        }
    }

    private final AbstractStreamOperator<?> operator;
    private final ValueState<T> state;
    private final long most;
    private final Map<K, Recent<T>> recent = new LinkedHashMap<>(16, LOAD, true);

    private RecentValues(AbstractStreamOperator<?> operator, ValueState<T> state) {
        this.operator = operator;
        this.state = state;
        this.most = mostIn(operator.getContainingTask()
                .getEnvironment()
                .getTaskManagerInfo()
                .getConfiguration()
                .get(TaskManagerOptions.NUM_TASK_SLOTS));
    }

    /** How many stay in memory, in each operator of a process with so many slots. */
    static long mostIn(int slots) {
        return Runtime.getRuntime().maxMemory() / HEAP_FOR_ONE / slots;
    }

    /** The state as it is where it is on the heap: nothing is nearer. */
    static <T> ValueState<T> of(ValueState<T> state, AbstractStreamOperator<?> operator) {
        return operator.getKeyedStateBackend() instanceof HeapKeyedStateBackend
                ? state
                : new RecentValues<Object, T>(operator, state);
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
            entry = new Recent<>(state.value());
            recent.put(key, entry);
            if (recent.size() > most) {
                forgetOldest(key);
            }
        }
        return entry;
    }

    private void forgetOldest(K current) throws IOException {
        var entries = recent.entrySet().iterator();
        Map.Entry<K, Recent<T>> oldest = entries.next();
        entries.remove();
        write(oldest.getKey(), oldest.getValue());
        operator.setCurrentKey(current);
    }

    private void write() throws IOException {
        Object current = operator.getCurrentKey();
        for (Map.Entry<K, Recent<T>> entry : recent.entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
        if (current != null) {
            operator.setCurrentKey(current);
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
        operator.setCurrentKey(key);
        if (value == null) {
            state.clear();
        } else {
            state.update(value);
        }
        entry.stored = value != null;
    }
}
