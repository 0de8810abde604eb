package io.entrawatch.engine.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * Looks at keys again when something of theirs may have ended. Nothing may be decided by it: a key is looked at a little
 * late, by a sixteenth of the span in question at most, so that many are at one time.
 *
 * <p>They wait in memory, because where logs are read faster than they were written most have ended within moments, and a
 * timer for each took a fifth of all that a job with the shipped catalogue does. What a checkpoint finds there gets its
 * timer, and so does a crowd.
 *
 * @param <K> the operator's key
 */
@SuppressWarnings("NullAway.Init")
public final class Looks<K> implements Triggerable<K, VoidNamespace> {

    /** More than this get timers. */
    static final int MOST_IN_MEMORY = 60_000;

    private static final int PARTS_OF_SPAN = 16;

    /** Looks at what a key has, which is the operator's current one. */
    public interface Look<K> {
        void at(K key, long time) throws Exception;
    }

    private final AbstractStreamOperator<?> operator;
    private final Look<K> look;
    private final TreeMap<Long, List<K>> inMemory = new TreeMap<>();
    private int size;
    /** Until then it is timers that look, as they do behind each watermark. */
    private long passed = Long.MIN_VALUE;

    private InternalTimerService<VoidNamespace> timers;

    public Looks(AbstractStreamOperator<?> operator, Look<K> look) {
        this.operator = operator;
        this.look = look;
    }

    public void timedBy(InternalTimerService<VoidNamespace> service) {
        timers = service;
    }

    /**
     * Goes through the keys that have a timer, each the operator's current one: when the job goes on from a checkpoint, all
     * that have something in state, because nothing is remembered without a look ahead. Flink's own lists of keys end with
     * the first key group, see {@link SeeksWithinKeyGroups}.
     */
    @SuppressWarnings("unchecked")
    public void forEachKeyInState(Look<K> visit) throws Exception {
        timers.forEachEventTimeTimer((none, time) -> visit.at((K) operator.getCurrentKey(), time));
    }

    /**
     * Lets the current key be looked at again.
     *
     * @param atMillis not before
     * @param spanMillis how long what may end then has lasted
     */
    @SuppressWarnings("unchecked")
    public void lookAt(long atMillis, long spanMillis) {
        long together = Long.highestOneBit(Math.max(PARTS_OF_SPAN, spanMillis) / PARTS_OF_SPAN);
        long at = atMillis + together - 1 & -together;
        if (at <= passed) {
            // Timers are firing: one more fires among them, where memory would be looked at with the next watermark.
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
            return;
        }
        inMemory.computeIfAbsent(at, end -> new ArrayList<>()).add((K) operator.getCurrentKey());
        size++;
        if (size > MOST_IN_MEMORY) {
            keepInState();
        }
    }

    /** Looks at those in memory whose time has come. */
    public void lookUpTo(long time) throws Exception {
        while (!inMemory.isEmpty() && inMemory.firstKey() <= time) {
            Map.Entry<Long, List<K>> due = inMemory.pollFirstEntry();
            size -= due.getValue().size();
            for (K key : due.getValue()) {
                operator.setCurrentKey(key);
                look.at(key, due.getKey());
            }
        }
        passed = time;
    }

    /** Has timers look at all up to then, and at what may have ended when others of that watermark have fired. */
    public void lookByTimersUpTo(long time) {
        keepInState();
        passed = time;
    }

    /** Gives those in memory their timers. */
    public void keepInState() {
        Object current = operator.getCurrentKey();
        inMemory.forEach((at, keys) -> {
            for (K key : keys) {
                operator.setCurrentKey(key);
                timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
            }
        });
        inMemory.clear();
        size = 0;
        if (current != null) {
            operator.setCurrentKey(current);
        }
    }

    @Override
    public void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
        look.at(timer.getKey(), timer.getTimestamp());
    }

    @Override
    public void onProcessingTime(InternalTimer<K, VoidNamespace> timer) {
        throw new IllegalStateException("no timer of the wall clock is ever set");
    }
}
