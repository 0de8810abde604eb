package io.entrawatch.detection.organization;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Days on which nobody works, by country.
 *
 * @param dates of one year
 * @param yearly of every year
 */
public record Holidays(Map<String, Set<LocalDate>> dates, Map<String, Set<MonthDay>> yearly) implements Serializable {

    /** In the place of a country: the holidays of all. */
    static final String ALL = "ALL";

    static final Holidays NONE = new Holidays(Map.of(), Map.of());

    /** The countries that have any. */
    List<String> countries() {
        return dates.keySet().stream().sorted().toList();
    }

    public boolean include(LocalDate day, @Nullable String country) {
        return includeFor(day, ALL) || (country != null && includeFor(day, country));
    }

    private boolean includeFor(LocalDate day, String country) {
        return dates.getOrDefault(country, Set.of()).contains(day)
                || yearly.getOrDefault(country, Set.of()).contains(MonthDay.from(day));
    }
}
