package io.entrawatch.detection.organization;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/** Reads when people work, when they do not, and by which clocks. */
final class WorkingTimeReader {

    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})");
    private static final Map<String, DayOfWeek> DAYS = days();
    private static final EnumSet<DayOfWeek> MONDAY_TO_FRIDAY = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    private final YamlMapping profile;
    private final Problems problems;

    WorkingTimeReader(YamlMapping profile, Problems problems) {
        this.profile = profile;
        this.problems = problems;
    }

    @Nullable
    BusinessHours hours() {
        if (profile.get("business-hours") == null) {
            return null;
        }
        YamlMapping entry = profile.mapping("business-hours");
        entry.required("from");
        entry.required("to");
        BusinessHours.Daily everywhere = daily(entry, new BusinessHours.Daily(MONDAY_TO_FRIDAY, -1, -1));
        Map<String, BusinessHours.Daily> countries = new HashMap<>();
        Map<String, ZoneId> zones = new HashMap<>();
        byCountry(entry, "countries", false).forEach((country, node) -> {
            YamlMapping own = new YamlMapping(node, problems);
            countries.put(country, daily(own, everywhere));
            if (own.has("zone")) {
                YamlNode zone = own.get("zone");
                zones.put(country, zone == null ? ZoneOffset.UTC : zone("zone", zone, country));
            }
            own.rejectOthers();
        });
        entry.rejectOthers();
        return new BusinessHours(everywhere, Map.copyOf(countries), Map.copyOf(zones));
    }

    private BusinessHours.Daily daily(YamlMapping entry, BusinessHours.Daily otherwise) {
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (YamlNode item : entry.items("days")) {
            DayOfWeek day = DAYS.get(item.text().toLowerCase(Locale.ROOT));
            if (day == null) {
                problems.add(
                        item.position(),
                        "days: " + item.describe() + " (expected: " + String.join(", ", DAYS.keySet()) + ")");
            } else {
                days.add(day);
            }
        }
        int from = minute(entry, "from", otherwise.from(), BusinessHours.MINUTES_OF_DAY - 1);
        int to = minute(entry, "to", otherwise.to(), BusinessHours.MINUTES_OF_DAY);
        if (from == to && from >= 0) {
            rejectNoHours(entry);
        }
        return new BusinessHours.Daily(days.isEmpty() ? otherwise.days() : days, from, to);
    }

    /** Hours that begin when they end would be those of the whole day; one of the two may be inherited. */
    private static void rejectNoHours(YamlMapping entry) {
        String from = entry.optional("from");
        String to = entry.optional("to");
        if (from != null && to != null) {
            entry.problem("to", "the same as from (expected: a later time, or one of the next day)");
        } else if (from != null) {
            entry.problem("from", from + " is when the hours of all end (expected: another time, or to beside it)");
        } else if (to != null) {
            entry.problem("to", to + " is when the hours of all begin (expected: another time, or from beside it)");
        }
    }

    private static int minute(YamlMapping entry, String name, int otherwise, int latest) {
        String text = entry.optional(name);
        if (text == null) {
            return otherwise;
        }
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            int minute = Integer.parseInt(clock.group(1)) * 60 + Integer.parseInt(clock.group(2));
            if (minute <= latest && Integer.parseInt(clock.group(2)) < 60) {
                return minute;
            }
        }
        entry.problem(name, "'" + text + "' (expected: a time of day such as 07:00)");
        return -1;
    }

    Holidays holidays() {
        Map<String, Set<LocalDate>> dates = new HashMap<>();
        Map<String, Set<MonthDay>> yearly = new HashMap<>();
        byCountry(profile, "holidays", true).forEach((country, days) -> {
            for (YamlNode day : days.items()) {
                readHoliday(
                        day,
                        dates.computeIfAbsent(country, key -> new HashSet<>()),
                        yearly.computeIfAbsent(country, key -> new HashSet<>()));
            }
        });
        return dates.isEmpty() ? Holidays.NONE : new Holidays(Map.copyOf(dates), Map.copyOf(yearly));
    }

    private void readHoliday(YamlNode day, Set<LocalDate> dates, Set<MonthDay> yearly) {
        try {
            if (day.text().length() == "12-25".length()) {
                yearly.add(MonthDay.parse("--" + day.text()));
            } else {
                dates.add(LocalDate.parse(day.text()));
            }
        } catch (DateTimeException e) {
            problems.add(
                    day.position(),
                    "holidays: " + day.describe() + " (expected: a day such as 2026-12-25, or 12-25 of every year)");
        }
    }

    Map<String, ZoneId> countryZones() {
        Map<String, ZoneId> zones = new HashMap<>();
        byCountry(profile, "country-zones", false)
                .forEach((country, zone) -> zones.put(country, zone(country, zone, country)));
        return zones;
    }

    private ZoneId zone(String name, YamlNode entry, String country) {
        return YamlMapping.zone(name, entry, CountryZones.namesOf(country), problems);
    }

    private Map<String, YamlNode> byCountry(YamlMapping parent, String entry, boolean all) {
        Map<String, YamlNode> countries = new LinkedHashMap<>();
        YamlNode node = parent.get(entry);
        if (node == null) {
            return countries;
        }
        if (!node.isMapping()) {
            problems.add(node.position(), entry + ": " + node.describe() + " (expected: a mapping of countries)");
        }
        node.keys().forEach((key, value) -> {
            String country = all && key.text().equalsIgnoreCase(Holidays.ALL)
                    ? Holidays.ALL
                    : ListedValue.COUNTRY.read(entry, key, problems);
            if (country != null && countries.put(country, value) != null) {
                problems.add(key.position(), entry + ": " + country + " is given twice");
            }
        });
        return countries;
    }

    private static Map<String, DayOfWeek> days() {
        Map<String, DayOfWeek> days = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day.name().substring(0, 3).toLowerCase(Locale.ROOT), day);
        }
        return days;
    }
}
