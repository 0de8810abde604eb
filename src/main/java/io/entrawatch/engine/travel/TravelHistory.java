package io.entrawatch.engine.travel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.apache.flink.api.common.typeinfo.TypeInfo;

import io.entrawatch.engine.wire.Observation;
import io.entrawatch.event.Place;

/**
 * What is remembered of one user's travels: the last visits of each place for some days, the familiar places of a month,
 * and how long the user is known. Bounded: {@link #MOST_VISITS} and {@link #MOST_FAMILIAR}.
 */
@TypeInfo(TravelHistorySerializer.Factory.class)
public final class TravelHistory {

    static final int MOST_VISITS = 16;
    static final int MOST_FAMILIAR = 8;

    /** Of one place and network in the background. */
    static final int MOST_SESSIONS = 4;

    private static final Comparator<Observation> IN_ORDER =
            Comparator.comparingLong(Observation::atMillis).thenComparing(Observation::id);

    public long firstSeen;
    public long lastSeen;
    public int signIns;
    public long wakeAt;
    public List<Observation> visits;
    public List<FamiliarPlace> familiar;

    public TravelHistory() {
        visits = new ArrayList<>();
        familiar = new ArrayList<>();
    }

    static TravelHistory beginningAt(long atMillis) {
        TravelHistory history = new TravelHistory();
        history.firstSeen = atMillis;
        history.lastSeen = atMillis;
        history.wakeAt = Long.MAX_VALUE;
        return history;
    }

    /** A copy is of the same time, and a look at a time takes less than one at an id; what is the latest is new. */
    boolean knows(Observation visit) {
        if (visit.atMillis() > lastSeen) {
            return false;
        }
        for (Observation known : visits) {
            if (known.atMillis() == visit.atMillis() && known.id().equals(visit.id())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Remembers the last visit of each place and network; interactive ones by themselves, and in the background the last of a
     * few sessions, because a stolen one is known by where it was. What is out of date makes room first, whether it has been
     * looked at since or not.
     *
     * @param oldestMillis when the first was that is not out of date
     */
    void add(Observation visit, long oldestMillis) {
        for (int i = 0; i < visits.size(); i++) {
            Observation known = visits.get(i);
            if (isSamePlace(known, visit) && isSameSession(known, visit)) {
                if (known.atMillis() <= visit.atMillis()) {
                    visits.set(i, visit);
                }
                return;
            }
        }
        forgetVisitsBefore(oldestMillis);
        visits.add(visit);
        List<Observation> sessions = new ArrayList<>();
        for (Observation known : visits) {
            if (isSamePlace(known, visit)) {
                sessions.add(known);
            }
        }
        if (sessions.size() > MOST_SESSIONS) {
            visits.remove(earliest(sessions));
        }
        if (visits.size() > MOST_VISITS) {
            List<Observation> further = furtherSessions();
            visits.remove(earliest(further.isEmpty() ? visits : further));
        }
    }

    /** Those in the background that are not the last of their place. */
    private List<Observation> furtherSessions() {
        return visits.stream()
                .filter(visit -> visits.stream()
                        .anyMatch(other -> isSamePlace(visit, other) && IN_ORDER.compare(visit, other) < 0))
                .toList();
    }

    private static Observation earliest(List<Observation> of) {
        return of.stream().min(IN_ORDER).orElseThrow();
    }

    void forgetVisitsBefore(long atMillis) {
        visits.removeIf(visit -> visit.atMillis() < atMillis);
    }

    /** When the latest of the visits was, of which there is one. */
    long latestVisit() {
        long latest = Long.MIN_VALUE;
        for (Observation visit : visits) {
            latest = Math.max(latest, visit.atMillis());
        }
        return latest;
    }

    void addFamiliar(Place place, long day) {
        int cell = Geography.cell(place);
        for (int i = 0; i < familiar.size(); i++) {
            if (familiar.get(i).cell() == cell) {
                familiar.set(i, familiar.get(i).seenOn(day));
                return;
            }
        }
        familiar.add(new FamiliarPlace(cell, day, 1));
        if (familiar.size() > MOST_FAMILIAR) {
            familiar.remove(familiar.stream()
                    .min(Comparator.comparingLong(FamiliarPlace::lastDay).thenComparingInt(FamiliarPlace::cell))
                    .orElseThrow());
        }
    }

    int familiarDays(Place place, long day) {
        int cell = Geography.cell(place);
        for (FamiliarPlace known : familiar) {
            if (known.cell() == cell) {
                return known.daysUpTo(day);
            }
        }
        return 0;
    }

    private static boolean isSameSession(Observation a, Observation b) {
        return a.travel() == null
                || b.travel() == null
                || a.travel().interactive()
                || Objects.equals(a.travel().sessionId(), b.travel().sessionId());
    }

    private static boolean isSamePlace(Observation a, Observation b) {
        if (a.travel() == null || b.travel() == null) {
            return false;
        }
        Place one = a.travel().place();
        Place other = b.travel().place();
        return one != null
                && other != null
                && Geography.cell(one) == Geography.cell(other)
                && one.asn() == other.asn()
                && a.step() == b.step()
                && a.travel().interactive() == b.travel().interactive();
    }
}
