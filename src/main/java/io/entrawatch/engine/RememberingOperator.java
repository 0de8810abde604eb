package io.entrawatch.engine;

import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

import io.entrawatch.alert.Alert;

/** Runs a function that remembers one value for each key, and writes what it has in memory when a checkpoint comes. */
public final class RememberingOperator extends KeyedProcessOperator<Key, Observation, Alert> {

    private static final long serialVersionUID = 1L;

    private final RememberingFunction<?> function;

    public RememberingOperator(RememberingFunction<?> function) {
        super(function);
        this.function = function;
    }

    @Override
    public void open() throws Exception {
        super.open();
        function.keepRecent(this);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        function.writeRecent();
    }
}
