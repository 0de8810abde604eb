package io.entrawatch.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.AlertId;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.Organization;
import io.entrawatch.detection.OrganizationFields;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;
import io.entrawatch.event.LateEvent;
import io.entrawatch.event.LogKind;

/**
 * Asks every event every stateless question once. What one event decides becomes an alert; what takes more events
 * becomes an observation for the stage that remembers. Here each record of a source is counted: evaluated, late, or a
 * dead letter.
 */
@SuppressWarnings("NullAway.Init")
public final class ScreenEvents extends ProcessFunction<Decoded, Alert> {

    private static final long serialVersionUID = 1L;

    /** A copy of an event that comes within this time makes no second alert. */
    private static final long COPIES_WITHIN_MILLIS = 24 * 60 * 60 * 1000L;

    private final String source;
    private final Catalogue catalogue;
    private final Organization organization;
    private transient OrganizationFields told;
    private transient Watches watches;
    private transient PresenceMarks presence;
    private transient Count events;
    private transient Count evaluated;
    private transient Count late;
    private transient Count deadLetters;
    private transient Counts reasons;
    private transient Counts categories;

    public ScreenEvents(String source, Catalogue catalogue, Organization organization) {
        this.source = source;
        this.catalogue = catalogue;
        this.organization = organization;
    }

    @Override
    public void open(OpenContext context) {
        told = new OrganizationFields(organization, catalogue.fields());
        watches = new Watches(catalogue);
        presence = new PresenceMarks(catalogue, organization);
        String prefix = "source/" + source + "/";
        events = Count.open(getRuntimeContext(), prefix + "events");
        evaluated = Count.open(getRuntimeContext(), prefix + "evaluated");
        late = Count.open(getRuntimeContext(), prefix + "late");
        deadLetters = Count.open(getRuntimeContext(), prefix + "dead_letters");
        reasons = new Counts(getRuntimeContext(), "dead_letters/");
        categories = new Counts(getRuntimeContext(), "category/");
    }

    @Override
    public void processElement(Decoded decoded, Context context, Collector<Alert> alerts) {
        events.add();
        DeadLetter deadLetter = decoded.deadLetter();
        if (deadLetter != null) {
            deadLetters.add();
            reasons.add(deadLetter.reason());
            context.output(Stages.DEAD_LETTERS, deadLetter);
        }
        EntraEvent event = decoded.event();
        if (event != null) {
            categories.add(event.kind().category());
            countLateness(event, context);
            told.complete(event);
            screen(event, context, alerts);
        }
    }

    /** A late event is told and is still evaluated: the stages decide what their state allows. */
    private void countLateness(EntraEvent event, Context context) {
        long watermark = context.timerService().currentWatermark();
        if (event.atMillis() > watermark) {
            evaluated.add();
            return;
        }
        late.add();
        context.output(Stages.LATE, new LateEvent(source, EventSummary.of(event), watermark - event.atMillis()));
    }

    private void screen(EntraEvent event, Context context, Collector<Alert> alerts) {
        @Nullable EventSummary summary = null;
        boolean first = true;
        for (Watches.Watch watch : watches.of(event.kind())) {
            if (!watch.step().rule().matches(event)) {
                continue;
            }
            if (summary == null) {
                summary = EventSummary.of(event);
            }
            if (watch.to() == null) {
                alerts.collect(matched(watch.detection(), summary));
                continue;
            }
            String key = watch.step().key(watch.detection().name(), event);
            if (key != null) {
                TravelFacts travel = watch.to() == Stages.TRAVEL ? travelFacts(event) : null;
                context.output(
                        watch.to(),
                        new Observation(key, watch.detection().name(), watch.number(), first, summary, travel));
                first = false;
            }
        }
        presence.mark(event, observation -> context.output(Stages.COMPARE, observation));
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

    private static Alert matched(Detection detection, EventSummary event) {
        List<String> group = List.of(event.tenant(), event.id());
        String id = AlertId.of(event.tenant(), detection.name(), group, List.of(event));
        String who = event.user() == null ? "somebody" : event.user();
        String whom = event.target() == null ? "" : " on " + event.target();
        return new Alert(
                id,
                detection.name(),
                detection.metadata().title(),
                event.atMillis(),
                event.tenant(),
                group,
                detection.metadata().level(),
                List.of(),
                event.activity() + whom + " by " + who,
                new Evidence(1, 1, "events", Map.of(), Map.of(), List.of(event)),
                id,
                COPIES_WITHIN_MILLIS);
    }
}
