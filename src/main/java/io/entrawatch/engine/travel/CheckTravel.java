package io.entrawatch.engine.travel;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Alert;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.TenantProfile;
import io.entrawatch.engine.AlertRoutes;
import io.entrawatch.engine.Steps;
import io.entrawatch.engine.state.RememberingFunction;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.TravelFacts;
import io.entrawatch.event.Place;

/**
 * Compares each sign-in with the user's other visits of the last days, earlier and, for late events, later ones. The
 * nearest in time that could not be reached makes the alert.
 */
public final class CheckTravel extends RememberingFunction<TravelHistory> {

    private static final long serialVersionUID = 1L;

    /** A user who was away this long is new again. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(FamiliarPlace.MOST_DAYS);

    /** On how many days of a month a place has to be visited to be the user's own. */
    private static final int FAMILIAR_DAYS = 3;

    private static final Comparator<Journey> NEAREST_FIRST = Comparator.comparing(Journey::took)
            .thenComparing(journey -> journey.from().id())
            .thenComparing(journey -> journey.to().id());

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Organization organization;

    /** Also those that are off, of which nothing comes here but the time to forget. */
    private final Map<Long, TravelDetection> detections;

    private final AlertRoutes routes;

    public CheckTravel(Catalogue catalogue, Organization organization) {
        super("travel-history", TravelHistory.class);
        this.detections = Steps.byNumber(catalogue.all(TravelDetection.class));
        this.routes = new AlertRoutes(catalogue);
        this.organization = organization;
    }

    @Override
    public void processElement(Observation visit, Context context, Collector<Alert> alerts) throws Exception {
        TravelDetection detection = detections.get(visit.key().detection());
        if (detection == null) {
            // Gone since the state was written.
            return;
        }
        long at = visit.atMillis();
        TravelHistory history = values.value();
        if (history == null || at - history.lastSeen > FORGOTTEN_AFTER.toMillis()) {
            history = TravelHistory.beginningAt(at);
        }
        if (history.knows(visit)) {
            return;
        }
        TravelFacts facts = visit.travel();
        Place place = facts == null ? null : facts.place();
        if (facts != null && place != null && !hidesItsPlace(visit.tenant(), facts, place)) {
            Alert alert = check(visit, detection, history);
            if (alert != null) {
                routes.found(alert, alerts, context::output);
            }
            history.add(
                    visit, Math.max(at, history.lastSeen) - detection.memory().toMillis());
            if (visit.step() == 0) {
                history.addFamiliar(place, Math.floorDiv(at, DAY_MILLIS));
            }
        }
        // A late one may be a copy of a visit that is not remembered any more.
        if (visit.step() == 0 && !visit.late()) {
            history.signIns = Math.min(history.signIns + 1, detection.learning().signIns());
        }
        history.lastSeen = Math.max(history.lastSeen, at);
        history.firstSeen = Math.min(history.firstSeen, at);
        lookNoLaterThan(at + detection.memory().toMillis(), history);
        values.update(history);
    }

    /** An address that many share, or that stands for another place, is no place to travel from or to. */
    private boolean hidesItsPlace(String tenant, TravelFacts facts, Place place) {
        TenantProfile profile = organization.profile(tenant);
        return facts.trusted() || profile.vpnNetworks().contains(place.asn()) || profile.isEgress(facts.address());
    }

    private static @Nullable Alert check(Observation visit, TravelDetection detection, TravelHistory history) {
        Journey journey = nearestImpossible(visit, detection, history.visits);
        if (journey == null) {
            return null;
        }
        long day = Math.floorDiv(visit.atMillis(), DAY_MILLIS);
        boolean familiar = history.familiarDays(journey.start(), day) >= FAMILIAR_DAYS
                && history.familiarDays(journey.end(), day) >= FAMILIAR_DAYS;
        boolean learning = isLearning(visit, detection, history);
        if (familiar || (learning && journey.distanceKm() < detection.learning().distanceKm())) {
            return null;
        }
        return TravelAlert.of(detection, journey, learning);
    }

    private static boolean isLearning(Observation visit, TravelDetection detection, TravelHistory history) {
        long known = visit.atMillis() - history.firstSeen;
        return history.signIns < detection.learning().signIns()
                && known < detection.learning().lasting().toMillis();
    }

    private static @Nullable Journey nearestImpossible(
            Observation visit, TravelDetection detection, List<Observation> visits) {
        Journey nearest = null;
        for (Observation other : visits) {
            Journey journey = Journey.mayBeImpossible(other, visit, detection) ? Journey.between(other, visit) : null;
            if (journey != null
                    && journey.isImpossible(detection)
                    && (nearest == null || NEAREST_FIRST.compare(journey, nearest) < 0)) {
                nearest = journey;
            }
        }
        return nearest;
    }

    private void lookNoLaterThan(long atMillis, TravelHistory history) {
        if (atMillis < history.wakeAt) {
            history.wakeAt = atMillis;
            looks.lookAt(atMillis, longestMemoryMillis());
        }
    }

    @Override
    protected void look(Key key, long time) throws Exception {
        TravelHistory history = values.value();
        if (history == null || time < history.wakeAt) {
            return;
        }
        long memory = longestMemoryMillis();
        history.forgetVisitsBefore(time - memory + 1);
        long end = history.lastSeen + FORGOTTEN_AFTER.toMillis() + 1;
        if (time >= end) {
            values.clear();
            return;
        }
        history.wakeAt = Long.MAX_VALUE;
        lookNoLaterThan(history.visits.isEmpty() ? end : history.latestVisit() + memory, history);
        values.update(history);
    }

    private long longestMemoryMillis() {
        long longest = 0;
        for (TravelDetection detection : detections.values()) {
            longest = Math.max(longest, detection.memory().toMillis());
        }
        return longest;
    }

    @Override
    protected int kilobytes(TravelHistory history) {
        return history.visits.size();
    }
}
