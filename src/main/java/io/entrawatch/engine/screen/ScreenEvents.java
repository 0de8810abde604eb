package io.entrawatch.engine.screen;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationFields;
import io.entrawatch.engine.AlertRoutes;
import io.entrawatch.engine.Alerts;
import io.entrawatch.engine.Shown;
import io.entrawatch.engine.Stages;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.PackedEvent;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.engine.wire.TravelFacts;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;
import io.entrawatch.rule.Rule;

/**
 * Asks every event every stateless question once. What one event decides becomes an alert; for what takes more events, each
 * group of the event gets a sighting, of which observations are made once it is in order, unless that would have to wait for a
 * date that is wrong.
 */
@SuppressWarnings("NullAway.Init")
public final class ScreenEvents extends ProcessFunction<EntraEvent, Alert> {

    private static final long serialVersionUID = 1L;

    private static final OutputTag<Sighting> OF_EVENTS = Stages.sightings(0);

    private final Catalogue catalogue;
    private final Organization organization;
    private transient Watches watches;
    private transient PresenceMarks presence;
    private transient AlertRoutes routes;
    private transient ToldToday told;
    private transient Screening screening;

    public ScreenEvents(Catalogue catalogue, Organization organization) {
        this.catalogue = catalogue;
        this.organization = organization;
    }

    @Override
    public void open(OpenContext context) {
        watches = new Watches(catalogue, new OrganizationFields(organization, catalogue.fields()));
        presence = new PresenceMarks(catalogue, organization);
        routes = new AlertRoutes(catalogue);
        told = new ToldToday();
        screening = new Screening(watches.gatherings());
    }

    @Override
    public void processElement(EntraEvent event, Context context, Collector<Alert> alerts) {
        screening.begin(event, context, alerts);
        watches.of(event, screening);
        screening.end();
        if (!event.isFuture()) {
            presence.mark(event, sighting -> context.output(OF_EVENTS, sighting));
        }
    }

    /** What is being done with one event. One object for all, because there is one for each record. */
    private final class Screening implements Consumer<Watches.Watch> {

        private final Gathering[] gatherings;
        private @Nullable EntraEvent event;
        private @Nullable EventSummary summary;
        private @Nullable PackedEvent packed;
        private final DataOutputSerializer packing = new DataOutputSerializer(PackedEvent.USUAL_SIZE);
        private Context context;
        private Collector<Alert> alerts;

        Screening(List<Gathering> gatherings) {
            this.gatherings = gatherings.toArray(new Gathering[0]);
        }

        void begin(EntraEvent next, Context nextContext, Collector<Alert> nextAlerts) {
            event = next;
            summary = null;
            packed = null;
            context = nextContext;
            alerts = nextAlerts;
        }

        @Override
        public void accept(Watches.Watch watch) {
            EntraEvent asked = event();
            if (watch.gathering() == Watches.ALONE) {
                alone(matched(watch, asked, summary()), asked);
                return;
            }
            if (asked.isFuture()) {
                return;
            }
            Gathering gathering = gatherings[watch.gathering()];
            String[] groups = gathering.groupsOf(asked);
            if (groups.length == 0) {
                return;
            }
            Sighting.Matched match = match(watch, asked);
            for (int i = 0; i < groups.length; i++) {
                if (!watch.once() || told.isNews(groups[i], match.step(), match.value(), asked.atMillis())) {
                    gathering.add(i, watch, match);
                }
            }
        }

        private void alone(Alert found, EntraEvent asked) {
            if (asked.isFuture()) {
                routes.told(found.withoutRepeats(), alerts);
            } else {
                routes.found(found, alerts, context::output);
            }
        }

        private static Sighting.Matched match(Watches.Watch watch, EntraEvent asked) {
            Rule rule = watch.step().rule();
            return new Sighting.Matched(
                    watch.stepNumber(),
                    watch.step().value(asked),
                    Shown.level(rule, asked),
                    watch.bare() ? Map.of() : Shown.of(rule, asked),
                    watch.detection() instanceof TravelDetection ? travelFacts(asked) : null);
        }

        /** Sends what was gathered: the event once for each of its groups. */
        void end() {
            EntraEvent seen = event();
            boolean first = true;
            for (Gathering gathering : gatherings) {
                String[] groups = gathering.groups();
                for (int i = 0; i < groups.length; i++) {
                    if (!gathering.isEmpty(i)) {
                        PackedEvent shown = gathering.isWithEvent(i) ? packed() : null;
                        context.output(
                                gathering.to(),
                                new Sighting(groups[i], first, seen.atMillis(), seen.id(), shown, gathering.take(i)));
                        first = false;
                    }
                }
                gathering.forgetEvent();
            }
        }

        private EntraEvent event() {
            return Objects.requireNonNull(event, "an event is being screened");
        }

        private EventSummary summary() {
            EventSummary made = summary;
            if (made == null) {
                made = EventSummary.of(event());
                summary = made;
            }
            return made;
        }

        private PackedEvent packed() {
            PackedEvent made = packed;
            if (made == null) {
                made = PackedEvent.of(summary(), packing);
                packed = made;
            }
            return made;
        }
    }

    private static TravelFacts travelFacts(EntraEvent event) {
        boolean managed = isTrue(event.text(Field.DEVICE_MANAGED)) || isTrue(event.text(Field.DEVICE_COMPLIANT));
        return new TravelFacts(
                isByHand(event),
                event.text(Field.SESSION_ID),
                managed,
                isTrusted(event),
                EventSummary.addressOf(event),
                event.place());
    }

    /** Sign-ins with a passkey are logged as if nobody were there. */
    private static boolean isByHand(EntraEvent event) {
        if (event.kind() != LogKind.NON_INTERACTIVE_SIGN_IN
                && !"false".equalsIgnoreCase(event.text(Field.INTERACTIVE))) {
            return true;
        }
        String method = event.text(Field.PRIMARY_METHOD);
        return method != null && (method.contains("FIDO2") || method.contains("Passkey"));
    }

    private static boolean isTrusted(EntraEvent event) {
        String[] types = event.fields().all(Field.NETWORK_TYPE);
        if (types == null) {
            return false;
        }
        for (String type : types) {
            if ("trustedNamedLocation".equalsIgnoreCase(type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTrue(@Nullable String text) {
        return "true".equalsIgnoreCase(text);
    }

    private static Alert matched(Watches.Watch watch, EntraEvent event, EventSummary summary) {
        Detection detection = watch.detection();
        Rule rule = watch.step().rule();
        Map<String, String> shown = Shown.of(rule, event);
        Observation observation = new Observation(
                Key.of(detection.name(), event.tenant() + Step.SEPARATOR + event.id()),
                0,
                event.atMillis(),
                false,
                event.id(),
                null,
                null,
                Shown.level(rule, event),
                shown,
                null);
        String who = summary.user() == null ? "somebody" : summary.user();
        String whom = summary.target() == null ? "" : " on " + summary.target();
        Evidence evidence = new Evidence(1, 1, "events", Map.of(), shown, List.of(summary));
        String reason = Shown.happened(summary) + whom + " by " + who + Shown.behind(summary.activity(), shown);
        return Alerts.of(detection, observation, reason, evidence);
    }
}
