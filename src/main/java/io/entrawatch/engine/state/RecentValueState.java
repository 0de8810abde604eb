package io.entrawatch.engine.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.ToIntFunction;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * One value for each key: {@link RecentValues} of state on disk. The backend is told a key only when the disk is needed.
 *
 * @param <T> may be changed in place before it is given to {@link #update}
 */
public final class RecentValueState<T> implements ValueState<T> {

    private record OnDisk<T>(KeyedStateBackend<Object> backend, ValueState<T> state)
            implements RecentValues.Disk<Object, T> {

        @Override
        public @Nullable T read(Object key) throws IOException {
            letKnow(backend, key);
            return state.value();
        }

        @Override
        public void write(Object key, @Nullable T value) throws IOException {
            letKnow(backend, key);
            if (value == null) {
                state.clear();
            } else {
                state.update(value);
            }
        }
    }

    private final AbstractStreamOperator<?> operator;
    private final RecentValues<Object, T> values;

    private RecentValueState(AbstractStreamOperator<?> operator, RecentValues<Object, T> values) {
        this.operator = operator;
        this.values = values;
    }

    /**
     * The state as it is where it is on the heap: nothing is nearer.
     *
     * @param kilobytes about how many a value takes, without its key
     */
    public static <T> ValueState<T> of(
            ValueState<T> state, AbstractStreamOperator<?> operator, ToIntFunction<T> kilobytes) {
        if (isOnHeap(operator)) {
            return state;
        }
        var disk = new OnDisk<>(operator.getKeyedStateBackend(), state);
        return new RecentValueState<>(operator, new RecentValues<>(operator, disk, kilobytes));
    }

    public static boolean isOnHeap(AbstractStreamOperator<?> operator) {
        return operator.getKeyedStateBackend() instanceof HeapKeyedStateBackend;
    }

    /** Telling the backend a key writes the key in the form of state. */
    public static <K> void letKnow(KeyedStateBackend<K> backend, K key) {
        if (backend.getCurrentKey() != key) {
            backend.setCurrentKey(key);
        }
    }

    /** See {@link RecentValues#expect}: of the operator's current key. */
    public static void expect(ValueState<?> state) {
        if (state instanceof RecentValueState<?> recent) {
            recent.values.expect(recent.operator.getCurrentKey());
        }
    }

    /** Writes what has changed, for a checkpoint to find it. */
    public static void write(ValueState<?> state) throws IOException {
        if (state instanceof RecentValueState<?> recent) {
            recent.values.write();
        }
    }

    @Override
    public @Nullable T value() throws IOException {
        return values.get(operator.getCurrentKey());
    }

    @Override
    public void update(@Nullable T value) throws IOException {
        values.put(operator.getCurrentKey(), value);
    }

    @Override
    public void clear() {
        try {
            update(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
