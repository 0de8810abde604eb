package io.entrawatch.engine;

import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.RuntimeContext;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.HealthReport;

/** Counts each record of a source as evaluated, late or a dead letter. */
public final class RecordCounts {

    /** The times of a source's first and last event, beside its counts. */
    public static final String FIRST_EVENT = "first_event";

    public static final String LAST_EVENT = "last_event";

    private final Count events;
    private final Count evaluated;
    private final Count late;
    private final Count future;
    private final Count deadLetters;
    private final LongMinimum first = new LongMinimum();
    private final LongMaximum last = new LongMaximum();
    private final Counts reasons;
    private final Counts categories;
    private HealthReport.Numbers told = HealthReport.Numbers.NONE;

    RecordCounts(RuntimeContext context, String source) {
        String prefix = "source/" + source + "/";
        events = Count.open(context, prefix + "events");
        evaluated = Count.open(context, prefix + "evaluated");
        late = Count.open(context, prefix + "late");
        future = Count.open(context, prefix + "future");
        deadLetters = Count.open(context, prefix + "dead_letters");
        context.addAccumulator(prefix + FIRST_EVENT, first);
        context.addAccumulator(prefix + LAST_EVENT, last);
        reasons = new Counts(context, "dead_letters/");
        categories = new Counts(context, "category/");
    }

    void deadLetter(String reason) {
        events.add();
        deadLetters.add();
        reasons.add(reason);
    }

    void evaluated(EntraEvent event) {
        evaluated.add();
        event(event);
    }

    /** Those from the future, which come at the wrong time as well, are counted beside it. */
    void late(EntraEvent event) {
        late.add();
        if (event.isFuture()) {
            future.add();
        }
        event(event);
    }

    private void event(EntraEvent event) {
        events.add();
        categories.add(event.kind().category());
        first.add(event.atMillis());
        last.add(event.atMillis());
    }

    /** What was counted since this was asked before. */
    HealthReport.Numbers sinceAsked() {
        HealthReport.Numbers now = new HealthReport.Numbers(
                events.value(), evaluated.value(), late.value(), deadLetters.value(), reasons.values());
        HealthReport.Numbers since = now.less(told);
        told = now;
        return since;
    }
}
