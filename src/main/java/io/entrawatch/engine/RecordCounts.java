package io.entrawatch.engine;

import org.apache.flink.api.common.functions.RuntimeContext;

import io.entrawatch.event.HealthReport;

/** Counts each record of a source as evaluated, late or a dead letter. */
final class RecordCounts {

    private final Count events;
    private final Count evaluated;
    private final Count late;
    private final Count deadLetters;
    private final Counts reasons;
    private final Counts categories;
    private HealthReport.Numbers told = HealthReport.Numbers.NONE;

    RecordCounts(RuntimeContext context, String source) {
        String prefix = "source/" + source + "/";
        events = Count.open(context, prefix + "events");
        evaluated = Count.open(context, prefix + "evaluated");
        late = Count.open(context, prefix + "late");
        deadLetters = Count.open(context, prefix + "dead_letters");
        reasons = new Counts(context, "dead_letters/");
        categories = new Counts(context, "category/");
    }

    void deadLetter(String reason) {
        events.add();
        deadLetters.add();
        reasons.add(reason);
    }

    void evaluated(String category) {
        events.add();
        evaluated.add();
        categories.add(category);
    }

    void late(String category) {
        events.add();
        late.add();
        categories.add(category);
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
