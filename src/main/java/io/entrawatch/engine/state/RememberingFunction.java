package io.entrawatch.engine.state;

import java.io.IOException;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

import io.entrawatch.alert.Alert;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;

/**
 * What remembers one value for each key.
 *
 * @param <T> the value, which may be changed in place before it is given to the state
 */
@SuppressWarnings("NullAway.Init")
public abstract class RememberingFunction<T> extends KeyedProcessFunction<Key, Observation, Alert> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final Class<T> type;

    /**
     * What is remembered. As long as a key has a value, a look at it has to be ahead: by the looks in a checkpoint a job
     * that goes on from it knows which keys have something on disk, and what has none is lost.
     */
    protected transient ValueState<T> values;

    /** Where to ask to be woken. */
    protected transient Looks<Key> looks;

    /** @param name of the state */
    protected RememberingFunction(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        values = getRuntimeContext().getState(new ValueStateDescriptor<>(name, TypeInformation.of(type)));
    }

    /** A checkpoint need not wait until all timers of a watermark have fired. */
    @Override
    public boolean useInterruptibleTimers(ReadableConfig configuration) {
        return true;
    }

    final void lookWith(Looks<Key> with) {
        looks = with;
    }

    /** Forgets what has ended of the current key; what may be looked at later has to ask for it again. */
    protected abstract void look(Key key, long time) throws Exception;

    /** Whether what was touched last stays in memory, and the backend need not know the key. */
    final boolean keepRecent(AbstractStreamOperator<?> operator) {
        values = RecentValueState.of(values, operator, this::kilobytes);
        return values instanceof RecentValueState;
    }

    /** The current key may have something from before. */
    final void expect() {
        RecentValueState.expect(values);
    }

    /** About how many a value takes; what holds an event takes one for each. */
    protected abstract int kilobytes(T value);

    final void writeRecent() throws IOException {
        RecentValueState.write(values);
    }
}
