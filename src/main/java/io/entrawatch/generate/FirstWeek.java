package io.entrawatch.generate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** The days on which most is played: those of the first week of the logs, whichever day it begins with. */
final class FirstWeek {

    static final int DAYS = 7;

    /** From Monday to Thursday, so that nobody's weekend begins before the night is over. */
    private static final int LAST_WITH_A_NIGHT = DayOfWeek.THURSDAY.getValue();

    private FirstWeek() {}

    /** The first so many working days; at least one, and five at most. */
    static List<LocalDate> workdays(LocalDate start, int days) {
        List<LocalDate> all =
                days(start, DAYS).filter(day -> !FailurePlan.isWeekend(day)).toList();
        long fitting =
                all.stream().filter(day -> day.isBefore(start.plusDays(days))).count();
        return all.subList(0, (int) Math.max(1, fitting));
    }

    /** Evenings of nights that belong to the week as a whole. */
    static List<LocalDate> evenings(LocalDate start) {
        return days(start, DAYS - 1)
                .filter(day -> day.getDayOfWeek().getValue() <= LAST_WITH_A_NIGHT)
                .toList();
    }

    private static Stream<LocalDate> days(LocalDate start, int count) {
        return start.datesUntil(start.plusDays(count));
    }
}
