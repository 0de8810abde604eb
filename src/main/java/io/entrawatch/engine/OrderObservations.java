package io.entrawatch.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Puts the observations of a group in the order in which they happened, ties by event id, and takes copies out. An
 * observation waits until the watermark has passed it; one that comes later than that goes on at once.
 *
 * <p>An operator and not a function, because each observation leaves with its own timestamp, and because one timer a
 * group is enough: it stands at the group's earliest waiting observation.
 */
@SuppressWarnings("NullAway.Init")
public final class OrderObservations extends AbstractStreamOperator<Observation>
        implements OneInputStreamOperator<Observation, Observation>, Triggerable<String, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    private static final Comparator<Observation> AS_IT_HAPPENED = Comparator.comparingLong(Observation::atMillis)
            .thenComparing(Observation::id)
            .thenComparingInt(Observation::step);

    /** Copies of one event may differ in what does not matter; the same one is kept in every run. */
    private static final Comparator<Observation> AMONG_COPIES = AS_IT_HAPPENED.thenComparing(Observation::toString);

    /** How long after a first step the others are let through; zero lets all through. */
    private final long gateMillis;

    private transient ListState<Observation> waiting;
    private transient ValueState<Long> openUntil;
    private transient InternalTimerService<VoidNamespace> gates;
    private transient ValueState<Long> wakeAt;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Count duplicates;

    /** Lets everything through. */
    public OrderObservations() {
        this(0);
    }

    private OrderObservations(long gateMillis) {
        this.gateMillis = gateMillis;
    }

    /**
     * Lets the later steps of a sequence through only so long after its first, because most of them follow nothing: a
     * sign-in after a burst of failures is rare, a sign-in is not.
     */
    public static OrderObservations gated(Duration within) {
        return new OrderObservations(within.toMillis());
    }

    /** A checkpoint need not wait until all timers of a watermark have fired. */
    @Override
    public boolean useInterruptibleTimers(ReadableConfig configuration) {
        return true;
    }

    @Override
    public void open() throws Exception {
        super.open();
        openUntil = getRuntimeContext().getState(new ValueStateDescriptor<>("open-until", Types.LONG));
        gates = getInternalTimerService("close", VoidNamespaceSerializer.INSTANCE, new Closing());
        waiting = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("waiting", TypeInformation.of(Observation.class)));
        wakeAt = getRuntimeContext().getState(new ValueStateDescriptor<>("wake-at", Types.LONG));
        timers = getInternalTimerService("wake", VoidNamespaceSerializer.INSTANCE, this);
        duplicates = Count.open(getRuntimeContext(), "duplicates");
    }

    @Override
    public void processElement(StreamRecord<Observation> record) throws Exception {
        Observation observation = record.getValue();
        long at = observation.atMillis();
        if (at <= timers.currentWatermark()) {
            letThrough(observation);
            return;
        }
        waiting.add(observation);
        Long wake = wakeAt.value();
        if (wake == null || at < wake) {
            wakeAt.update(at);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Long wake = wakeAt.value();
        if (wake == null || wake > timers.currentWatermark()) {
            return;
        }
        List<Observation> due = new ArrayList<>();
        List<Observation> later = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Observation observation : waiting.get()) {
            long at = observation.atMillis();
            if (at <= timers.currentWatermark()) {
                due.add(observation);
            } else {
                later.add(observation);
                next = Math.min(next, at);
            }
        }
        if (later.isEmpty()) {
            waiting.clear();
            wakeAt.clear();
        } else {
            waiting.update(later);
            wakeAt.update(next);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
        }
        release(due);
    }

    private void release(List<Observation> due) throws Exception {
        due.sort(AMONG_COPIES);
        Observation before = null;
        for (Observation observation : due) {
            if (before != null && AS_IT_HAPPENED.compare(before, observation) == 0) {
                if (observation.first()) {
                    duplicates.add();
                }
                continue;
            }
            letThrough(observation);
            before = observation;
        }
    }

    private void letThrough(Observation observation) throws Exception {
        long at = observation.atMillis();
        if (gateMillis > 0) {
            Long open = openUntil.value();
            if (observation.step() == 0) {
                long until = Math.max(open == null ? Long.MIN_VALUE : open, at + gateMillis);
                openUntil.update(until);
                gates.registerEventTimeTimer(VoidNamespace.INSTANCE, until);
            } else if (open == null || at >= open) {
                return;
            }
        }
        output.collect(new StreamRecord<>(observation, at));
    }

    /** Forgets that a gate was open. A class of its own, because timers of two services come to two places. */
    private final class Closing implements Triggerable<String, VoidNamespace> {
        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
            Long open = openUntil.value();
            if (open != null && open <= timer.getTimestamp()) {
                openUntil.clear();
            }
        }

        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
            throw new IllegalStateException("no timer of the wall clock is ever set");
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no timer of the wall clock is ever set");
    }
}
