package io.entrawatch.detection.organization;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * When people work.
 *
 * @param countries other hours, by country
 * @param zones the time zones that are given beside them
 */
public record BusinessHours(Daily everywhere, Map<String, Daily> countries, Map<String, ZoneId> zones)
        implements Serializable {

    static final int MINUTES_OF_DAY = 24 * 60;

    /**
     * The same hours on some days of the week.
     *
     * @param from the first minute of the day that counts
     * @param to the first that no longer does; where it is not after {@code from}, it is one of the next day
     */
    public record Daily(EnumSet<DayOfWeek> days, int from, int to) implements Serializable {

        private boolean covers(LocalDateTime at) {
            int minute = at.getHour() * 60 + at.getMinute();
            if (from < to) {
                return days.contains(at.getDayOfWeek()) && minute >= from && minute < to;
            }
            boolean evening = days.contains(at.getDayOfWeek()) && minute >= from;
            boolean morning = days.contains(at.getDayOfWeek().minus(1)) && minute < to;
            return evening || morning;
        }
    }

    /** The names of the working days. */
    List<String> days() {
        return everywhere.days().stream()
                .map(day -> day.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** {@code hours}, {@code off-hours} or {@code weekend}, by the clocks of the country. */
    String kindOf(LocalDateTime at, @Nullable String country) {
        Daily daily = country == null ? everywhere : countries.getOrDefault(country, everywhere);
        if (daily.covers(at)) {
            return "hours";
        }
        return daily.days().contains(at.getDayOfWeek()) ? "off-hours" : "weekend";
    }
}
