package io.entrawatch.engine.screen;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.flink.util.OutputTag;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.FirstSeenDetection;
import io.entrawatch.detection.MatchDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.organization.OrganizationFields;
import io.entrawatch.engine.Stages;
import io.entrawatch.engine.Steps;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;
import io.entrawatch.rule.CaseFolding;
import io.entrawatch.rule.Prepared;
import io.entrawatch.rule.Requirement;

/**
 * Every rule that a record may match, and where a match goes. Rules that ask for a value of some field are found by that
 * value, so that a record is asked only about those; the others are asked always. A rule of several detections is asked
 * once. Not thread-safe.
 */
final class Watches {

    /**
     * @param turn see {@link Detection#turn}
     * @param gathering which gathering it is for; {@link #ALONE} where one event is the whole finding
     * @param stepNumber see {@link Steps}
     * @param bare whether no alert ever tells of the event itself
     * @param once whether hearing of a value once a day is enough: where it is learned when it is heard of first
     * @param computed the organization's fields that the detection groups by, reckons with or shows
     */
    record Watch(
            Detection detection,
            int turn,
            Step.OfRule step,
            int gathering,
            long stepNumber,
            boolean bare,
            boolean once,
            Field[] computed) {}

    static final int ALONE = -1;

    /** A rule, and the detections that it is a step of. */
    private record Asked(SplitMatcher question, Watch[] watches) {}

    private static final Asked[] NONE = {};

    /** The rules for one kind of record. */
    private static final class OfKind {
        private final List<Asked> always = new ArrayList<>();
        private final Map<Field, Map<String, List<Asked>>> byValue = new EnumMap<>(Field.class);
    }

    /** What is looked up for a record of one kind. */
    private record Lookup(Asked[] always, IndexedField[] indexed) {}

    private final List<Gathering> gatherings = new ArrayList<>();
    private final Map<LogKind, Lookup> lookups = new EnumMap<>(LogKind.class);
    private final OrganizationFields organizationFields;

    /** A field with the rules that ask for each of its values; remembers the spellings it has met. */
    private static final class IndexedField {
        private static final int MOST_SPELLINGS = 20_000;
        private static final int LONGEST_SPELLING = 256;

        private final Field field;
        private final Map<String, Asked[]> byValue;
        private final Map<String, Asked[]> spellings = new HashMap<>();

        IndexedField(Field field, Map<String, Asked[]> byValue) {
            this.field = field;
            this.byValue = byValue;
        }

        Asked[] of(String value) {
            Asked[] known = spellings.get(value);
            if (known == null) {
                known = byValue.getOrDefault(CaseFolding.fold(value), NONE);
                if (spellings.size() == MOST_SPELLINGS) {
                    spellings.clear();
                }
                if (value.length() <= LONGEST_SPELLING) {
                    spellings.put(value, known);
                }
            }
            return known;
        }
    }

    /** @param organizationFields adds to an event what a rule or a detection asks of the organization */
    Watches(Catalogue catalogue, OrganizationFields organizationFields) {
        this.organizationFields = organizationFields;
        Map<LogKind, OfKind> kinds = new EnumMap<>(LogKind.class);
        Prepared prepared = new Prepared();
        for (List<Watch> ofRule : byRule(catalogue).values()) {
            Step.OfRule step = ofRule.get(0).step();
            Asked asked = new Asked(SplitMatcher.of(prepared.of(step.rule().matcher())), ofRule.toArray(new Watch[0]));
            for (LogKind kind : LogKind.values()) {
                if (kind.source() == step.rule().source()) {
                    add(asked, kinds.computeIfAbsent(kind, key -> new OfKind()));
                }
            }
        }
        kinds.forEach((kind, rules) -> lookups.put(kind, lookup(rules)));
    }

    private Map<String, List<Watch>> byRule(Catalogue catalogue) {
        Map<String, Integer> depths = catalogue.depths();
        Map<String, List<Watch>> byRule = new LinkedHashMap<>();
        Map<List<Object>, Integer> known = new HashMap<>();
        for (Detection detection : catalogue.running()) {
            OutputTag<Sighting> stage = Stages.sightings(depths.getOrDefault(detection.name(), 0));
            boolean alone = detection instanceof MatchDetection;
            for (int i = 0; i < detection.steps().size(); i++) {
                if (detection.steps().get(i) instanceof Step.OfRule step) {
                    byRule.computeIfAbsent(step.rule().header().name(), name -> new ArrayList<>())
                            .add(new Watch(
                                    detection,
                                    detection.turn(i),
                                    step,
                                    alone ? ALONE : gathering(step, stage, known),
                                    Steps.of(detection.name(), i),
                                    !detection.tellsOf(i),
                                    detection instanceof FirstSeenDetection news && news.teaches(i),
                                    computedFor(step)));
                }
            }
        }
        return byRule;
    }

    private int gathering(Step.OfRule step, OutputTag<Sighting> stage, Map<List<Object>, Integer> known) {
        return known.computeIfAbsent(List.of(stage, step.group()), fields -> {
            gatherings.add(new Gathering(step, stage));
            return gatherings.size() - 1;
        });
    }

    /** Where the matches of an event are gathered, by number. */
    List<Gathering> gatherings() {
        return gatherings;
    }

    private static Field[] computedFor(Step.OfRule step) {
        Set<Field> fields = EnumSet.noneOf(Field.class);
        fields.addAll(step.group());
        fields.addAll(step.values());
        fields.addAll(step.rule().shown());
        return OrganizationFields.among(fields);
    }

    /** Rules are found only by what the record itself holds. */
    private static void add(Asked asked, OfKind rules) {
        Requirement required = Requirement.of(asked.question().ofTheRecord());
        if (required == null) {
            rules.always.add(asked);
            return;
        }
        Map<String, List<Asked>> values = rules.byValue.computeIfAbsent(required.field(), field -> new HashMap<>());
        for (String value : required.values()) {
            values.computeIfAbsent(value, key -> new ArrayList<>()).add(asked);
        }
    }

    private static Lookup lookup(OfKind rules) {
        List<IndexedField> fields = new ArrayList<>();
        rules.byValue.forEach((field, values) -> {
            Map<String, Asked[]> arrays = new HashMap<>();
            values.forEach((value, list) -> arrays.put(value, list.toArray(NONE)));
            fields.add(new IndexedField(field, arrays));
        });
        return new Lookup(rules.always.toArray(NONE), fields.toArray(new IndexedField[0]));
    }

    /** Gives each step of a detection that the event matches, once. */
    void of(EntraEvent event, Consumer<Watch> out) {
        Lookup lookup = lookups.get(event.kind());
        if (lookup == null) {
            return;
        }
        organizationFields.begin(event);
        for (Asked asked : lookup.always) {
            ask(asked, event, out);
        }
        for (IndexedField field : lookup.indexed) {
            String[] values = event.fields().all(field.field);
            if (values == null) {
                continue;
            }
            if (values.length == 1) {
                for (Asked asked : field.of(values[0])) {
                    ask(asked, event, out);
                }
            } else {
                askEachOnce(values, field, event, out);
            }
        }
    }

    private void askEachOnce(String[] values, IndexedField field, EntraEvent event, Consumer<Watch> out) {
        Set<Asked> found = new LinkedHashSet<>();
        for (String value : values) {
            if (value != null) {
                found.addAll(List.of(field.of(value)));
            }
        }
        found.forEach(asked -> ask(asked, event, out));
    }

    private void ask(Asked asked, EntraEvent event, Consumer<Watch> out) {
        SplitMatcher question = asked.question;
        if (!question.ofTheRecord().matches(event)) {
            return;
        }
        if (question.computed().length > 0) {
            organizationFields.set(question.computed());
            if (!question.ofTheOrganization().matches(event)) {
                return;
            }
        }
        for (Watch watch : asked.watches) {
            organizationFields.set(watch.computed());
            out.accept(watch);
        }
    }
}
