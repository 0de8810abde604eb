package io.entrawatch.engine;

import org.apache.flink.api.common.functions.MapFunction;

import io.entrawatch.alert.Alert;
import io.entrawatch.detection.Organization;
import io.entrawatch.detection.TenantProfile;
import io.entrawatch.event.EventSummary;

/** Raises alerts about privileged accounts and very important people by one level each, and says why. */
public final class RaiseLevels implements MapFunction<Alert, Alert> {

    private static final long serialVersionUID = 1L;

    private final Organization organization;

    public RaiseLevels(Organization organization) {
        this.organization = organization;
    }

    @Override
    public Alert map(Alert alert) {
        TenantProfile profile = organization.profile(alert.tenant());
        String privileged = null;
        String vip = null;
        for (EventSummary event : alert.evidence().events()) {
            for (String name : new String[] {event.userId(), event.user(), event.targetId(), event.target()}) {
                privileged = privileged == null && profile.isPrivileged(name) ? name : privileged;
                vip = vip == null && profile.isVip(name) ? name : vip;
            }
        }
        Alert raised = privileged == null ? alert : alert.raised("privileged account: " + privileged);
        return vip == null ? raised : raised.raised("VIP: " + vip);
    }
}
