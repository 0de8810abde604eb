package io.entrawatch.engine;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.FirstSeenDetection;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.MatchDetection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Sighting;

/** The steps of all detections by a number that fits into state: it depends on their names alone. */
public final class Steps implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * @param id the number of the step in state
     * @param number which of the detection's steps
     * @param turn see {@link Detection#turn}
     * @param to the stage that remembers; null for the comparison of days, see {@link Stages#COMPARE}
     * @param gateMillis how long after the first step of its sequence it is let through; zero for ever
     * @param first the number in state of the detection's first step, which stands for the detection
     * @param pair whether the sequence has a first and a second step, so that the first can wait for the second
     * @param unfollowed whether the sequence is a first step without a second
     * @param atLeastMillis how far apart the first and the second step have to be
     * @param eachLast whether each further second step is to be found as well
     * @param teaches whether it says what is known from now on, of which a part may have been left out: what was known
     * @param together whether the detection is asked only when it has all of its steps that an event is
     */
    public record Known(
            long id,
            String detection,
            int number,
            int turn,
            @Nullable OutputTag<Observation> to,
            long gateMillis,
            long first,
            boolean pair,
            boolean unfollowed,
            long atLeastMillis,
            boolean eachLast,
            boolean teaches,
            boolean together)
            implements Serializable {

        /** @param more see {@link Observation#more} */
        public Observation observed(boolean late, Sighting sighting, Sighting.Matched matched, boolean more) {
            return new Observation(
                    new Key(first, sighting.group()),
                    number,
                    sighting.atMillis(),
                    late,
                    sighting.id(),
                    sighting.event(),
                    matched.value(),
                    matched.level(),
                    matched.shown(),
                    matched.travel(),
                    more);
        }
    }

    private static final int FEWEST_PLACES = 1 << 10;

    /** By the lowest bits of the number, or behind: asked for every step of every sighting. */
    private @Nullable Known[] places = new Known[FEWEST_PLACES];

    private int size;

    public Steps(Catalogue catalogue) {
        Map<String, Integer> depths = catalogue.depths();
        for (Detection detection : catalogue.running()) {
            if (detection instanceof MatchDetection) {
                continue;
            }
            OutputTag<Observation> stage = Stages.of(detection, depths);
            int first = detection instanceof IncreaseDetection ? Observation.PRESENCE : 0;
            for (int number = first; number < detection.steps().size(); number++) {
                add(known(detection, number, stage));
            }
        }
    }

    private static Known known(Detection detection, int number, @Nullable OutputTag<Observation> stage) {
        long gate = 0;
        boolean pair = false;
        boolean unfollowed = false;
        long atLeast = 0;
        boolean eachLast = false;
        boolean together = detection instanceof CountDetection count && count.isDecidedByAnyOf(number);
        if (detection instanceof SequenceDetection sequence) {
            gate = sequence.within().toMillis();
            pair = sequence.isPair();
            unfollowed = sequence.isUnfollowed();
            atLeast = sequence.atLeast().toMillis();
            eachLast = sequence.isEachLast();
        }
        boolean teaches = detection instanceof FirstSeenDetection news && news.teaches(number);
        int turn = number == Observation.PRESENCE ? number : detection.turn(number);
        String name = detection.name();
        return new Known(
                of(name, number),
                name,
                number,
                turn,
                stage,
                gate,
                of(name, 0),
                pair,
                unfollowed,
                atLeast,
                eachLast,
                teaches,
                together);
    }

    private void add(Known step) {
        if (2 * size >= places.length) {
            @Nullable Known[] before = places;
            places = new Known[2 * before.length];
            for (Known known : before) {
                if (known != null) {
                    places[placeOf(known.id())] = known;
                }
            }
        }
        int place = placeOf(step.id());
        Known other = places[place];
        if (other != null) {
            throw new IllegalStateException(step.detection() + ": a name (expected: another one; its number is that of "
                    + other.detection() + ")");
        }
        places[place] = step;
        size++;
    }

    private int placeOf(long step) {
        int place = (int) step & places.length - 1;
        for (Known known = places[place]; known != null && known.id() != step; known = places[place]) {
            place = place + 1 & places.length - 1;
        }
        return place;
    }

    /** The number of a step. */
    public static long of(String detection, int number) {
        return Key.numberOf(detection) + number;
    }

    public static <D extends Detection> Map<Long, D> byNumber(List<D> detections) {
        Map<Long, D> byNumber = new HashMap<>();
        detections.forEach(detection -> byNumber.put(Key.numberOf(detection.name()), detection));
        return byNumber;
    }

    /** Null for a step of a detection that is off. */
    @Nullable
    public Known get(long step) {
        return places[placeOf(step)];
    }
}
