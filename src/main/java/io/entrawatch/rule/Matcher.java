package io.entrawatch.rule;

import java.io.Serializable;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;

/** A yes-or-no question about one event, compiled from a condition. */
public sealed interface Matcher extends Serializable {

    boolean matches(EntraEvent event);

    /** The fields that it looks at. */
    Set<Field> fields();

    private static Set<Field> of(Collection<Matcher> parts) {
        Set<Field> fields = EnumSet.noneOf(Field.class);
        parts.forEach(part -> fields.addAll(part.fields()));
        return fields;
    }

    record And(List<Matcher> parts) implements Matcher {
        @Override
        public boolean matches(EntraEvent event) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).matches(event)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Set<Field> fields() {
            return of(parts);
        }
    }

    record Or(List<Matcher> parts) implements Matcher {
        @Override
        public boolean matches(EntraEvent event) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).matches(event)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Set<Field> fields() {
            return of(parts);
        }
    }

    record Not(Matcher part) implements Matcher {
        @Override
        public boolean matches(EntraEvent event) {
            return !part.matches(event);
        }

        @Override
        public Set<Field> fields() {
            return part.fields();
        }
    }

    /** Any value of the field passes the test. */
    record Passes(Field field, ValueTest test) implements Matcher {
        @Override
        public boolean matches(EntraEvent event) {
            String[] values = event.fields().all(field);
            if (values == null) {
                return false;
            }
            for (String value : values) {
                if (value != null && test.passes(value)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Set<Field> fields() {
            return EnumSet.of(field);
        }
    }

    /** Any value of a field is any value of another, or has it in it; an empty one, which is in every text, is only itself. */
    record SameAs(Field field, Field other, Where where, boolean cased) implements Matcher {

        /** A longer text is not compared at each place of another one anew. */
        private static final int USUAL_LENGTH = 100;

        /** Where the other's value is looked for. */
        enum Where {
            WHOLE,
            CONTAINS,
            STARTSWITH,
            ENDSWITH
        }

        @Override
        public boolean matches(EntraEvent event) {
            String[] values = event.fields().all(field);
            String[] others = event.fields().all(other);
            if (values == null || others == null) {
                return false;
            }
            for (String expected : others) {
                if (expected == null || (expected.isEmpty() && where != Where.WHOLE)) {
                    continue;
                }
                for (String value : values) {
                    if (value != null && passes(value, expected)) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public Set<Field> fields() {
            return EnumSet.of(field, other);
        }

        private boolean passes(String value, String expected) {
            return (where == Where.CONTAINS && expected.length() > USUAL_LENGTH)
                    ? LongTexts.contains(value, expected, cased)
                    : test(expected).passes(value);
        }

        private ValueTest test(String expected) {
            return switch (where) {
                case WHOLE -> new ValueTest.Equal(expected, cased);
                case CONTAINS -> new ValueTest.Contains(expected, cased);
                case STARTSWITH -> new ValueTest.StartsWith(expected, cased);
                case ENDSWITH -> new ValueTest.EndsWith(expected, cased);
            };
        }
    }

    /** The record has the field, or has it not. An empty text is a value; null is none. */
    record Exists(Field field, boolean expected) implements Matcher {
        @Override
        public boolean matches(EntraEvent event) {
            return event.fields().has(field) == expected;
        }

        @Override
        public Set<Field> fields() {
            return EnumSet.of(field);
        }
    }

    /** A question that has no answer without one of the organization's lists; {@link NeededLists} takes it away. */
    record Needing(String list, Matcher part) implements Matcher {
        @Override
        public boolean matches(EntraEvent event) {
            return part.matches(event);
        }

        @Override
        public Set<Field> fields() {
            return part.fields();
        }
    }

    /** The event's tenant has the lists that the rule cannot do without. */
    record Listed(Map<String, Boolean> tenants, boolean others) implements Matcher {
        @Override
        public boolean matches(EntraEvent event) {
            return tenants.getOrDefault(event.tenant(), others);
        }

        @Override
        public Set<Field> fields() {
            return Set.of();
        }
    }

    /** A question whose lists differ from tenant to tenant; without a list for the tenant the answer is no. */
    record ByTenant(Map<String, Matcher> tenants, @Nullable Matcher others) implements Matcher {
        @Override
        public boolean matches(EntraEvent event) {
            Matcher own = tenants.getOrDefault(event.tenant(), others);
            return own != null && own.matches(event);
        }

        @Override
        public Set<Field> fields() {
            Set<Field> fields = of(tenants.values());
            if (others != null) {
                fields.addAll(others.fields());
            }
            return fields;
        }
    }
}
