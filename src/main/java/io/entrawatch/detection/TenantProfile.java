package io.entrawatch.detection;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Cidr;
import io.entrawatch.event.IpAddress;

/**
 * What is known about one tenant.
 *
 * @param zone where its calendar days begin and end
 * @param privileged ids and user principal names of privileged accounts, in lower case
 * @param vips ids and user principal names of very important people, in lower case
 * @param egress the addresses its own network and its VPN show to the world
 * @param vpnNetworks the numbers of networks that hide where a user is
 * @param lists what placeholders in rules stand for
 */
public record TenantProfile(
        ZoneId zone,
        Set<String> privileged,
        Set<String> vips,
        List<Cidr> egress,
        Set<Long> vpnNetworks,
        Map<String, List<String>> lists)
        implements Serializable {

    public boolean isPrivileged(@Nullable String idOrName) {
        return idOrName != null && !privileged.isEmpty() && privileged.contains(idOrName.toLowerCase(Locale.ROOT));
    }

    public boolean isVip(@Nullable String idOrName) {
        return idOrName != null && !vips.isEmpty() && vips.contains(idOrName.toLowerCase(Locale.ROOT));
    }

    /** True where the address is one of the tenant's own. */
    public boolean isEgress(@Nullable String text) {
        if (egress.isEmpty()) {
            return false;
        }
        IpAddress address = IpAddress.parse(text);
        if (address == null) {
            return false;
        }
        for (Cidr block : egress) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
