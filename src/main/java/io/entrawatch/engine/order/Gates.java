package io.entrawatch.engine.order;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

import io.entrawatch.engine.Steps;
import io.entrawatch.engine.state.Looks;
import io.entrawatch.engine.state.RecentValueState;
import io.entrawatch.engine.wire.Observation;

/**
 * What of a group's sequences goes on to Flink CEP. A later step is let through only so long after a first one as the
 * sequence may take, because most follow nothing: a sign-in after a burst of failures is rare, a sign-in is not. Where a
 * sequence has two steps, its first ones wait here until a second comes, because most are followed by nothing, and what
 * CEP remembers of each costs many times as much. Of those of all other sequences CEP has to know, and goes through all of
 * them with each event: of a crowd it is told in part.
 *
 * <p>What waits is forgotten when nothing can follow it any more.
 */
@SuppressWarnings("NullAway.Init")
final class Gates {

    private static final Comparator<Observation> IN_ORDER =
            Comparator.comparingLong(Observation::atMillis).thenComparing(Observation::id);

    private static final int OPEN_OF_KILOBYTE = 8;

    /** Beside the names of detections: when the group is looked at. */
    private static final String WAKE = "";

    /** Before the name of a detection: until when its first steps are a crowd. No name begins so. */
    private static final char CROWD = '\n';

    /** So many first steps at once are no crowd. */
    static final int MOST_AT_ONCE = 256;

    private final Steps steps;
    /** Where there is one of a group, a look at it is ahead: {@link #expect} goes by that. */
    private final ValueState<Map<String, Long>> openUntil;

    private final FirstSteps firsts;

    private Looks<String> looks;
    private @Nullable Map<String, Long> ofGroup;

    Gates(Steps steps, ValueState<Map<String, Long>> openUntil, FirstSteps firsts) {
        this.steps = steps;
        this.openUntil = openUntil;
        this.firsts = firsts;
    }

    static ValueStateDescriptor<Map<String, Long>> described() {
        return new ValueStateDescriptor<>("open-until", Types.MAP(Types.STRING, Types.LONG));
    }

    /** About how many a group's gates take. */
    static int kilobytes(Map<String, Long> until) {
        return until.size() / OPEN_OF_KILOBYTE;
    }

    void closeWith(Looks<String> with) {
        looks = with;
    }

    /** The current group may have something from before. */
    void expect() throws IOException {
        RecentValueState.expect(openUntil);
        enter();
        for (String open : until().keySet()) {
            if (isOfDetection(open)) {
                firsts.expect(Steps.of(open, 0));
            }
        }
    }

    /** Writes what has changed, for a checkpoint to find it. */
    void write() throws IOException {
        RecentValueState.write(openUntil);
        firsts.write();
    }

    /** What is asked next is of the current key, whose state is read when it is asked for. */
    void enter() {
        ofGroup = null;
    }

    /** Whether a later step may follow a first one. */
    boolean isOpen(Steps.Known step, long at) throws IOException {
        return at < until().getOrDefault(step.detection(), Long.MIN_VALUE);
    }

    /** A first step has come. */
    void open(Steps.Known step, long at) throws IOException {
        Map<String, Long> until = until();
        long end = at + step.gateMillis();
        if (end > until.getOrDefault(step.detection(), Long.MIN_VALUE)) {
            until.put(step.detection(), end);
            lookNoLaterThan(end, until, step.gateMillis());
            openUntil.update(until);
        }
    }

    /**
     * Whether so many first steps have come, and none that ends them since, that this one is left out: {@link #MOST_AT_ONCE}
     * go on at once, and as many more in the sequence's time, evenly. One that went on came before by less than that part of
     * the time: so much too early is told what is missing, and so much less time has what has to come.
     */
    boolean isCrowded(Steps.Known first, long at) throws IOException {
        Map<String, Long> until = until();
        String crowd = CROWD + first.detection();
        long reserved = Math.max(at, until.getOrDefault(crowd, Long.MIN_VALUE));
        long apart = Math.max(1, first.gateMillis() / MOST_AT_ONCE);
        if (reserved + apart > at + MOST_AT_ONCE * apart) {
            return true;
        }
        until.put(crowd, reserved + apart);
        openUntil.update(until);
        return false;
    }

    /** A second step has come that ends all first ones. */
    void end(Steps.Known second) throws IOException {
        Map<String, Long> until = until();
        if (until.remove(CROWD + second.detection()) != null) {
            openUntil.update(until);
        }
    }

    private static boolean isOfDetection(String name) {
        return !name.equals(WAKE) && name.charAt(0) != CROWD;
    }

    private void lookNoLaterThan(long end, Map<String, Long> until, long spanMillis) {
        if (end < until.getOrDefault(WAKE, Long.MAX_VALUE)) {
            until.put(WAKE, end);
            looks.lookAt(end, spanMillis);
        }
    }

    /** Lets a first step wait for a second. */
    void keep(Steps.Known first, Observation observation) throws Exception {
        firsts.add(first.first(), observation);
    }

    /**
     * The first steps that a second one follows. They go on with it and wait here no more. Those for which it is too early go on
     * waiting; if there are none, the gate closes. Where each further second step is to be found as well, all wait on, and the
     * oldest goes with it: what an alert tells of a second step it tells once.
     */
    List<Observation> take(Steps.Known second, Observation observation) throws Exception {
        long at = observation.atMillis();
        List<Observation> followed = new ArrayList<>();
        List<Observation> waiting = new ArrayList<>();
        for (Observation first : firsts.get(second.first())) {
            long age = at - first.atMillis();
            // An event that matches both rules does not follow itself.
            if (age < second.atLeastMillis() || first.id().equals(observation.id())) {
                waiting.add(first);
            } else if (age < second.gateMillis()) {
                followed.add(first);
            }
        }
        if (followed.isEmpty()) {
            return followed;
        }
        if (second.eachLast()) {
            return List.of(Collections.min(followed, IN_ORDER));
        }
        followed.sort(IN_ORDER);
        waiting.removeIf(first -> at - first.atMillis() >= second.atLeastMillis());
        firsts.replace(second.first(), waiting);
        if (waiting.isEmpty()) {
            Map<String, Long> until = until();
            until.remove(second.detection());
            openUntil.update(until);
        }
        return followed;
    }

    private Map<String, Long> until() throws IOException {
        Map<String, Long> known = ofGroup;
        if (known == null) {
            known = openUntil.value();
            if (known == null) {
                known = new HashMap<>();
            }
            ofGroup = known;
        }
        return known;
    }

    /** Looks at what the current group has. */
    void look(long now) throws Exception {
        Map<String, Long> until = openUntil.value();
        if (until == null || now < until.getOrDefault(WAKE, Long.MIN_VALUE)) {
            return;
        }
        until.remove(WAKE);
        for (Map.Entry<String, Long> open : until.entrySet()) {
            if (!isOfDetection(open.getKey())) {
                continue;
            }
            long first = Steps.of(open.getKey(), 0);
            Steps.Known known = steps.get(first);
            if (known == null || open.getValue() <= now) {
                forget(first, Long.MAX_VALUE);
            } else if (known.pair()) {
                forget(first, now - known.gateMillis());
            }
        }
        until.values().removeIf(end -> end <= now);
        if (until.isEmpty()) {
            openUntil.clear();
        } else {
            long end = Collections.min(until.values());
            lookNoLaterThan(end, until, end - now);
            openUntil.update(until);
        }
    }

    /** Forgets the first steps up to then. */
    private void forget(long first, long upTo) throws Exception {
        List<Observation> left = new ArrayList<>();
        boolean all = true;
        for (Observation observation : firsts.get(first)) {
            if (observation.atMillis() > upTo) {
                left.add(observation);
            } else {
                all = false;
            }
        }
        if (!all) {
            firsts.replace(first, left);
        }
    }
}
