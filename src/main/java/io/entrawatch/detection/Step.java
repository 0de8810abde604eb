package io.entrawatch.detection;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LongText;
import io.entrawatch.rule.Rule;

/** What a detection looks at: the events of a rule, or the alerts of another detection. */
public sealed interface Step extends Serializable {

    /** Separates the parts of a key; taken out of values before. */
    char SEPARATOR = '\u001f';

    /** The name of the rule or of the detection. */
    String name();

    /** The same with another rule in the place of its own. */
    Step with(UnaryOperator<Rule> change);

    static List<Step> with(List<Step> steps, UnaryOperator<Rule> change) {
        return steps.stream().map(step -> step.with(change)).toList();
    }

    /** What it is in words, as far as its own file says. */
    String title();

    /**
     * A rule as part of a detection.
     *
     * @param group the fields to group its events by, beside the tenant
     * @param values the fields whose values the detection counts or reckons with; empty where it counts events
     */
    record OfRule(Rule rule, List<Field> group, List<Field> values) implements Step {

        /** An event of lists that make more groups than this is of the first of them: one record must not fill the job. */
        private static final int MOST_KEYS = 250;

        /** A value may be as long as a record, and is kept wherever it is remembered. */
        private static final int LONGEST_VALUE = 1_000;

        /** Fields that hold several names of one thing, or an outcome and its reason: the first stands for it. */
        private static final Set<Field> NAMES =
                Set.of(Field.USER, Field.ACTOR, Field.TARGET, Field.APP, Field.ROLE, Field.GROUP, Field.STATUS);

        @Override
        public String name() {
            return rule.header().name();
        }

        @Override
        public String title() {
            return rule.header().title();
        }

        @Override
        public Step with(UnaryOperator<Rule> change) {
            return new OfRule(change.apply(rule), group, values);
        }

        /**
         * An event's groups: the tenant and the group's values. One, where no field holds a list; none, where a value is
         * missing. An empty text is no value: it would make one group of all that have none.
         */
        public String[] groups(EntraEvent event) {
            String[] groups = {event.tenant()};
            for (int i = 0; i < group.size(); i++) {
                groups = extended(groups, group.get(i), event);
            }
            return groups;
        }

        private static String[] extended(String[] keys, Field field, EntraEvent event) {
            String[] values = event.fields().all(field);
            String first = first(values);
            if (values == null || first == null) {
                return new String[0];
            }
            if (values.length == 1 || NAMES.contains(field)) {
                String value = clean(first);
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = keys[i] + SEPARATOR + value;
                }
                return keys;
            }
            int given = 0;
            for (String value : values) {
                given += isGiven(value) ? 1 : 0;
            }
            String[] product = new String[Math.min(MOST_KEYS, keys.length * given)];
            int made = 0;
            for (String key : keys) {
                for (int i = 0; i < values.length && made < product.length; i++) {
                    if (isGiven(values[i])) {
                        product[made++] = key + SEPARATOR + clean(values[i]);
                    }
                }
            }
            return product;
        }

        private static boolean isGiven(@Nullable String value) {
            return value != null && !value.isEmpty();
        }

        private static @Nullable String first(String @Nullable [] values) {
            if (values != null) {
                for (String value : values) {
                    if (isGiven(value)) {
                        return value;
                    }
                }
            }
            return null;
        }

        /**
         * The value that is counted or reckoned with; null where there is none. Of several fields one may be missing: what
         * the others say is still to be told.
         */
        public @Nullable String value(EntraEvent event) {
            if (values.size() == 1) {
                String only = first(event.fields().all(values.get(0)));
                return only == null ? null : LongText.cut(only, LONGEST_VALUE);
            }
            StringBuilder all = new StringBuilder();
            boolean any = false;
            for (int i = 0; i < values.size(); i++) {
                all.append(i == 0 ? "" : String.valueOf(SEPARATOR));
                any |= appendAll(event.fields().all(values.get(i)), all);
            }
            return any ? all.toString() : null;
        }

        private static boolean appendAll(String @Nullable [] texts, StringBuilder all) {
            int before = all.length();
            for (String text : texts == null ? new String[0] : texts) {
                if (isGiven(text)) {
                    all.append(all.length() == before ? "" : ", ").append(clean(text));
                }
            }
            return all.length() > before;
        }

        private static String clean(String value) {
            String kept = LongText.cut(value, LONGEST_VALUE);
            return kept.indexOf(SEPARATOR) < 0 ? kept : kept.replace(SEPARATOR, ' ');
        }
    }

    /**
     * The alerts of another detection.
     *
     * @param detection its name, or {@link #ANY}
     * @param group where in an alert's group the values stand that this detection groups by; {@link #NAME} for the
     *     alert's detection
     * @param values where in an alert's group the values stand that this detection counts
     */
    record OfAlerts(String detection, List<Integer> group, List<Integer> values) implements Step {

        /** Every other detection. */
        public static final String ANY = "*";

        public static final int NAME = -1;

        @Override
        public String name() {
            return detection;
        }

        @Override
        public String title() {
            return detection;
        }

        @Override
        public Step with(UnaryOperator<Rule> change) {
            return this;
        }
    }
}
