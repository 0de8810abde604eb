package io.entrawatch.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.flink.api.common.functions.MapFunction;

import io.entrawatch.alert.Alert;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.TenantProfile;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;
import io.entrawatch.rule.Rule;

/**
 * Raises alerts about privileged accounts and very important people by one level each, and says why. A detection that
 * looks for privileged accounts has their level already, and one that counts what a whole tenant does is about nobody.
 * Where a spray leads to a sign-in, the alert is about who signed in, not about one of all who failed.
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

    /** Of which steps the event only stands for the many people of a count, by detection. */
    private final Map<String, boolean[]> ofMany = new HashMap<>();

    public RaiseLevels(Catalogue catalogue, Organization organization) {
        this.organization = organization;
        Set<String> counts = new HashSet<>();
        catalogue.running(CountDetection.class).stream()
                .filter(count -> count.steps().stream().noneMatch(RaiseLevels::isOfOneUser))
                .forEach(count -> counts.add(count.name()));
        catalogue.running(CountDetection.class).forEach(count -> addOfMany(count, counts));
        for (SequenceDetection sequence : catalogue.running(SequenceDetection.class)) {
            int found = sequence.steps().size() - (sequence.lastMissing() ? 1 : 0);
            addOfMany(sequence.name(), sequence.steps().subList(0, found), counts);
        }
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

    private static boolean isOfOneUser(Step step) {
        return step instanceof Step.OfRule of
                && (of.group().contains(Field.USER_ID) || of.group().contains(Field.USER_PRINCIPAL_NAME));
    }

    /** What nothing but counts lead to is about those whom they show. */
    private void addOfMany(String detection, List<Step> inOrder, Set<String> counts) {
        boolean[] many = new boolean[inOrder.size()];
        int all = 0;
        for (int i = 0; i < many.length; i++) {
            many[i] = counts.contains(inOrder.get(i).name());
            all += many[i] ? 1 : 0;
        }
        if (all > 0 && all < many.length) {
            ofMany.put(detection, many);
        }
    }

    /** Where a rule has to come last, and all others are counts, which of them came does not matter. */
    private void addOfMany(CountDetection count, Set<String> counts) {
        if (count.last() == CountDetection.ANY) {
            return;
        }
        List<Step> inOrder = new ArrayList<>(count.steps().subList(0, count.counted()));
        inOrder.add(inOrder.remove(count.last()));
        if (inOrder.stream().limit(inOrder.size() - 1).allMatch(step -> counts.contains(step.name()))) {
            addOfMany(count.name(), inOrder, counts);
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
        List<EventSummary> events = alert.evidence().events();
        boolean[] many = ofMany.getOrDefault(alert.detection(), new boolean[events.size()]);
        // Of more steps than an alert shows, the last ones are there.
        int left = many.length - events.size();
        for (int i = 0; i < events.size(); i++) {
            // An alert on its way when the rules were changed may show more than they have now.
            if (left + i >= 0 && many[left + i]) {
                continue;
            }
            for (String name : subjects(events.get(i))) {
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
