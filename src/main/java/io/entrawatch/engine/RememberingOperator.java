package io.entrawatch.engine;

import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

import io.entrawatch.alert.Alert;

/** Runs a function that remembers one value for each key, and writes what it has in memory when a checkpoint comes. */
@SuppressWarnings("NullAway.Init")
public final class RememberingOperator extends KeyedProcessOperator<Key, Observation, Alert> {

    private static final long serialVersionUID = 1L;

    private final RememberingFunction<?> function;
    private transient Looks<Key> looks;

    public RememberingOperator(RememberingFunction<?> function) {
        super(function);
        this.function = function;
    }

    @Override
    public void open() throws Exception {
        super.open();
        function.keepRecent(this);
        looks = new Looks<>(this, function::look);
        looks.timedBy(getInternalTimerService("looks", VoidNamespaceSerializer.INSTANCE, looks));
        function.lookWith(looks);
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
