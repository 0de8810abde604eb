package io.entrawatch.detection.organization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/**
 * Reads the lists of one profile: the entries that have a meaning of their own, and those under {@code lists}. Each is
 * known to rules by its name with underscores.
 */
public final class ListEntries {

    /** The entries that are lists, and what they list. */
    private static final Map<String, ListedValue> KNOWN = known();

    /** The entries that are more than lists. */
    private static final List<String> STRUCTURED = List.of(
            "business_hours",
            "holidays",
            "legacy_auth_disabled_since",
            "privileged_controls",
            "required_attributes",
            "stationary");

    private final YamlMapping profile;
    private final YamlMapping others;
    private final Problems problems;
    private final Map<String, List<String>> lists;

    private ListEntries(YamlMapping profile, Map<String, List<String>> inherited, Problems problems) {
        this.profile = profile;
        this.others = profile.mapping("lists");
        this.problems = problems;
        this.lists = new HashMap<>(inherited);
    }

    /** The inherited lists with those of the profile in their places. */
    static Map<String, List<String>> read(YamlMapping profile, Map<String, List<String>> inherited, Problems problems) {
        ListEntries entries = new ListEntries(profile, inherited, problems);
        KNOWN.forEach(entries::readKnown);
        entries.others.names().forEach(entries::readOther);
        return entries.lists;
    }

    private void readKnown(String entry, ListedValue kind) {
        String list = nameOf(entry);
        boolean own = profile.has(entry);
        if (own && others.has(list)) {
            problems.add(others.position(list), list + ": also given beside lists, as " + entry);
        }
        if (own) {
            keep(list, values(entry, profile.items(entry), kind));
        } else if (others.has(list)) {
            keep(list, values(list, others.items(list), kind));
        }
    }

    private void readOther(String list) {
        String entry = list.replace('_', '-');
        if (STRUCTURED.contains(nameOf(list))) {
            problems.add(others.position(list), list + ": not a plain list (expected: " + entry + " beside lists)");
        } else if (!KNOWN.containsKey(entry)) {
            keep(list, values(list, others.items(list), ListedValue.TEXT));
        } else if (list.indexOf('-') >= 0) {
            problems.add(
                    others.position(list), list + ": not a list of your own (expected: " + list + " beside lists)");
        }
    }

    private List<String> values(String entry, List<YamlNode> items, ListedValue kind) {
        List<String> values = new ArrayList<>(items.size());
        for (YamlNode item : items) {
            String value = kind.read(entry, item, problems);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** An empty list is as good as none; what comes with Entrawatch stays. */
    private void keep(String list, List<String> values) {
        List<String> all = new ArrayList<>(ShippedLists.ALL.getOrDefault(list, List.of()));
        all.addAll(values);
        if (all.isEmpty()) {
            lists.remove(list);
        } else {
            lists.put(list, List.copyOf(all));
        }
    }

    /** The entry that gives a list of this name, as organization.yaml has it. */
    public static String entryOf(String list) {
        String entry = list.replace('_', '-');
        return KNOWN.containsKey(entry) || STRUCTURED.contains(list) ? entry : list;
    }

    /** As {@link #entryOf}, with where it stands: lists of one's own have a place of their own. */
    public static String placeOf(String list) {
        return names().contains(list) ? entryOf(list) : list + " under lists";
    }

    /** What rules call the lists that have an entry of their own. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(STRUCTURED);
        KNOWN.keySet().forEach(entry -> names.add(nameOf(entry)));
        return names;
    }

    /** The name that rules have for an entry. */
    static String nameOf(String entry) {
        return entry.replace('-', '_');
    }

    private static Map<String, ListedValue> known() {
        Map<String, ListedValue> known = new LinkedHashMap<>();
        known.put("privileged-accounts", ListedValue.ACCOUNT);
        known.put("vips", ListedValue.ACCOUNT);
        for (String accounts : List.of(
                "approved-user-admins",
                "approved-inviters",
                "approved-account-sources",
                "entitlement-management-apps",
                "sync-accounts",
                "privileged-roles",
                "privileged-groups",
                "privileged-azure-roles",
                "important-apps")) {
            known.put(accounts, ListedValue.NAME);
        }
        known.put("approved-domains", ListedValue.DOMAIN);
        known.put("blocked-domains", ListedValue.DOMAIN);
        known.put("collaboration-domains", ListedValue.DOMAIN);
        known.put("user-naming", ListedValue.PATTERN);
        known.put("admin-naming", ListedValue.PATTERN);
        known.put("synchronised-naming", ListedValue.PATTERN);
        known.put("countries", ListedValue.COUNTRY);
        known.put("cities", ListedValue.CITY);
        known.put("egress", ListedValue.BLOCK);
        known.put("vpn-networks", ListedValue.NETWORK);
        known.put("home-tenants", ListedValue.TENANT);
        known.put("partner-tenants", ListedValue.TENANT);
        known.put("microsoft-tenants", ListedValue.TENANT);
        return known;
    }
}
