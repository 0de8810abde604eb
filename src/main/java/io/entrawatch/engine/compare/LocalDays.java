package io.entrawatch.engine.compare;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;

/** Windows of one calendar day in the tenant's zone: 24 hours, and 23 or 25 where the clocks change. */
public final class LocalDays extends WindowAssigner<Observations, TimeWindow> {

    private static final long serialVersionUID = 1L;

    private final Organization organization;

    /** The day that was met last, because most events are of the same. */
    private transient @Nullable TimeWindow latest;

    private transient @Nullable ZoneId zoneOfLatest;

    public LocalDays(Organization organization) {
        this.organization = organization;
    }

    @Override
    public Collection<TimeWindow> assignWindows(Observations together, long timestamp, WindowAssignerContext context) {
        ZoneId zone = organization.profile(together.key().tenant()).zone();
        List<TimeWindow> days = new ArrayList<>(1);
        TimeWindow day = null;
        for (Observation observation : together.all()) {
            if (day == null || !contains(day, observation)) {
                day = dayOf(observation, zone);
                days.add(day);
            }
        }
        return days;
    }

    private TimeWindow dayOf(Observation observation, ZoneId zone) {
        TimeWindow known = latest;
        if (known != null && zone.equals(zoneOfLatest) && contains(known, observation)) {
            return known;
        }
        LocalDate day =
                Instant.ofEpochMilli(observation.atMillis()).atZone(zone).toLocalDate();
        TimeWindow window = new TimeWindow(startOf(day, zone), startOf(day.plusDays(1), zone));
        latest = window;
        zoneOfLatest = zone;
        return window;
    }

    /** What goes on together may belong to several days. */
    static boolean contains(TimeWindow day, Observation observation) {
        return observation.atMillis() >= day.getStart() && observation.atMillis() < day.getEnd();
    }

    /** When a day begins, in milliseconds since 1970 UTC. */
    static long startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    @Override
    public Trigger<Observations, TimeWindow> getDefaultTrigger() {
        return new OnceForEachEvent();
    }

    @Override
    public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig config) {
        return new TimeWindow.Serializer();
    }

    @Override
    public boolean isEventTime() {
        return true;
    }

    @Override
    public String toString() {
        return "LocalDays";
    }
}
