package io.entrawatch.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.Organization;
import io.entrawatch.detection.OrganizationFields;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.TravelDetection;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;
import io.entrawatch.rule.Rule;

/**
 * Asks every event every stateless question once. What one event decides becomes an alert; what takes more events
 * becomes an observation for the stage that remembers.
 */
@SuppressWarnings("NullAway.Init")
public final class ScreenEvents extends ProcessFunction<EntraEvent, Alert> {

    private static final long serialVersionUID = 1L;

    private final Catalogue catalogue;
    private final Organization organization;
    private transient Watches watches;
    private transient PresenceMarks presence;
    private transient Findings findings;
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
        findings = new Findings(catalogue);
        told = new ToldToday();
        screening = new Screening();
    }

    @Override
    public void processElement(EntraEvent event, Context context, Collector<Alert> alerts) {
        screening.begin(event, context, alerts);
        watches.of(event, screening);
        presence.mark(event, observation -> context.output(Stages.COMPARE, observation));
    }

    /** What is being done with one event. One object for all, because there is one for each record. */
    private final class Screening implements Consumer<Watches.Watch> {

        private @Nullable EntraEvent event;
        private @Nullable EventSummary summary;
        private Context context;
        private Collector<Alert> alerts;
        private boolean first;

        void begin(EntraEvent next, Context nextContext, Collector<Alert> nextAlerts) {
            event = next;
            summary = null;
            context = nextContext;
            alerts = nextAlerts;
            first = true;
        }

        @Override
        public void accept(Watches.Watch watch) {
            EntraEvent asked = Objects.requireNonNull(event, "an event is being screened");
            if (watch.to() == null) {
                findings.found(matched(watch, asked, summary()), alerts, context::output);
                return;
            }
            for (String key : watch.step().keys(watch.detection().name(), asked)) {
                observe(watch, key, asked, watch.to());
            }
        }

        private void observe(Watches.Watch watch, String key, EntraEvent asked, OutputTag<Observation> stage) {
            String value = watch.step().value(asked);
            if (watch.once() && !told.isNews(key, watch.number(), value, asked.atMillis())) {
                return;
            }
            Observation observation = new Observation(
                    key,
                    watch.detection().name(),
                    watch.number(),
                    first,
                    asked.atMillis(),
                    asked.id(),
                    watch.bare() ? null : summary(),
                    value,
                    Shown.level(watch.step().rule(), asked),
                    watch.bare() ? Map.of() : Shown.of(watch.step().rule(), asked),
                    watch.detection() instanceof TravelDetection ? travelFacts(asked) : null);
            context.output(stage, observation);
            first = false;
        }

        private EventSummary summary() {
            EventSummary made = summary;
            if (made == null) {
                made = EventSummary.of(Objects.requireNonNull(event, "an event is being screened"));
                summary = made;
            }
            return made;
        }
    }

    private static TravelFacts travelFacts(EntraEvent event) {
        boolean interactive = event.kind() != LogKind.NON_INTERACTIVE_SIGN_IN
                && !"false".equalsIgnoreCase(event.text(Field.INTERACTIVE));
        boolean managed = isTrue(event.text(Field.DEVICE_MANAGED)) || isTrue(event.text(Field.DEVICE_COMPLIANT));
        return new TravelFacts(interactive, event.text(Field.SESSION_ID), managed, isTrusted(event));
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
        return text != null && text.toLowerCase(Locale.ROOT).equals("true");
    }

    private static Alert matched(Watches.Watch watch, EntraEvent event, EventSummary summary) {
        Detection detection = watch.detection();
        String key = detection.name() + Step.SEPARATOR + event.tenant() + Step.SEPARATOR + event.id();
        Rule rule = watch.step().rule();
        Map<String, String> shown = Shown.of(rule, event);
        Observation observation = new Observation(
                key,
                detection.name(),
                0,
                true,
                event.atMillis(),
                event.id(),
                summary,
                null,
                Shown.level(rule, event),
                shown,
                null);
        String who = summary.user() == null ? "somebody" : summary.user();
        String whom = summary.target() == null ? "" : " on " + summary.target();
        Evidence evidence = new Evidence(1, 1, "events", Map.of(), shown, List.of(summary));
        return Alerts.of(detection, observation, event.activity() + whom + " by " + who, evidence);
    }
}
