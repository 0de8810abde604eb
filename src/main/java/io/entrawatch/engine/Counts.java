package io.entrawatch.engine;

import java.util.HashMap;
import java.util.Map;

import org.apache.flink.api.common.functions.RuntimeContext;

/** Counts whose names are known only when they first happen, such as one for each reason. */
final class Counts {

    private final RuntimeContext context;
    private final String prefix;
    private final Map<String, Count> counts = new HashMap<>();

    /** @param prefix before every name, with a slash at its end */
    Counts(RuntimeContext context, String prefix) {
        this.context = context;
        this.prefix = prefix;
    }

    Map<String, Long> values() {
        Map<String, Long> values = new HashMap<>();
        counts.forEach((name, count) -> values.put(name, count.value()));
        return values;
    }

    void add(String name) {
        counts.computeIfAbsent(name, key -> Count.open(context, prefix + key)).add();
    }
}
