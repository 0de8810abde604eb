package io.entrawatch.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.flink.util.Collector;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.FirstSeenDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.engine.state.RememberingFunction;
import io.entrawatch.engine.wire.Hash;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.event.LongText;

/** Remembers the values of each group, and makes an alert of one that is new. */
public final class NoticeFirstSeen extends RememberingFunction<KnownValues> {

    private static final long serialVersionUID = 1L;

    private static final int VALUES_OF_KILOBYTE = 80;

    public static final long DAY_MILLIS = 24 * 60 * 60 * 1000L;

    /** Also those that are off, of which nothing comes here but the time to forget. */
    private final Map<Long, FirstSeenDetection> detections;

    private final AlertRoutes routes;

    public NoticeFirstSeen(Catalogue catalogue) {
        super("known-values", KnownValues.class);
        this.detections = Steps.byNumber(catalogue.all(FirstSeenDetection.class));
        this.routes = new AlertRoutes(catalogue);
    }

    @Override
    public void processElement(Observation observation, Context context, Collector<Alert> alerts) throws Exception {
        FirstSeenDetection detection = detections.get(observation.key().detection());
        String value = observation.value();
        if (detection == null || value == null || value.isEmpty()) {
            // Gone since the state was written, or nothing to be new.
            return;
        }
        KnownValues known = values.value();
        if (known == null) {
            known = new KnownValues();
        }
        long hash = Hash.ofName(value);
        int day = dayOf(observation.atMillis());
        int memory = (int) detection.memory().toDays();
        int seen = known.dayOf(hash);
        boolean isKnown = seen != KnownValues.UNKNOWN && day - seen < memory;
        // Where all that was learned is out of date, and may be forgotten already, the group is learned anew.
        boolean outOfDate = !isKnown && known.sizeOn(day, memory) == 0;
        long first = outOfDate ? Long.MAX_VALUE : known.firstMillis;
        boolean asked = observation.step() < detection.asked();
        if (asked && !isKnown && !known.isToldOn(day, hash) && isLearnt(first, observation, detection)) {
            routes.found(alert(detection, observation, known.sizeOn(day, memory)), alerts, context::output);
            if (!detection.teaches(observation.step())) {
                // What is asked about without being learned is told once a day.
                known.tell(hash, day);
                remember(day, memory, known);
            }
        }
        if (detection.teaches(observation.step()) && !(isKnown && detection.reminds())) {
            known.firstMillis = Math.min(first, observation.atMillis());
            known.see(hash, day);
            remember(day, memory, known);
        }
    }

    private void remember(int day, int memory, KnownValues known) throws Exception {
        lookNoLaterThan((day + memory) * DAY_MILLIS, known, memory);
        values.update(known);
    }

    private static boolean isLearnt(long firstMillis, Observation observation, FirstSeenDetection detection) {
        return detection.learning().isZero()
                || (firstMillis != Long.MAX_VALUE
                        && observation.atMillis() - firstMillis
                                >= detection.learning().toMillis());
    }

    private static int dayOf(long millis) {
        return (int) Math.floorDiv(millis, DAY_MILLIS);
    }

    private static Alert alert(FirstSeenDetection detection, Observation observation, int known) {
        Map<String, Double> facts = new TreeMap<>();
        if (detection.teaches(observation.step())) {
            facts.put("known_values", (double) known);
        }
        Map<String, String> notes = new TreeMap<>(observation.shown());
        String value = String.valueOf(observation.value());
        notes.put("new_value", LongText.cutValue(value.replace(Step.SEPARATOR, ' ')));
        Evidence evidence = new Evidence(1, 1, "new values", facts, notes, List.of(observation.evidence()));
        String reason = Subjects.of(observation) + ": " + what(detection, value, observation.shown());
        return Alerts.of(detection, observation, reason, evidence);
    }

    /** What is new, and what is shown beside it, each with the name of its field. */
    private static String what(FirstSeenDetection detection, String value, Map<String, String> shown) {
        Map<String, String> named = new LinkedHashMap<>();
        // A value of one field is a text of the log, which may hold anything.
        String[] parts =
                value.split(String.valueOf(Step.SEPARATOR), detection.values().size());
        for (int i = 0; i < parts.length; i++) {
            named.put(detection.values().get(i), LongText.cutValue(parts[i]));
        }
        new TreeMap<>(shown).forEach(named::putIfAbsent);
        // An id is better than nothing, and no better than a name.
        named.replaceAll((field, text) -> shown.isEmpty() ? text : Shown.withoutIds(text));
        return named.entrySet().stream()
                .filter(field -> !field.getValue().isBlank())
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(Shown.BETWEEN));
    }

    private void lookNoLaterThan(long atMillis, KnownValues known, int memory) {
        if (atMillis < known.wakeAt) {
            known.wakeAt = atMillis;
            looks.lookAt(atMillis, memory * DAY_MILLIS);
        }
    }

    @Override
    protected void look(Key key, long time) throws Exception {
        KnownValues known = values.value();
        if (known == null || time < known.wakeAt) {
            return;
        }
        FirstSeenDetection detection = detections.get(key.detection());
        int memory = detection == null ? 0 : (int) detection.memory().toDays();
        known.forgetBefore(dayOf(time) - memory + 1);
        if (known.size() == 0) {
            values.clear();
            return;
        }
        known.wakeAt = Long.MAX_VALUE;
        lookNoLaterThan((known.oldestDay() + memory) * DAY_MILLIS, known, memory);
        values.update(known);
    }

    @Override
    protected int kilobytes(KnownValues known) {
        return known.size() / VALUES_OF_KILOBYTE;
    }
}
