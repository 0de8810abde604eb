package io.entrawatch.detection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.entrawatch.event.Cidr;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlDocuments;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/** Reads {@code organization.yaml}: what holds for all tenants, then each tenant's own. */
public final class OrganizationReader {

    private static final long LARGEST_NETWORK = 0xFFFF_FFFFL;

    private final Problems problems;

    private OrganizationReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @throws UncheckedIOException if it cannot be read at all
     */
    public static Organization read(Path file, Problems problems) {
        try {
            return read(file.toString(), Files.readString(file), problems);
        } catch (IOException e) {
            throw new UncheckedIOException("organization: " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Organization read(String file, String text, Problems problems) {
        List<YamlNode> documents = YamlDocuments.read(file, text, problems);
        return documents.isEmpty()
                ? Organization.UNKNOWN
                : new OrganizationReader(problems).readAll(new YamlMapping(documents.get(0), problems));
    }

    private Organization readAll(YamlMapping document) {
        TenantProfile others = readProfile(document.mapping("defaults"), Organization.UNKNOWN.others());
        Map<String, TenantProfile> tenants = new LinkedHashMap<>();
        for (YamlNode item : document.items("tenants")) {
            YamlMapping tenant = new YamlMapping(item, problems);
            String id = tenant.required("id").toLowerCase(Locale.ROOT);
            tenant.optional("name");
            if (tenants.put(id, readProfile(tenant, others)) != null) {
                tenant.problem("id", id + " is given twice");
            }
        }
        document.rejectOthers();
        return new Organization(tenants, others);
    }

    /** A tenant's own lists take the place of the shared ones; what it does not give, it inherits. */
    private TenantProfile readProfile(YamlMapping profile, TenantProfile inherited) {
        TenantProfile read = new TenantProfile(
                profile.zone("zone", inherited.zone()),
                names(profile, "privileged-accounts", inherited.privileged()),
                names(profile, "vips", inherited.vips()),
                blocks(profile, inherited.egress()),
                networks(profile, inherited.vpnNetworks()),
                lists(profile.mapping("lists"), inherited.lists()));
        if (profile != null && !profile.names().isEmpty()) {
            profile.rejectOthers();
        }
        return read;
    }

    private static Set<String> names(YamlMapping profile, String entry, Set<String> inherited) {
        if (!profile.has(entry)) {
            return inherited;
        }
        Set<String> names = new HashSet<>();
        profile.texts(entry).forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private List<Cidr> blocks(YamlMapping profile, List<Cidr> inherited) {
        if (!profile.has("egress")) {
            return inherited;
        }
        List<Cidr> blocks = new ArrayList<>();
        for (YamlNode item : profile.items("egress")) {
            try {
                blocks.add(Cidr.parse(item.text()));
            } catch (IllegalArgumentException e) {
                problems.add(item.position(), "egress: " + e.getMessage());
            }
        }
        return blocks;
    }

    private Set<Long> networks(YamlMapping profile, Set<Long> inherited) {
        if (!profile.has("vpn-networks")) {
            return inherited;
        }
        Set<Long> networks = new HashSet<>();
        for (YamlNode item : profile.items("vpn-networks")) {
            String digits = item.text().replaceFirst("(?i)^AS", "");
            if (digits.matches("\\d{1,10}") && Long.parseLong(digits) <= LARGEST_NETWORK) {
                networks.add(Long.parseLong(digits));
            } else {
                problems.add(
                        item.position(), "vpn-networks: " + item.describe() + " (expected: a number such as AS64500)");
            }
        }
        return networks;
    }

    private static Map<String, List<String>> lists(YamlMapping lists, Map<String, List<String>> inherited) {
        Map<String, List<String>> read = new HashMap<>(inherited);
        for (String name : lists.names()) {
            List<String> values = lists.texts(name);
            if (values.isEmpty()) {
                read.remove(name);
            } else {
                read.put(name, values);
            }
        }
        return read;
    }
}
