package io.entrawatch.rule;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

import com.google.re2j.Pattern;

import io.entrawatch.event.Cidr;
import io.entrawatch.event.CidrSet;
import io.entrawatch.event.IpAddress;

/** A test of one value. Upper and lower case are the same unless {@code cased} says otherwise. */
public sealed interface ValueTest extends Serializable {

    boolean passes(String value);

    record Equal(String expected, boolean cased) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return cased ? value.equals(expected) : value.equalsIgnoreCase(expected);
        }
    }

    /** One of many texts, all in lower case. */
    record OneOf(Set<String> expected) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return expected.contains(value.toLowerCase(Locale.ROOT));
        }
    }

    record StartsWith(String prefix, boolean cased) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return value.regionMatches(!cased, 0, prefix, 0, prefix.length());
        }
    }

    record EndsWith(String suffix, boolean cased) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return value.regionMatches(!cased, value.length() - suffix.length(), suffix, 0, suffix.length());
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
    }

    /** A pattern, matched anywhere in the value; of a linear-time engine. */
    record Matches(Pattern pattern) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return pattern.matcher(value).find();
        }
    }

    record InBlock(Cidr block) implements ValueTest {
        @Override
        public boolean passes(String value) {
            IpAddress address = IpAddress.parse(value);
            return address != null && block.contains(address);
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
