package io.entrawatch.engine.state;

import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Alert;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;

/** Runs a function that remembers one value for each key, and writes what it has in memory when a checkpoint comes. */
@SuppressWarnings("NullAway.Init")
public final class RememberingOperator extends KeyedProcessOperator<Key, Observation, Alert> {

    private static final long serialVersionUID = 1L;

    private final RememberingFunction<?> function;
    private transient Looks<Key> looks;
    private transient boolean knowsKeyAlone;
    private transient @Nullable Object key;

    public RememberingOperator(RememberingFunction<?> function) {
        super(function);
        this.function = function;
    }

    @Override
    public void open() throws Exception {
        super.open();
        knowsKeyAlone = function.keepRecent(this);
        looks = new Looks<>(this, function::look);
        looks.timedBy(getInternalTimerService("looks", VoidNamespaceSerializer.INSTANCE, looks));
        function.lookWith(looks);
        if (knowsKeyAlone) {
            looks.forEachKeyInState((known, time) -> function.expect());
        }
    }

    /** What is in memory is found by the key, and the backend need not know it, which would write it in its form each time. */
    @Override
    public void setCurrentKey(Object current) {
        if (knowsKeyAlone) {
            key = current;
        } else {
            super.setCurrentKey(current);
        }
    }

    @Override
    public @Nullable Object getCurrentKey() {
        return knowsKeyAlone ? key : super.getCurrentKey();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        looks.lookUpTo(mark.getTimestamp());
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        looks.keepInState();
        function.writeRecent();
    }
}
