package io.entrawatch.detection.organization;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.entrawatch.event.Cidr;
import io.entrawatch.event.CidrSet;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlMapping;

/** Reads what is known about one tenant, or about all; what a profile does not give, it inherits. */
final class ProfileReader {

    private final YamlMapping profile;
    private final TenantProfile inherited;
    private final Problems problems;

    private ProfileReader(YamlMapping profile, TenantProfile inherited, Problems problems) {
        this.profile = profile;
        this.inherited = inherited;
        this.problems = problems;
    }

    static TenantProfile read(YamlMapping profile, TenantProfile inherited, Problems problems) {
        return new ProfileReader(profile, inherited, problems).read();
    }

    private TenantProfile read() {
        ZoneId zone = profile.zone("zone", inherited.zone());
        Map<String, List<String>> lists = ListEntries.read(profile, inherited.lists(), problems);
        Expectations expected = ExpectationsReader.read(profile, zone, inherited.expected(), lists, problems);
        TenantProfile read = new TenantProfile(
                zone,
                isInherited(lists, "privileged_accounts")
                        ? inherited.privileged()
                        : folded(lists.getOrDefault("privileged_accounts", List.of())),
                isInherited(lists, "vips") ? inherited.vips() : folded(lists.getOrDefault("vips", List.of())),
                isInherited(lists, "egress") ? inherited.egress() : blocks(lists.getOrDefault("egress", List.of())),
                networks(lists.getOrDefault("vpn_networks", List.of())),
                Map.copyOf(lists),
                expected);
        profile.rejectOthers();
        return read;
    }

    /** Tenants share what they inherit, however long it is. */
    private boolean isInherited(Map<String, List<String>> lists, String list) {
        return lists.get(list) == inherited.lists().get(list);
    }

    static Set<String> folded(List<String> names) {
        Set<String> folded = new HashSet<>();
        names.forEach(name -> folded.add(name.toLowerCase(Locale.ROOT)));
        return Set.copyOf(folded);
    }

    static CidrSet blocks(List<String> texts) {
        List<Cidr> blocks = new ArrayList<>();
        texts.forEach(text -> blocks.add(Cidr.parse(text)));
        return CidrSet.of(blocks);
    }

    private static Set<Long> networks(List<String> numbers) {
        Set<Long> networks = new HashSet<>();
        numbers.forEach(number -> networks.add(Long.parseLong(number)));
        return Set.copyOf(networks);
    }
}
