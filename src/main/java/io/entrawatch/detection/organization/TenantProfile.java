package io.entrawatch.detection.organization;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.CidrSet;

/**
 * What is known about one tenant.
 *
 * @param zone where its calendar days begin and end
 * @param privileged ids and user principal names of privileged accounts, in lower case
 * @param vips ids and user principal names of very important people, in lower case
 * @param egress the addresses its own network and its VPN show to the world
 * @param vpnNetworks the numbers of networks that hide where a user is
 * @param lists what placeholders in rules stand for
 * @param expected how its people work
 */
public record TenantProfile(
        ZoneId zone,
        Set<String> privileged,
        Set<String> vips,
        CidrSet egress,
        Set<Long> vpnNetworks,
        Map<String, List<String>> lists,
        Expectations expected)
        implements Serializable {

    /** A tenant of which nothing else is known. */
    public static TenantProfile in(ZoneId zone) {
        return new TenantProfile(
                zone, Set.of(), Set.of(), CidrSet.EMPTY, Set.of(), ShippedLists.ALL, Expectations.NONE);
    }

    public boolean isPrivileged(@Nullable String idOrName) {
        return idOrName != null && !privileged.isEmpty() && privileged.contains(idOrName.toLowerCase(Locale.ROOT));
    }

    public boolean isVip(@Nullable String idOrName) {
        return idOrName != null && !vips.isEmpty() && vips.contains(idOrName.toLowerCase(Locale.ROOT));
    }

    /** True where the address is one of the tenant's own. */
    public boolean isEgress(@Nullable String address) {
        return egress.contains(address);
    }
}
