package io.entrawatch.engine.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.jspecify.annotations.Nullable;

import io.entrawatch.engine.wire.Hash;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;

/**
 * Hands the events of a window on as they come, and each only once. What comes in time comes once; for late copies the ids are
 * kept until {@link #LATEST} after the window's end. An event that comes later still could be a copy, and is not counted.
 */
public final class OnceForEachEvent extends Trigger<Observations, TimeWindow> {

    private static final long serialVersionUID = 1L;

    /** How long after its end a window still takes events. */
    public static final Duration LATEST = Duration.ofDays(2);

    /** Hashes of the ids, added at once for all that came together. Only what is late has them read, once for many. */
    private static final ListStateDescriptor<Long> SEEN = new ListStateDescriptor<>("ids", Types.LONG);

    private transient @Nullable LateIds lateIds;

    @Override
    public TriggerResult onElement(Observations together, long timestamp, TimeWindow window, TriggerContext context)
            throws Exception {
        long until = window.getEnd() + LATEST.toMillis();
        if (context.getCurrentWatermark() >= until) {
            return TriggerResult.PURGE;
        }
        ListState<Long> seen = context.getPartitionedState(SEEN);
        List<Long> ids = ids(together, window);
        LateIds late = lateIds();
        if (together.all().get(0).late() && late.hold(together.key(), window, ids.get(0), seen::get)) {
            return TriggerResult.PURGE;
        }
        seen.addAll(ids);
        late.add(together.key(), window, ids);
        context.registerEventTimeTimer(until);
        return TriggerResult.FIRE_AND_PURGE;
    }

    private static List<Long> ids(Observations together, TimeWindow window) {
        List<Long> ids = new ArrayList<>(together.all().size());
        for (Observation observation : together.all()) {
            if (LocalDays.contains(window, observation)) {
                ids.add(Hash.of(observation.id()));
            }
        }
        return ids;
    }

    private LateIds lateIds() {
        LateIds known = lateIds;
        if (known == null) {
            known = new LateIds();
            lateIds = known;
        }
        return known;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) throws Exception {
        if (time >= window.getEnd() + LATEST.toMillis()) {
            context.getPartitionedState(SEEN).clear();
            lateIds().forgetUpTo(window.getEnd());
        }
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public void clear(TimeWindow window, TriggerContext context) throws Exception {
        context.getPartitionedState(SEEN).clear();
        context.deleteEventTimeTimer(window.getEnd() + LATEST.toMillis());
    }

    @Override
    public String toString() {
        return "OnceForEachEvent";
    }
}
