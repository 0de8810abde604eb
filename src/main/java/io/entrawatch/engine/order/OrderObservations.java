package io.entrawatch.engine.order;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.engine.AlertRoutes;
import io.entrawatch.engine.Count;
import io.entrawatch.engine.Steps;
import io.entrawatch.engine.state.Looks;
import io.entrawatch.engine.state.RecentValueState;
import io.entrawatch.engine.state.RememberingOperator;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.PackedEvent;
import io.entrawatch.engine.wire.Sighting;

/**
 * Puts the sightings of a group in the order in which they happened, ties by event id, takes copies out, and gives each
 * detection what it wants to observe. A sighting waits until the watermark has passed it; one that comes later than that
 * goes on at once.
 *
 * <p>It waits in memory, because where logs are read faster than they were written, as after a pause, most go on within
 * moments. What a checkpoint finds there is written to state, and so is a crowd, where state is on disk; from there timers let
 * it go. What is due together with something in state goes there first: so those of a group never overtake each other.
 *
 * <p>After a restart time goes on from where it was, so that what had gone on before does not pass for new when a source
 * tells it once more.
 *
 * <p>Of a sequence only what may be found goes on: {@link Gates}.
 *
 * <p>An operator and not a function, because each observation leaves with its own timestamp, and because what waits for
 * one moment is kept, and found again, by that moment.
 */
@SuppressWarnings("NullAway.Init")
public final class OrderObservations extends AbstractStreamOperator<Observation>
        implements OneInputStreamOperator<Sighting, Observation>, Triggerable<String, Long> {

    private static final long serialVersionUID = 1L;

    /** More than this go to state on disk: at a kilobyte and a half each, 90 MB. On the heap state would be no better place. */
    static final int MOST_IN_MEMORY = 60_000;

    private final Steps steps;

    private transient TimePassed passed;
    private transient long passedBefore;
    private transient WaitingInMemory inMemory;
    private transient WaitingInState inState;
    private transient long letThroughUpTo;
    private transient InternalTimerService<Long> timers;
    private transient Gates gates;
    private transient Looks<String> looks;
    private transient WaysOut ways;
    private transient Count duplicates;
    private transient boolean knowsKeyAlone;
    private transient @Nullable Object key;

    public OrderObservations(Catalogue catalogue) {
        this.steps = new Steps(catalogue);
    }

    /** See {@link RememberingOperator#setCurrentKey}: most of what is asked for is in memory. */
    @Override
    public void setCurrentKey(Object current) {
        if (knowsKeyAlone) {
            key = current;
        } else {
            super.setCurrentKey(current);
        }
    }

    @Override
    public @Nullable Object getCurrentKey() {
        return knowsKeyAlone ? key : super.getCurrentKey();
    }

    /** A checkpoint need not wait until all timers of a watermark have fired. */
    @Override
    public boolean useInterruptibleTimers(ReadableConfig configuration) {
        return true;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        passed = TimePassed.in(
                context.getOperatorStateStore(), getRuntimeContext().getTaskInfo());
        passedBefore = passed.before();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        passed.keep(Math.max(passedBefore, timers.currentWatermark()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void open() throws Exception {
        super.open();
        letThroughUpTo = Long.MIN_VALUE;
        timers = getInternalTimerService("wake", LongSerializer.INSTANCE, this);
        inState = new WaitingInState(
                getKeyedStateBackend(),
                (InternalListState<String, Long, Sighting>)
                        getOrCreateKeyedState(LongSerializer.INSTANCE, WaitingInState.described()),
                timers);
        var openUntil = RecentValueState.of(getRuntimeContext().getState(Gates.described()), this, Gates::kilobytes);
        var firsts = new FirstSteps(this, (InternalListState<String, Long, Observation>)
                getOrCreateKeyedState(LongSerializer.INSTANCE, FirstSteps.described()));
        gates = new Gates(steps, openUntil, firsts);
        // What has come together with the end of something is forgotten together with it, and not looked at once more.
        looks = new Looks<>(this, (group, end) -> gates.look(letThroughUpTo));
        // Of one watermark these fire last: Flink takes its services by the hash of their names, to which a test holds
        // it.
        looks.timedBy(getInternalTimerService("close", VoidNamespaceSerializer.INSTANCE, looks));
        gates.closeWith(looks);
        duplicates = Count.open(getRuntimeContext(), "duplicates");
        inMemory = new WaitingInMemory();
        ways = new WaysOut(output);
        knowsKeyAlone = !RecentValueState.isOnHeap(this);
        if (knowsKeyAlone) {
            looks.forEachKeyInState((group, time) -> gates.expect());
        }
    }

    /**
     * Sources that have nothing to read are no reason to be idle: the timers of the last watermark may still fire, between
     * checkpoints, and their watermark goes on when they all have. If this stage passed for idle until then, the stages
     * behind it would go by the time of the others, and hold no repeats back any more.
     */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // Never idle, and so never active again.
    }

    @Override
    public void processElement(StreamRecord<Sighting> record) throws Exception {
        Sighting sighting = record.getValue();
        if (passedBefore > Long.MIN_VALUE) {
            goOnFromBefore();
            setCurrentKey(sighting.group());
        }
        long at = sighting.atMillis();
        if (at <= timers.currentWatermark()) {
            if (inState.holdsUpTo(letThroughUpTo)) {
                finishWatermark(sighting);
            }
            letThrough(List.of(sighting), true);
            ways.leaveTogether();
        } else {
            inMemory.add(sighting);
            if (knowsKeyAlone && inMemory.size() > MOST_IN_MEMORY) {
                keepAllInState();
            }
        }
    }

    /** Between the timers of a watermark records may come. None overtakes what the watermark has passed and no timer let go yet. */
    private void finishWatermark(Sighting before) throws Exception {
        getTimeServiceManager().orElseThrow().advanceWatermark(new Watermark(letThroughUpTo));
        setCurrentKey(before.group());
    }

    /** What a checkpoint holds is what is in state. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        keepAllInState();
        looks.keepInState();
        gates.write();
    }

    private void keepAllInState() throws Exception {
        keepInState(inMemory.takeAll());
    }

    private void keepInState(List<Sighting> sightings) throws Exception {
        for (Sighting sighting : sightings) {
            setCurrentKey(sighting.group());
            inState.add(sighting);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        goOnFromBefore();
        if (mark.getTimestamp() > letThroughUpTo) {
            letThroughUpTo(mark);
        }
    }

    private void goOnFromBefore() throws Exception {
        long before = passedBefore;
        passedBefore = Long.MIN_VALUE;
        if (before > Long.MIN_VALUE) {
            letThroughUpTo(new Watermark(before));
        }
    }

    private void letThroughUpTo(Watermark mark) throws Exception {
        letThroughUpTo = mark.getTimestamp();
        List<Sighting> due = inMemory.takeUntil(letThroughUpTo);
        if (inState.holdsUpTo(letThroughUpTo)) {
            keepInState(due);
            looks.lookByTimersUpTo(letThroughUpTo);
        } else {
            letThroughInOrder(due);
            looks.lookUpTo(letThroughUpTo);
        }
        super.processWatermark(mark);
    }

    private void letThroughInOrder(List<Sighting> due) throws Exception {
        due.sort(OrderObservations::byTimeAndGroup);
        int from = 0;
        for (int to = 1; to <= due.size(); to++) {
            Sighting first = due.get(from);
            if (to == due.size() || !isSameMoment(first, due.get(to))) {
                setCurrentKey(first.group());
                letThroughOfOneMoment(due.subList(from, to));
                from = to;
            }
        }
        ways.leaveTogether();
    }

    /** In one piece, because much is compared. */
    private static int byTimeAndGroup(Sighting one, Sighting other) {
        int order = Long.compare(one.atMillis(), other.atMillis());
        return order != 0 ? order : one.group().compareTo(other.group());
    }

    private static boolean isSameMoment(Sighting one, Sighting other) {
        return one.atMillis() == other.atMillis() && one.group().equals(other.group());
    }

    @Override
    public void onEventTime(InternalTimer<String, Long> timer) throws Exception {
        letThroughOfOneMoment(inState.take(timer.getKey(), timer.getNamespace()));
        ways.leaveTogether();
    }

    private void letThroughOfOneMoment(List<Sighting> due) throws Exception {
        if (due.size() > 1) {
            due.sort(Comparator.comparing(OrderObservations::eventOf)
                    .thenComparing(OrderObservations::isOfAlert)
                    .thenComparing(Sighting::id)
                    .thenComparingInt(this::firstTurn)
                    .thenComparing(this::byWhatTheySay)
                    .thenComparing(Sighting::first));
            countCopies(due);
        }
        letThrough(due, false);
    }

    /** Most copies are the same in everything, and to write one out takes longer than all else that is done with it. */
    private int byWhatTheySay(Sighting one, Sighting other) {
        if (one.equals(other)) {
            return 0;
        }
        int order = lasting(one).toString().compareTo(lasting(other).toString());
        return order != 0 ? order : whole(one).compareTo(whole(other));
    }

    /** What a sighting says whenever its event comes: what teaches is left out where it was known by then. */
    private List<Sighting.Matched> lasting(Sighting sighting) {
        return sighting.matched().stream()
                .filter(matched -> !teaches(steps.get(matched.step())))
                .toList();
    }

    private static String whole(Sighting sighting) {
        return sighting.event() + " " + sighting.matched();
    }

    private static boolean teaches(Steps.@Nullable Known step) {
        return step != null && step.teaches();
    }

    /** An alert comes with the event that it is about, and behind it: it is no event that this one follows. */
    private static String eventOf(Sighting sighting) {
        PackedEvent event = sighting.event();
        return event != null && isOfAlert(sighting) ? event.id() : sighting.id();
    }

    private static boolean isOfAlert(Sighting sighting) {
        return !sighting.matched().isEmpty()
                && sighting.matched().get(0).shown().containsKey(AlertRoutes.FOUND);
    }

    /** Copies of one event may differ in what does not matter; the same one comes first in every run. */
    private int firstTurn(Sighting sighting) {
        Steps.Known first = sighting.matched().isEmpty()
                ? null
                : steps.get(sighting.matched().get(0).step());
        return first == null ? Integer.MAX_VALUE : first.turn();
    }

    private void countCopies(List<Sighting> due) {
        for (int i = 1; i < due.size(); i++) {
            if (due.get(i).first() && due.get(i).id().equals(due.get(i - 1).id())) {
                duplicates.add();
            }
        }
    }

    /** Sightings of one moment, in order; of each event a step once, but for what each of its copies teaches. */
    private void letThrough(List<Sighting> sightings, boolean late) throws Exception {
        gates.enter();
        Set<Long> told = sightings.size() > 1 ? new HashSet<>() : Set.of();
        String of = "";
        for (int i = 0; i < sightings.size(); i++) {
            Sighting sighting = sightings.get(i);
            if (sightings.size() > 1 && !sighting.id().equals(of)) {
                told.clear();
                of = sighting.id();
            }
            for (int j = 0; j < sighting.matched().size(); j++) {
                Sighting.Matched matched = sighting.matched().get(j);
                Steps.Known step = steps.get(matched.step());
                // Null: switched off since the state was written.
                boolean isCopy = sightings.size() > 1 && !told.add(matched.step());
                if (step != null && (!isCopy || step.teaches())) {
                    boolean more = step.together() && hasMore(step, sightings, i, j + 1, told);
                    letThrough(step, late, sighting, matched, more);
                }
            }
        }
    }

    /** Whether the same event is a further step of the same detection, from one of its matches on. */
    private boolean hasMore(Steps.Known step, List<Sighting> sightings, int place, int from, Set<Long> told) {
        String id = sightings.get(place).id();
        for (int i = place; i < sightings.size() && sightings.get(i).id().equals(id); i++) {
            List<Sighting.Matched> matched = sightings.get(i).matched();
            for (int j = i == place ? from : 0; j < matched.size(); j++) {
                Steps.Known other = steps.get(matched.get(j).step());
                if (other != null && other.first() == step.first() && other.together() && !told.contains(other.id())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void letThrough(Steps.Known step, boolean late, Sighting sighting, Sighting.Matched matched, boolean more)
            throws Exception {
        long at = sighting.atMillis();
        boolean isFirst = step.number() == 0;
        if (step.gateMillis() > 0 && !isFirst && !gates.isOpen(step, at)) {
            return;
        }
        // What is late Flink CEP passes over.
        if (step.gateMillis() > 0 && !step.pair() && !late && isLeftOut(step, sighting)) {
            return;
        }
        Observation observation = step.observed(late, sighting, matched, more);
        if (step.gateMillis() > 0 && isFirst) {
            gates.open(step, at);
            if (step.pair()) {
                gates.keep(step, observation);
                return;
            }
        } else if (step.pair() && !late) {
            // With the time of the second, because that is when they are looked at.
            for (Observation first : gates.take(step, observation)) {
                ways.leave(step, first, at);
            }
        }
        ways.leave(step, observation, at);
    }

    /** Of a crowd of first steps. */
    private boolean isLeftOut(Steps.Known step, Sighting sighting) throws IOException {
        if (step.number() == 0) {
            return gates.isCrowded(step, sighting.atMillis())
                    && !(step.unfollowed() && isFollowedByItself(step, sighting));
        }
        if (step.unfollowed()) {
            gates.end(step);
        }
        return false;
    }

    /** It ends all first steps but its own. */
    private static boolean isFollowedByItself(Steps.Known first, Sighting sighting) {
        for (Sighting.Matched matched : sighting.matched()) {
            if (matched.step() == first.id() + 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onProcessingTime(InternalTimer<String, Long> timer) {
        throw new IllegalStateException("no timer of the wall clock is ever set");
    }
}
