package io.entrawatch.engine;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;

/** A number that people watch as a metric, and that a run which ends reports as an accumulator of the same name. */
public final class Count {

    private final LongCounter total;
    private final Counter metric;

    private Count(LongCounter total, Counter metric) {
        this.total = total;
        this.metric = metric;
    }

    /** A count of a subtask; one name is opened once in an operator. */
    public static Count open(RuntimeContext context, String name) {
        LongCounter total = new LongCounter();
        context.addAccumulator(name, total);
        Counter metric = context.getMetricGroup().addGroup("entrawatch").counter(name.replace('/', '.'));
        return new Count(total, metric);
    }

    /** What this subtask has counted since it was started. */
    long value() {
        return total.getLocalValuePrimitive();
    }

    public void add() {
        total.add(1L);
        metric.inc();
    }
}
