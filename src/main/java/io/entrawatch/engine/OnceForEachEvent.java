package io.entrawatch.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Hands the events of a window on as they come, and each only once. What comes in time comes once; for late copies the ids are
 * kept until {@link #LATEST} after the window's end. An event that comes later still could be a copy, and is not counted.
 */
public final class OnceForEachEvent extends Trigger<Observations, TimeWindow> {

    private static final long serialVersionUID = 1L;

    /** How long after its end a window still takes events. */
    public static final Duration LATEST = Duration.ofDays(2);

    private static final MapStateDescriptor<Long, Boolean> SEEN =
            new MapStateDescriptor<>("seen", Types.LONG, Types.BOOLEAN);

    @Override
    public TriggerResult onElement(Observations together, long timestamp, TimeWindow window, TriggerContext context)
            throws Exception {
        long until = window.getEnd() + LATEST.toMillis();
        if (context.getCurrentWatermark() >= until) {
            return TriggerResult.PURGE;
        }
        MapState<Long, Boolean> seen = context.getPartitionedState(SEEN);
        Map<Long, Boolean> ids = new HashMap<>();
        for (Observation observation : together.all()) {
            if (LocalDays.contains(window, observation)) {
                long id = Hash.of(observation.id());
                if (observation.late() && seen.contains(id)) {
                    return TriggerResult.PURGE;
                }
                ids.put(id, Boolean.TRUE);
            }
        }
        seen.putAll(ids);
        context.registerEventTimeTimer(until);
        return TriggerResult.FIRE_AND_PURGE;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) throws Exception {
        if (time >= window.getEnd() + LATEST.toMillis()) {
            context.getPartitionedState(SEEN).clear();
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
