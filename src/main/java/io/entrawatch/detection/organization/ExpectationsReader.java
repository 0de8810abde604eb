package io.entrawatch.detection.organization;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/**
 * Reads the entries of a profile that are more than lists. Each also leaves a list of its name, so that a rule that asks
 * for it is off where it is absent.
 */
final class ExpectationsReader {

    private static final Set<String> DEVICES =
            Set.of(PrivilegedControls.MANAGED, PrivilegedControls.COMPLIANT, PrivilegedControls.HYBRID);

    private final YamlMapping profile;
    private final Map<String, List<String>> lists;
    private final Problems problems;

    private ExpectationsReader(YamlMapping profile, Map<String, List<String>> lists, Problems problems) {
        this.profile = profile;
        this.lists = lists;
        this.problems = problems;
    }

    /** @param lists where the names of what was read are left */
    static Expectations read(
            YamlMapping profile,
            ZoneId zone,
            Expectations inherited,
            Map<String, List<String>> lists,
            Problems problems) {
        return new ExpectationsReader(profile, lists, problems).read(zone, inherited);
    }

    private Expectations read(ZoneId zone, Expectations inherited) {
        WorkingTimeReader time = new WorkingTimeReader(profile, problems);
        BusinessHours hours = profile.has("business-hours") ? time.hours() : inherited.hours();
        Map<String, ZoneId> zones = countryZones(time, hours, inherited);
        Holidays holidays = profile.has("holidays") ? time.holidays() : inherited.holidays();
        leave("business-hours", hours == null ? List.of() : hours.days());
        leave("holidays", holidays.countries());
        return new Expectations(
                hours,
                holidays,
                zones,
                profile.has("required-attributes") ? attributes() : inherited.requiredAttributes(),
                profile.has("privileged-controls") ? controls() : inherited.controls(),
                profile.has("stationary") ? stationary() : inherited.stationary(),
                profile.has("legacy-auth-disabled-since") ? cutOff(zone) : inherited.legacyAuthDisabledSince());
    }

    /** Of one country in one profile there is one zone; beside the hours that a profile gives, no inherited one counts. */
    private Map<String, ZoneId> countryZones(
            WorkingTimeReader time, @Nullable BusinessHours hours, Expectations inherited) {
        boolean given = profile.has("country-zones");
        Map<String, ZoneId> zones = new HashMap<>(given ? time.countryZones() : inherited.countryZones());
        if (hours == null || !profile.has("business-hours")) {
            return Map.copyOf(zones);
        }
        new TreeMap<>(hours.zones()).forEach((country, zone) -> {
            if (!given) {
                zones.remove(country);
            } else if (!zone.equals(zones.getOrDefault(country, zone))) {
                profile.problem(
                        "country-zones",
                        country + " is " + zones.get(country) + " here and " + zone
                                + " in business-hours (expected: one zone)");
            }
        });
        return Map.copyOf(zones);
    }

    private void leave(String entry, List<String> names) {
        if (!profile.has(entry)) {
            return;
        }
        if (names.isEmpty()) {
            lists.remove(ListEntries.nameOf(entry));
        } else {
            lists.put(ListEntries.nameOf(entry), List.copyOf(names));
        }
    }

    private List<RequiredAttribute> attributes() {
        List<RequiredAttribute> attributes = new ArrayList<>();
        for (YamlNode item : profile.items("required-attributes")) {
            if (item.isScalar()) {
                if (item.text().isBlank()) {
                    problems.add(item.position(), "required-attributes: " + item.describe() + " (expected: a name)");
                }
                attributes.add(new RequiredAttribute(item.text(), null));
                continue;
            }
            YamlMapping attribute = new YamlMapping(item, problems);
            attributes.add(new RequiredAttribute(attribute.required("name"), form(attribute)));
            attribute.rejectOthers();
        }
        leave(
                "required-attributes",
                attributes.stream().map(RequiredAttribute::name).toList());
        return List.copyOf(attributes);
    }

    private static @Nullable Pattern form(YamlMapping attribute) {
        String text = attribute.optional("pattern");
        if (text == null) {
            return null;
        }
        Pattern pattern = text.isEmpty() ? null : ListedValue.compile(text);
        if (pattern == null) {
            attribute.problem("pattern", "'" + text + "' (expected: a regular expression such as [0-9]{6})");
        }
        return pattern;
    }

    private @Nullable PrivilegedControls controls() {
        YamlMapping entry = profile.mapping("privileged-controls");
        Whereabouts where = whereabouts(entry);
        rejectEmpty(entry, "devices");
        List<String> devices = entry.texts("devices");
        for (String device : devices) {
            if (!DEVICES.contains(device)) {
                entry.problem(
                        "devices",
                        "'" + device + "' (expected: managed, compliant, hybrid)"
                                + Problems.suggestion(device, DEVICES));
            }
        }
        entry.rejectOthers();
        List<String> names = new ArrayList<>();
        for (String control : List.of("countries", "networks", "devices")) {
            if (entry.get(control) != null) {
                names.add(control);
            }
        }
        leave("privileged-controls", names);
        return names.isEmpty() ? null : new PrivilegedControls(where, Set.copyOf(devices));
    }

    private List<StationaryGroup> stationary() {
        List<StationaryGroup> groups = new ArrayList<>();
        List<String> everybody = new ArrayList<>();
        for (YamlNode item : profile.items("stationary")) {
            YamlMapping group = new YamlMapping(item, problems);
            String name = group.required("name");
            List<String> users = values(group, "users", ListedValue.ACCOUNT);
            if (group.items("users").isEmpty()) {
                problems.add(item.position(), "users: missing (expected: ids or user principal names)");
            }
            Whereabouts home = whereabouts(group);
            if (group.get("countries") == null && group.get("networks") == null) {
                problems.add(item.position(), "stationary: no place (expected: countries, networks or both)");
            }
            group.rejectOthers();
            groups.add(new StationaryGroup(name, ProfileReader.folded(users), home));
            everybody.addAll(users);
        }
        leave("stationary", everybody);
        return List.copyOf(groups);
    }

    /** Where it is said and nothing is in it, nobody could ever be wrong. */
    private static void rejectEmpty(YamlMapping entry, String name) {
        if (entry.get(name) != null && entry.items(name).isEmpty()) {
            entry.problem(name, "an empty list (expected: one value or more, or no entry)");
        }
    }

    private Whereabouts whereabouts(YamlMapping entry) {
        rejectEmpty(entry, "countries");
        rejectEmpty(entry, "networks");
        return new Whereabouts(
                Set.copyOf(values(entry, "countries", ListedValue.COUNTRY)),
                ProfileReader.blocks(values(entry, "networks", ListedValue.BLOCK)));
    }

    private List<String> values(YamlMapping entry, String name, ListedValue kind) {
        List<String> values = new ArrayList<>();
        for (YamlNode item : entry.items(name)) {
            String value = kind.read(name, item, problems);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private @Nullable Instant cutOff(ZoneId zone) {
        String entry = "legacy-auth-disabled-since";
        String text = profile.optional(entry);
        leave(entry, text == null ? List.of() : List.of(text));
        if (text == null) {
            return null;
        }
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            profile.problem(
                    entry,
                    "'" + text + "' (expected: a day such as 2026-03-02, or a time in UTC such as"
                            + " 2026-03-02T09:15:42Z)");
            return null;
        }
    }
}
