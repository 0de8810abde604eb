package io.entrawatch.engine.screen;

import java.util.ArrayList;
import java.util.List;

import org.apache.flink.util.OutputTag;

import io.entrawatch.detection.Step;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.event.EntraEvent;

/**
 * What an event matched, gathered for each of its groups by the same fields. One object for all events, because there are
 * several for each.
 */
final class Gathering {

    /** Groups by the same fields, on their way to the same stage. */
    private final Step.OfRule by;

    private final OutputTag<Sighting> to;

    private static final String[] NOT_ASKED = {};

    private String[] groups = NOT_ASKED;
    private boolean asked;
    private final List<Matches> matches = new ArrayList<>();

    /** The matches of one group, each in its turn, such as the first step of a sequence before the others. */
    private static final class Matches {
        private List<Sighting.Matched> matched = new ArrayList<>();
        private final List<Integer> turns = new ArrayList<>();
        private boolean withEvent;

        void add(int turn, boolean bare, Sighting.Matched match) {
            int place = turns.size();
            while (place > 0 && turns.get(place - 1) > turn) {
                place--;
            }
            turns.add(place, turn);
            matched.add(place, match);
            withEvent |= !bare;
        }

        List<Sighting.Matched> take() {
            List<Sighting.Matched> taken = matched;
            matched = new ArrayList<>();
            turns.clear();
            withEvent = false;
            return taken;
        }
    }

    Gathering(Step.OfRule by, OutputTag<Sighting> to) {
        this.by = by;
        this.to = to;
    }

    OutputTag<Sighting> to() {
        return to;
    }

    /** The event's groups, worked out once. */
    String[] groupsOf(EntraEvent event) {
        if (!asked) {
            asked = true;
            groups = by.groups(event);
            while (matches.size() < groups.length) {
                matches.add(new Matches());
            }
        }
        return groups;
    }

    /** Those that were worked out; none, where nobody asked. */
    String[] groups() {
        return groups;
    }

    void add(int group, Watches.Watch watch, Sighting.Matched match) {
        matches.get(group).add(watch.turn(), watch.bare(), match);
    }

    boolean isEmpty(int group) {
        return matches.get(group).matched.isEmpty();
    }

    /** Whether an alert may show the event. */
    boolean isWithEvent(int group) {
        return matches.get(group).withEvent;
    }

    List<Sighting.Matched> take(int group) {
        return matches.get(group).take();
    }

    void forgetEvent() {
        groups = NOT_ASKED;
        asked = false;
    }
}
