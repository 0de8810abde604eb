package io.entrawatch.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

import io.entrawatch.detection.Organization;

/** Windows of one calendar day in the tenant's zone: 24 hours, and 23 or 25 where the clocks change. */
public final class LocalDays extends WindowAssigner<Observation, TimeWindow> {

    private static final long serialVersionUID = 1L;

    private final Organization organization;

    public LocalDays(Organization organization) {
        this.organization = organization;
    }

    @Override
    public Collection<TimeWindow> assignWindows(
            Observation observation, long timestamp, WindowAssignerContext context) {
        ZoneId zone = organization.profile(observation.tenant()).zone();
        LocalDate day = Instant.ofEpochMilli(timestamp).atZone(zone).toLocalDate();
        return List.of(new TimeWindow(startOf(day, zone), startOf(day.plusDays(1), zone)));
    }

    /** When a day begins, in milliseconds since 1970 UTC. */
    static long startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    @Override
    public Trigger<Observation, TimeWindow> getDefaultTrigger() {
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
