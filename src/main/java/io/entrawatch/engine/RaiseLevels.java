package io.entrawatch.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

import org.apache.flink.api.common.functions.MapFunction;

import io.entrawatch.alert.Alert;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.TenantProfile;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;
import io.entrawatch.rule.Rule;

/**
 * Raises alerts about privileged accounts and very important people by one level each, and says why. A detection that
 * looks for privileged accounts has their level already, and one that counts what a whole tenant does is about nobody.
 */
public final class RaiseLevels implements MapFunction<Alert, Alert> {

    private static final long serialVersionUID = 1L;

    private static final Set<Field> OF_PRIVILEGED = EnumSet.of(
            Field.USER_IS_PRIVILEGED,
            Field.ACTOR_IS_PRIVILEGED,
            Field.TARGET_IS_PRIVILEGED,
            Field.USER_VIOLATED_CONTROLS);

    private static final Set<Field> OF_VIPS = EnumSet.of(Field.USER_IS_VIP, Field.ACTOR_IS_VIP, Field.TARGET_IS_VIP);

    private final Organization organization;
    private final Set<String> aboutNobody = new HashSet<>();
    private final Set<String> aboutPrivileged = new HashSet<>();
    private final Set<String> aboutVips = new HashSet<>();

    public RaiseLevels(Catalogue catalogue, Organization organization) {
        this.organization = organization;
        for (Detection detection : catalogue.running()) {
            if (detection instanceof IncreaseDetection || Catalogue.isOverAll(detection)) {
                aboutNobody.add(detection.name());
            }
            for (Rule rule : catalogue.rulesBehind(detection)) {
                if (!Collections.disjoint(rule.fields(), OF_PRIVILEGED)) {
                    aboutPrivileged.add(detection.name());
                }
                if (!Collections.disjoint(rule.fields(), OF_VIPS)) {
                    aboutVips.add(detection.name());
                }
            }
        }
    }

    @Override
    public Alert map(Alert alert) {
        if (aboutNobody.contains(alert.detection())) {
            return alert;
        }
        TenantProfile profile = organization.profile(alert.tenant());
        String privileged = null;
        String vip = null;
        for (EventSummary event : alert.evidence().events()) {
            for (String name : subjects(event)) {
                privileged = privileged == null && profile.isPrivileged(name) ? name : privileged;
                vip = vip == null && profile.isVip(name) ? name : vip;
            }
        }
        boolean known = privileged == null || aboutPrivileged.contains(alert.detection());
        Alert raised = known ? alert : alert.raised("privileged account: " + privileged);
        return vip == null || aboutVips.contains(alert.detection()) ? raised : raised.raised("VIP: " + vip);
    }

    /** Those whom something happened to. Administrators change accounts every day, and that alone is no reason. */
    private static String[] subjects(EventSummary event) {
        boolean audit = event.category().equals(LogKind.AUDIT.category());
        return audit ? new String[] {event.targetId(), event.target()} : new String[] {event.userId(), event.user()};
    }
}
