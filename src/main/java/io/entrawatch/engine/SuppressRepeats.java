package io.entrawatch.engine;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import io.entrawatch.alert.Alert;

/** Lets the first of several alerts that repeat each other through, and holds the others back for a while. */
@SuppressWarnings("NullAway.Init")
public final class SuppressRepeats extends KeyedProcessFunction<String, Alert, Alert> {

    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> quietUntil;
    private transient Counts alerts;
    private transient Count suppressed;

    /** A checkpoint need not wait until all timers of a watermark have fired. */
    @Override
    public boolean useInterruptibleTimers(ReadableConfig configuration) {
        return true;
    }

    @Override
    public void open(OpenContext context) {
        quietUntil = getRuntimeContext().getState(new ValueStateDescriptor<>("quiet-until", Types.LONG));
        alerts = new Counts(getRuntimeContext(), "alerts/");
        suppressed = Count.open(getRuntimeContext(), "suppressed");
    }

    @Override
    public void processElement(Alert alert, Context context, Collector<Alert> out) throws Exception {
        Long quiet = quietUntil.value();
        if (quiet != null && alert.atMillis() < quiet) {
            suppressed.add();
            return;
        }
        if (alert.quietMillis() >= 0) {
            long until = alert.atMillis() + alert.quietMillis();
            quietUntil.update(until);
            context.timerService().registerEventTimeTimer(until);
        }
        alerts.add(alert.detection());
        out.collect(alert);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out) throws Exception {
        Long quiet = quietUntil.value();
        if (quiet != null && quiet <= timestamp) {
            quietUntil.clear();
        }
    }
}
