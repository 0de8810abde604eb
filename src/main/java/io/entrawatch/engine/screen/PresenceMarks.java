package io.entrawatch.engine.screen;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.engine.Steps;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.LogSource;

/**
 * Tells the comparison of days on which days a tenant's logs arrived at all, so that a day without a matching event is
 * told from a day without logs. Said at least once a day and tenant; saying it again changes nothing.
 */
final class PresenceMarks {

    private record Day(long startMillis, long endMillis, LocalDate date) {
        static Day of(long atMillis, ZoneId zone) {
            LocalDate date = Instant.ofEpochMilli(atMillis).atZone(zone).toLocalDate();
            return new Day(
                    date.atStartOfDay(zone).toInstant().toEpochMilli(),
                    date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli(),
                    date);
        }

        boolean contains(long atMillis) {
            return atMillis >= startMillis && atMillis < endMillis;
        }
    }

    private record Marked(long step, LogSource source) {}

    /** Names of tenants that are made up must not fill the memory. */
    private static final int MOST_TENANTS = 100_000;

    private final Organization organization;
    private final List<Marked> marked = new ArrayList<>();
    private final Map<LogSource, Map<String, Day>> saidToday = new HashMap<>();

    PresenceMarks(Catalogue catalogue, Organization organization) {
        this.organization = organization;
        for (IncreaseDetection detection : catalogue.running(IncreaseDetection.class)) {
            for (Step step : detection.steps()) {
                // Groups below the tenant are known only by their events.
                if (step instanceof Step.OfRule of && of.group().isEmpty()) {
                    marked.add(new Marked(
                            Steps.of(detection.name(), Observation.PRESENCE),
                            of.rule().source()));
                    saidToday.putIfAbsent(of.rule().source(), new HashMap<>());
                }
            }
        }
    }

    void mark(EntraEvent event, Consumer<Sighting> out) {
        Map<String, Day> days = saidToday.get(event.kind().source());
        if (days == null) {
            return;
        }
        Day said = days.get(event.tenant());
        if (said != null && said.contains(event.atMillis())) {
            return;
        }
        Day day = Day.of(event.atMillis(), organization.profile(event.tenant()).zone());
        if (days.size() == MOST_TENANTS) {
            days.clear();
        }
        days.put(event.tenant(), day);
        List<Sighting.Matched> present = new ArrayList<>();
        for (Marked detection : marked) {
            if (detection.source() == event.kind().source()) {
                present.add(Sighting.Matched.of(detection.step(), null));
            }
        }
        out.accept(new Sighting(event.tenant(), false, event.atMillis(), "presence " + day.date(), null, present));
    }
}
