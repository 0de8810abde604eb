package io.entrawatch.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.AlertId;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.SequenceDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.event.EventSummary;

/** Finds the events of a sequence in order with Flink CEP, and makes an alert of each match. */
public final class FollowSequence extends PatternProcessFunction<Observation, Alert> {

    private static final long serialVersionUID = 1L;

    private final SequenceDetection detection;
    private final AlertRoutes routes;

    private FollowSequence(SequenceDetection detection, AlertRoutes routes) {
        this.detection = detection;
        this.routes = routes;
    }

    /** The alerts of one sequence, from the observations of its steps. */
    public static SingleOutputStreamOperator<Alert> in(
            KeyedStream<Observation, Key> observations, SequenceDetection detection, AlertRoutes routes) {
        return CEP.pattern(observations, patternOf(detection))
                .inEventTime()
                .process(new FollowSequence(detection, routes));
    }

    /**
     * Names the state of a sequence. Flink CEP refuses state whose steps have other names, so that the steps are part of
     * it.
     */
    public static String uidOf(SequenceDetection detection) {
        int steps = 0;
        for (int i = 0; i < detection.steps().size(); i++) {
            steps = 31 * steps + stepName(detection, i).hashCode();
        }
        return "follow-" + detection.name() + "-"
                + Integer.toHexString(detection.lastMissing() || detection.every() ? ~steps : steps);
    }

    /**
     * Where the last step is missing, each first one has a time of its own in which it does not come. Of two steps of which each
     * last one is told, a first one comes with each.
     */
    private static Pattern<Observation, ?> patternOf(SequenceDetection detection) {
        AfterMatchSkipStrategy skip = detection.lastMissing() || (detection.every() && !detection.isEachLast())
                ? AfterMatchSkipStrategy.noSkip()
                : AfterMatchSkipStrategy.skipPastLastEvent();
        Pattern<Observation, Observation> pattern =
                Pattern.<Observation>begin(stepName(detection, 0), skip).where(new IsStep(0));
        int last = detection.steps().size() - 1;
        for (int i = 1; i <= last; i++) {
            String name = stepName(detection, i);
            boolean missing = i == last && detection.lastMissing();
            Pattern<Observation, Observation> next = missing ? pattern.notFollowedBy(name) : pattern.followedBy(name);
            if (i == last && detection.every() && !detection.isPair()) {
                next = pattern.followedByAny(name);
            }
            pattern = next.where(detection.isPair() ? new IsStep(i) : new IsNextStep(detection, i));
        }
        return pattern.within(detection.within());
    }

    private static String stepName(SequenceDetection detection, int step) {
        return detection.steps().get(step).name();
    }

    @Override
    public void processMatch(Map<String, List<Observation>> match, Context context, Collector<Alert> alerts) {
        List<Observation> found = new ArrayList<>();
        int ofRule = -1;
        for (int i = 0; i < detection.steps().size(); i++) {
            for (Observation observation : match.getOrDefault(stepName(detection, i), List.of())) {
                if (detection.steps().get(i) instanceof Step.OfRule) {
                    ofRule = found.size();
                }
                found.add(observation);
            }
        }
        if (isInTime(millisOf(found))) {
            // The event of an alert only stands for many.
            routes.found(alert(found, ofRule < 0 ? found.size() - 1 : ofRule), alerts, context::output);
        }
    }

    /** By the times of the steps: an alert may be later than its event. */
    private static long millisOf(List<Observation> found) {
        return found.get(found.size() - 1).atMillis() - found.get(0).atMillis();
    }

    /** Flink CEP takes a first step that waited at its gate for one of the time of the second. */
    private boolean isInTime(long tookMillis) {
        return tookMillis >= detection.atLeast().toMillis()
                && tookMillis < detection.within().toMillis();
    }

    /** A sequence whose last step is missing is found when that step can no longer come. */
    private long decidedAt(List<Observation> found) {
        return detection.lastMissing()
                ? found.get(0).atMillis() + detection.within().toMillis()
                : found.get(found.size() - 1).atMillis();
    }

    /** @param subject which of the observations the alert is about */
    private Alert alert(List<Observation> found, int subject) {
        List<EventSummary> events = found.stream().map(Observation::evidence).toList();
        Observation last = found.get(found.size() - 1);
        EventSummary about = events.get(subject);
        Duration took = detection.lastMissing() ? detection.within() : Duration.ofMillis(millisOf(found));
        List<String> group = last.group();
        String whom = about.target() != null ? about.target() : Subjects.of(found.get(subject));
        StringBuilder reason = new StringBuilder(whom);
        for (int i = 0; i < events.size(); i++) {
            reason.append(i == 0 ? ": " : ", then ").append(words(found.get(i)));
        }
        if (detection.lastMissing()) {
            String missing = detection.steps().get(detection.steps().size() - 1).title();
            reason.append(", not followed by \"").append(missing).append("\" within ");
            reason.append(Spans.words(detection.within())).append(Shown.behind("", last.shown()));
        } else {
            reason.append(", ").append(Spans.words(took)).append(" apart");
        }
        int left = Math.max(0, events.size() - Evidence.MOST_EVENTS);
        List<String> triggers = found.stream().map(Observation::id).toList();
        String id = AlertId.of(last.tenant(), detection.name(), group, triggers);
        Map<String, Double> facts = new TreeMap<>();
        facts.put("steps", (double) events.size());
        return new Alert(
                id,
                detection.name(),
                detection.metadata().title(),
                decidedAt(found),
                last.tenant(),
                group,
                last.level() == null ? detection.metadata().level() : last.level(),
                List.of(),
                reason.toString(),
                new Evidence(
                        took.toSeconds(),
                        detection.within().toSeconds(),
                        "seconds",
                        facts,
                        new TreeMap<>(last.shown()),
                        List.copyOf(events.subList(left, events.size())),
                        Math.max(0, subject - left)),
                detection.every()
                        ? last.key().toString() + ' ' + userOf(about)
                        : last.key().toString(),
                detection.suppress().toMillis());
    }

    /** Some logs have names without ids. */
    private static @Nullable String userOf(EventSummary event) {
        String name = event.user();
        return event.userId() != null || name == null ? event.userId() : name.toLowerCase(Locale.ROOT);
    }

    /** The event of an alert only stands for many: who and where it was would be taken for those of all. */
    private static String words(Observation step) {
        String found = step.shown().get(AlertRoutes.FOUND);
        if (found != null) {
            return found;
        }
        EventSummary event = step.evidence();
        return Shown.happened(event) + " by "
                + (event.user() == null ? "somebody" : event.user())
                + (event.address() == null ? "" : " from " + event.address());
    }

    /** Of an event of its own; a last one that comes too early is passed over, and the sequence waits for another. */
    private static final class IsNextStep extends IterativeCondition<Observation> {
        private static final long serialVersionUID = 1L;
        private final int step;
        private final String first;
        private final String before;
        private final long atLeastMillis;

        IsNextStep(SequenceDetection detection, int step) {
            this.step = step;
            this.first = stepName(detection, 0);
            this.before = stepName(detection, step - 1);
            boolean isLast = step == detection.steps().size() - 1;
            this.atLeastMillis = isLast ? detection.atLeast().toMillis() : 0;
        }

        @Override
        public boolean filter(Observation observation, Context<Observation> context) throws Exception {
            if (observation.step() != step) {
                return false;
            }
            for (Observation last : context.getEventsForPattern(before)) {
                if (last.id().equals(observation.id())) {
                    return false;
                }
            }
            return atLeastMillis == 0
                    || observation.atMillis() - firstOf(context).atMillis() >= atLeastMillis;
        }

        private Observation firstOf(Context<Observation> context) throws Exception {
            return context.getEventsForPattern(first).iterator().next();
        }
    }

    private static final class IsStep extends SimpleCondition<Observation> {
        private static final long serialVersionUID = 1L;
        private final int step;

        IsStep(int step) {
            this.step = step;
        }

        @Override
        public boolean filter(Observation observation) {
            return observation.step() == step;
        }
    }
}
