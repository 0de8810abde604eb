package io.entrawatch.detection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.organization.OrganizationFields;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;
import io.entrawatch.event.Wanted;
import io.entrawatch.rule.Rule;

/**
 * The loaded detections: those that are on, and those that are off with the reason.
 *
 * @param entries what makes alerts
 * @param parts detections that only feed other ones
 */
public record Catalogue(List<Entry> entries, List<Entry> parts) implements Serializable {

    /** The depth of those that look at the alerts of all others, however deep these are: so that it never moves. */
    public static final int OVER_ALL = Integer.MAX_VALUE;

    /**
     * A loaded detection.
     *
     * @param offBecause why it is off; null for one that is on
     */
    public record Entry(Detection detection, @Nullable String offBecause) implements Serializable {

        public boolean enabled() {
            return offBecause == null;
        }
    }

    /** The detections that are on, by name. */
    public List<Detection> enabled() {
        return entries.stream().filter(Entry::enabled).map(Entry::detection).toList();
    }

    /** The names of the detections that are off. */
    public List<String> namesOff() {
        return entries.stream()
                .filter(entry -> !entry.enabled())
                .map(entry -> entry.detection().name())
                .toList();
    }

    /** All that has to run: the detections that are on, and what feeds them. */
    public List<Detection> running() {
        List<Detection> running = new ArrayList<>(enabled());
        parts.stream().filter(Entry::enabled).map(Entry::detection).forEach(running::add);
        return running;
    }

    /** All of them, whether they are on or off. */
    public List<Detection> all() {
        return Stream.concat(entries.stream(), parts.stream())
                .map(Entry::detection)
                .toList();
    }

    /** Those of one kind that are off. */
    public <D extends Detection> List<D> off(Class<D> kind) {
        return Stream.concat(entries.stream(), parts.stream())
                .filter(entry -> !entry.enabled())
                .map(Entry::detection)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Those of one kind that run. */
    public <D extends Detection> List<D> running(Class<D> kind) {
        return running().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Those of one kind, whether they are on or off: what an operator remembers outlasts a night in which one is off. */
    public <D extends Detection> List<D> all(Class<D> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public Optional<Detection> find(String name) {
        return entry(name).map(Entry::detection);
    }

    public Optional<Entry> entry(String name) {
        return entries.stream()
                .filter(entry -> entry.detection().name().equals(name))
                .findFirst();
    }

    /** For the operator that asks the events; without what only explanations need. */
    public Catalogue forScreening() {
        return with(Rule::withoutOutline);
    }

    /**
     * For all others, which need to know the detections but not the questions: these hold every tenant's lists, and would
     * otherwise be in each operator.
     */
    public Catalogue withoutQuestions() {
        return with(Rule::withoutQuestion);
    }

    private Catalogue with(UnaryOperator<Rule> change) {
        UnaryOperator<Entry> changed = entry -> new Entry(entry.detection().with(change), entry.offBecause());
        return new Catalogue(
                entries.stream().map(changed).toList(),
                parts.stream().map(changed).toList());
    }

    /** The rules that pick a detection's events, also those of the detections whose alerts it looks at. */
    public Set<Rule> rulesBehind(Detection detection) {
        Set<Rule> rules = new LinkedHashSet<>();
        stepsBehind(detection).forEach(step -> rules.add(step.rule()));
        return rules;
    }

    /** The same rules with what each is asked for. */
    public List<Step.OfRule> stepsBehind(Detection detection) {
        Map<String, Detection> byName = new HashMap<>();
        all().forEach(known -> byName.put(known.name(), known));
        List<Step.OfRule> steps = new ArrayList<>();
        addSteps(detection, byName, steps);
        return steps;
    }

    private static void addSteps(Detection detection, Map<String, Detection> byName, List<Step.OfRule> steps) {
        for (Step step : detection.steps()) {
            Detection fed = step instanceof Step.OfAlerts ? byName.get(step.name()) : null;
            if (step instanceof Step.OfRule of) {
                steps.add(of);
            } else if (fed != null) {
                addSteps(fed, byName, steps);
            }
        }
    }

    /**
     * How many detections feed each other before one, by its name: 0 for those over events alone, {@link #OVER_ALL} for those
     * over the alerts of all. The same whether they are on or off, so that switching one off moves no other.
     */
    public Map<String, Integer> depths() {
        Map<String, Detection> byName = new HashMap<>();
        all().forEach(detection -> byName.put(detection.name(), detection));
        Map<String, Integer> depths = new HashMap<>();
        byName.values().stream()
                .filter(detection -> !isOverAll(detection))
                .forEach(detection -> depth(detection, byName, depths));
        byName.values().stream()
                .filter(Catalogue::isOverAll)
                .forEach(detection -> depths.put(detection.name(), OVER_ALL));
        return depths;
    }

    private static int depth(Detection detection, Map<String, Detection> byName, Map<String, Integer> depths) {
        Integer known = depths.get(detection.name());
        if (known != null) {
            return known;
        }
        int depth = 0;
        for (Step step : detection.steps()) {
            Detection fed = step instanceof Step.OfAlerts ? byName.get(step.name()) : null;
            if (fed != null) {
                depth = Math.max(depth, 1 + depth(fed, byName, depths));
            }
        }
        depths.put(detection.name(), depth);
        return depth;
    }

    /** True where a detection looks at the alerts of all others. */
    public static boolean isOverAll(Detection detection) {
        return detection.steps().stream().anyMatch(step -> step.name().equals(Step.OfAlerts.ANY));
    }

    /** What the running detections ask of records. */
    public Wanted wanted() {
        EnumSet<LogSource> worded = EnumSet.noneOf(LogSource.class);
        for (Step.OfRule step : rules()) {
            if (step.rule().fields().contains(Field.RECORD_TEXT)) {
                worded.add(step.rule().source());
            }
        }
        return new Wanted(fields(), worded, !running(TravelDetection.class).isEmpty());
    }

    /** Every field that a running detection looks at. */
    public EnumSet<Field> fields() {
        EnumSet<Field> fields = EnumSet.noneOf(Field.class);
        for (Step.OfRule step : rules()) {
            fields.addAll(step.rule().fields());
            fields.addAll(step.group());
            fields.addAll(step.values());
        }
        if (!running(TravelDetection.class).isEmpty()) {
            fields.addAll(EnumSet.of(
                    Field.SESSION_ID,
                    Field.DEVICE_ID,
                    Field.DEVICE_MANAGED,
                    Field.DEVICE_COMPLIANT,
                    Field.NETWORK_TYPE));
        }
        fields.addAll(OrganizationFields.reads(fields));
        return fields;
    }

    private List<Step.OfRule> rules() {
        return running().stream()
                .flatMap(detection -> detection.steps().stream())
                .filter(Step.OfRule.class::isInstance)
                .map(Step.OfRule.class::cast)
                .toList();
    }
}
