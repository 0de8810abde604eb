package io.entrawatch.rule;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.time.temporal.ValueRange;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Cidr;
import io.entrawatch.event.CidrSet;
import io.entrawatch.event.IpAddress;

/** A test of one value. Upper and lower case are the same unless {@code cased} says otherwise. */
public sealed interface ValueTest extends Serializable {

    boolean passes(String value);

    /** What is expected of a value, for messages: {@code 'x'}, {@code contains 'x'}. */
    default String describe() {
        return toString();
    }

    record Equal(String expected, boolean cased) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return cased ? value.equals(expected) : value.equalsIgnoreCase(expected);
        }

        @Override
        public String describe() {
            return "'" + expected + "'";
        }
    }

    /** One of many texts, all as {@link CaseFolding} makes them. */
    record OneOf(Set<String> expected) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return expected.contains(CaseFolding.fold(value));
        }

        @Override
        public String describe() {
            return "one of " + expected.size() + " texts";
        }
    }

    record StartsWith(String prefix, boolean cased) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return value.regionMatches(!cased, 0, prefix, 0, prefix.length());
        }

        @Override
        public String describe() {
            return "starts with '" + prefix + "'";
        }
    }

    record EndsWith(String suffix, boolean cased) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return value.regionMatches(!cased, value.length() - suffix.length(), suffix, 0, suffix.length());
        }

        @Override
        public String describe() {
            return "ends with '" + suffix + "'";
        }
    }

    record Contains(String part, boolean cased) implements ValueTest {
        @Override
        public boolean passes(String value) {
            int last = value.length() - part.length();
            for (int i = 0; i <= last; i++) {
                if (value.regionMatches(!cased, i, part, 0, part.length())) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String describe() {
            return "contains '" + part + "'";
        }
    }

    /** A pattern, matched anywhere in the value; of a linear-time engine. */
    record Matches(Pattern pattern) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return pattern.matcher(value).find();
        }

        @Override
        public String describe() {
            return "matches " + pattern.pattern();
        }
    }

    record InBlock(Cidr block) implements ValueTest {
        @Override
        public boolean passes(String value) {
            IpAddress address = IpAddress.parse(value);
            return address != null && block.contains(address);
        }

        @Override
        public String describe() {
            return "an address in " + block;
        }
    }

    /** An address in one of many blocks. */
    record InBlocks(CidrSet blocks) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return blocks.contains(value);
        }
    }

    /** A comparison of numbers; a value that is no number passes none. */
    record Compared(Comparison comparison, BigDecimal limit) implements ValueTest {
        public static final int LONGEST_NUMBER = 40;

        @Override
        public boolean passes(String value) {
            if (value.isEmpty() || value.length() > LONGEST_NUMBER) {
                return false;
            }
            try {
                return comparison.holds(new BigDecimal(value).compareTo(limit));
            } catch (NumberFormatException e) {
                return false;
            }
        }

        @Override
        public String describe() {
            return comparison.name().toLowerCase(Locale.ROOT) + " " + limit.toPlainString();
        }
    }

    /** A test that remembers what it said of the values it has met. Forgetting changes nothing. Not thread-safe. */
    final class Remembered implements ValueTest {

        private static final long serialVersionUID = 1L;
        private static final int MOST = 4_096;
        /** A longer value is rarely met again. */
        private static final int LONGEST = 512;

        private final ValueTest test;
        private final HashMap<String, Boolean> answers = new HashMap<>();

        Remembered(ValueTest test) {
            this.test = test;
        }

        @Override
        public boolean passes(String value) {
            if (value.length() > LONGEST) {
                return test.passes(value);
            }
            Boolean known = answers.get(value);
            if (known != null) {
                return known;
            }
            if (answers.size() == MOST) {
                answers.clear();
            }
            boolean passes = test.passes(value);
            answers.put(value, passes);
            return passes;
        }

        @Override
        public String describe() {
            return test.describe();
        }
    }

    /** One test of several passes. */
    record AnyOf(List<ValueTest> tests) implements ValueTest {
        @Override
        public boolean passes(String value) {
            for (ValueTest test : tests) {
                if (test.passes(value)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String describe() {
            return tests.stream().map(ValueTest::describe).collect(Collectors.joining(" or "));
        }
    }

    /** A part of a time that is written as ISO 8601 has it; in the zone in which it is written. */
    record OfTime(TimePart part, @Nullable Comparison comparison, int limit) implements ValueTest {
        @Override
        public boolean passes(String value) {
            OptionalInt found = part.of(value);
            if (found.isEmpty()) {
                return false;
            }
            return holds(found.getAsInt());
        }

        /** Whether there is a time for which it holds. */
        boolean mayPass() {
            ValueRange range = part.range();
            return comparison == null
                    ? range.isValidValue(limit)
                    : holds(range.getMinimum()) || holds(range.getMaximum());
        }

        private boolean holds(long value) {
            int compared = Long.compare(value, limit);
            return comparison == null ? compared == 0 : comparison.holds(compared);
        }

        @Override
        public String describe() {
            String how = comparison == null ? "" : comparison.name().toLowerCase(Locale.ROOT) + " ";
            return part.name().toLowerCase(Locale.ROOT) + " " + how + limit;
        }
    }

    /** The modifiers {@code minute hour day week month year}. */
    enum TimePart {
        MINUTE(ChronoField.MINUTE_OF_HOUR),
        HOUR(ChronoField.HOUR_OF_DAY),
        DAY(ChronoField.DAY_OF_MONTH),
        WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
        MONTH(ChronoField.MONTH_OF_YEAR),
        YEAR(ChronoField.YEAR);

        private static final int TO_THE_HOUR = 13;
        private static final int TO_THE_MINUTE = 16;

        private final TemporalField field;

        TimePart(TemporalField field) {
            this.field = field;
        }

        /** The values that it may have. */
        ValueRange range() {
            return field.range();
        }

        /** Of a time that tells the hour alone, such as {@code 2026-03-01T10}, all but the minute is known. */
        OptionalInt of(String time) {
            boolean hourAlone = time.length() == TO_THE_HOUR && this != MINUTE;
            if (time.length() < TO_THE_MINUTE && !hourAlone) {
                return OptionalInt.empty();
            }
            try {
                String whole = hourAlone ? time + ":00" : time;
                String minute = whole.substring(0, TO_THE_MINUTE).replace(' ', 'T');
                return OptionalInt.of(LocalDateTime.parse(minute).get(field));
            } catch (DateTimeException e) {
                return OptionalInt.empty();
            }
        }
    }

    /** The modifiers {@code lt lte gt gte}. */
    enum Comparison {
        LT,
        LTE,
        GT,
        GTE;

        boolean holds(int compared) {
            return switch (this) {
                case LT -> compared < 0;
                case LTE -> compared <= 0;
                case GT -> compared > 0;
                case GTE -> compared >= 0;
            };
        }
    }
}
