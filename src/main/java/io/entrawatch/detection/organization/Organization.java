package io.entrawatch.detection.organization;

import java.io.Serializable;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.rule.Placeholders;

/**
 * What the organization told about itself: a profile for each tenant, and one for all others.
 *
 * @param profiles by tenant id in lower case
 */
public record Organization(Map<String, TenantProfile> profiles, TenantProfile others)
        implements Placeholders, Serializable {

    /** Nothing is known: days are those of UTC, and detections that need a list are off. */
    public static final Organization UNKNOWN = new Organization(Map.of(), TenantProfile.in(ZoneOffset.UTC));

    public TenantProfile profile(String tenant) {
        return profiles.getOrDefault(tenant, others);
    }

    /** The tenant of records that name none: the only one there is. */
    public String defaultTenant() {
        return profiles.size() == 1 ? profiles.keySet().iterator().next() : EntraEvent.UNKNOWN_TENANT;
    }

    /** The names of the lists that any tenant has. */
    public Set<String> lists() {
        Set<String> names = new TreeSet<>(others.lists().keySet());
        profiles.values().forEach(profile -> names.addAll(profile.lists().keySet()));
        return names;
    }

    @Override
    public Set<String> tenants() {
        return profiles.keySet();
    }

    @Override
    public Optional<List<String>> list(String tenant, String name) {
        return Optional.ofNullable(profile(tenant).lists().get(name));
    }

    @Override
    public Optional<List<String>> shared(String name) {
        return Optional.ofNullable(others.lists().get(name));
    }
}
