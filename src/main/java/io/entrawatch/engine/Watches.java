package io.entrawatch.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.FirstSeenDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;
import io.entrawatch.rule.Requirement;

/**
 * Every rule that a record may match, and where a match goes. Rules that ask for a value of some field are found by that
 * value, so that a record is asked only about those; the others are asked always.
 */
final class Watches {

    /**
     * @param to the stage that remembers; null where one event is the whole finding
     * @param bare whether no alert ever tells of the event itself
     * @param once whether hearing of a value once a day is enough
     */
    record Watch(
            Detection detection,
            int number,
            Step.OfRule step,
            @Nullable OutputTag<Observation> to,
            boolean bare,
            boolean once) {}

    private static final Watch[] NONE = {};

    /** The rules for one kind of record. */
    private static final class OfKind {
        private final List<Watch> always = new ArrayList<>();
        private final Map<Field, Map<String, List<Watch>>> byValue = new EnumMap<>(Field.class);
    }

    private final Map<LogKind, OfKind> kinds = new EnumMap<>(LogKind.class);
    private final Map<LogKind, Watch[]> always = new EnumMap<>(LogKind.class);
    private final Map<LogKind, IndexedField[]> indexed = new EnumMap<>(LogKind.class);

    /** A field with the rules that ask for each of its values; remembers the spellings it has met. */
    private static final class IndexedField {
        private static final int MOST_SPELLINGS = 20_000;

        private final Field field;
        private final Map<String, Watch[]> byValue;
        private final Map<String, Watch[]> spellings = new HashMap<>();

        IndexedField(Field field, Map<String, Watch[]> byValue) {
            this.field = field;
            this.byValue = byValue;
        }

        Watch[] of(String value) {
            Watch[] known = spellings.get(value);
            if (known == null) {
                known = byValue.getOrDefault(value.toLowerCase(Locale.ROOT), NONE);
                if (spellings.size() < MOST_SPELLINGS) {
                    spellings.put(value, known);
                }
            }
            return known;
        }
    }

    Watches(Catalogue catalogue) {
        Map<String, Integer> depths = catalogue.depths();
        for (Detection detection : catalogue.running()) {
            OutputTag<Observation> stage = Stages.of(detection, depths);
            for (int i = 0; i < detection.steps().size(); i++) {
                if (detection.steps().get(i) instanceof Step.OfRule step) {
                    add(new Watch(detection, i, step, stage, Bare.is(detection, i), isOnce(detection)));
                }
            }
        }
        kinds.forEach((kind, rules) -> {
            always.put(kind, rules.always.toArray(NONE));
            List<IndexedField> fields = new ArrayList<>();
            rules.byValue.forEach((field, values) -> {
                Map<String, Watch[]> arrays = new HashMap<>();
                values.forEach((value, list) -> arrays.put(value, list.toArray(NONE)));
                fields.add(new IndexedField(field, arrays));
            });
            indexed.put(kind, fields.toArray(new IndexedField[0]));
        });
    }

    private static boolean isOnce(Detection detection) {
        return detection instanceof FirstSeenDetection;
    }

    private void add(Watch watch) {
        Requirement required = Requirement.of(watch.step().rule().matcher());
        for (LogKind kind : LogKind.values()) {
            if (kind.source() != watch.step().rule().source()) {
                continue;
            }
            OfKind rules = kinds.computeIfAbsent(kind, key -> new OfKind());
            if (required == null) {
                rules.always.add(watch);
                continue;
            }
            Map<String, List<Watch>> values = rules.byValue.computeIfAbsent(required.field(), field -> new HashMap<>());
            for (String value : required.values()) {
                values.computeIfAbsent(value, key -> new ArrayList<>()).add(watch);
            }
        }
    }

    /** Gives every rule that the event may match, each once. */
    void of(EntraEvent event, Consumer<Watch> out) {
        Watch[] unconditional = always.get(event.kind());
        if (unconditional == null) {
            return;
        }
        for (Watch watch : unconditional) {
            out.accept(watch);
        }
        for (IndexedField field : indexed.getOrDefault(event.kind(), new IndexedField[0])) {
            String[] values = event.fields().all(field.field);
            if (values == null) {
                continue;
            }
            if (values.length == 1) {
                give(values[0], field, out);
            } else {
                giveEachOnce(values, field, out);
            }
        }
    }

    private static void give(@Nullable String value, IndexedField field, Consumer<Watch> out) {
        if (value != null) {
            for (Watch watch : field.of(value)) {
                out.accept(watch);
            }
        }
    }

    private static void giveEachOnce(String[] values, IndexedField field, Consumer<Watch> out) {
        Set<Watch> found = new LinkedHashSet<>();
        for (String value : values) {
            give(value, field, found::add);
        }
        found.forEach(out);
    }
}
