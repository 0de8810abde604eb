package io.entrawatch.rule;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ValueRange;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Cidr;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;

/** Compiles one value of a rule, as its modifiers say, into a test. */
final class ValueCompiler {

    private static final int MOST_GROUPS = 200;
    private static final int MOST_STEPS = 20_000;

    /** Of a single byte nothing is left at one of the three offsets, and nothing is in every text. */
    private static final int FEWEST_BYTES = 2;

    /** What patterns of other engines have. */
    private static final String RE2 = " (expected: RE2, which has no lookaheads, lookbehinds, back-references, atomic"
            + " groups and possessive quantifiers)";

    private ValueCompiler() {}

    /** Null after a problem. */
    static @Nullable ValueTest compile(Modifiers modifiers, String value, Position at, Problems problems) {
        try {
            if (value.isEmpty() && isInEveryText(modifiers)) {
                problems.add(at, "'' is in every text (expected: a text; exists asks whether there is any)");
                return null;
            }
            if (modifiers.has("re")) {
                return pattern(modifiers, value, at, problems);
            }
            if (modifiers.has("cidr")) {
                return new ValueTest.InBlock(Cidr.parse(value));
            }
            String part = modifiers.timePart();
            ValueTest.Comparison comparison = modifiers.comparison();
            if (part != null) {
                return ofTime(part, comparison, number(value).intValueExact(), at, problems);
            }
            if (comparison != null) {
                return new ValueTest.Compared(comparison, number(value));
            }
            return modifiers.encodes() ? encoded(modifiers, value, at, problems) : text(modifiers, value);
        } catch (PatternSyntaxException e) {
            problems.add(at, "re: " + value + ": " + e.getDescription() + expected(e));
        } catch (ArithmeticException e) {
            problems.add(at, value + " (expected: a whole number to compare with)");
        } catch (NumberFormatException e) {
            problems.add(
                    at,
                    value + " (expected: a number to compare with, of at most " + ValueTest.Compared.LONGEST_NUMBER
                            + " digits)");
        } catch (IllegalArgumentException e) {
            problems.add(at, "cidr: " + e.getMessage());
        }
        return null;
    }

    private static String expected(PatternSyntaxException wrong) {
        // A parenthesis or a bracket that is missing is missing for every engine.
        return wrong.getDescription().startsWith("missing") ? "" : RE2;
    }

    private static boolean isInEveryText(Modifiers modifiers) {
        return modifiers.has("re") || modifiers.anyBefore() || modifiers.anyAfter();
    }

    private static @Nullable ValueTest ofTime(
            String part, ValueTest.@Nullable Comparison comparison, int limit, Position at, Problems problems) {
        ValueTest.OfTime test =
                new ValueTest.OfTime(ValueTest.TimePart.valueOf(part.toUpperCase(Locale.ROOT)), comparison, limit);
        if (!test.mayPass()) {
            ValueRange range = test.part().range();
            problems.add(
                    at,
                    test.describe() + " is never true (expected: from " + range.getMinimum() + " to "
                            + range.getMaximum() + ")");
            return null;
        }
        return test;
    }

    private static ValueTest text(Modifiers modifiers, String value) {
        boolean cased = modifiers.has("cased");
        return modifiers.has("windash")
                ? Wildcards.anyDash(value, modifiers.anyBefore(), modifiers.anyAfter(), cased)
                : Wildcards.compile(value, modifiers.anyBefore(), modifiers.anyAfter(), cased);
    }

    /** The engine's parser calls itself for every group in a group. */
    private static @Nullable ValueTest pattern(Modifiers modifiers, String value, Position at, Problems problems) {
        if (value.chars().filter(c -> c == '(').count() > MOST_GROUPS) {
            problems.add(at, "re: more than " + MOST_GROUPS + " groups");
            return null;
        }
        if (PatternSize.of(value) > MOST_STEPS) {
            problems.add(at, "re: " + value + ": more than " + MOST_STEPS + " steps for every character");
            return null;
        }
        int flags = modifiers.has("i") ? Pattern.CASE_INSENSITIVE : 0;
        flags |= modifiers.has("m") ? Pattern.MULTILINE : 0;
        flags |= modifiers.has("s") ? Pattern.DOTALL : 0;
        return new ValueTest.Matches(Pattern.compile(value, flags));
    }

    /** A short text may be a number of a thousand million digits, which nobody can write out. */
    private static BigDecimal number(String value) {
        if (value.length() > ValueTest.Compared.LONGEST_NUMBER) {
            throw new NumberFormatException(value);
        }
        BigDecimal number = new BigDecimal(value);
        if (Math.max(number.scale(), (long) number.precision() - number.scale()) > ValueTest.Compared.LONGEST_NUMBER) {
            throw new NumberFormatException(value);
        }
        return number;
    }

    /** Base64 differs in upper and lower case, so that its texts are compared as they are. */
    private static @Nullable ValueTest encoded(Modifiers modifiers, String value, Position at, Problems problems) {
        String literal = Wildcards.literal(value);
        if (literal == null || literal.isEmpty()) {
            problems.add(at, "base64: '" + value + "' (expected: a text without wildcards)");
            return null;
        }
        if (modifiers.has("windash") && Wildcards.flags(literal) > Wildcards.MOST_FLAGS) {
            problems.note(
                    at,
                    "windash: '" + value + "' has " + Wildcards.flags(literal) + " flags (expected: at most "
                            + Wildcards.MOST_FLAGS
                            + " with base64; the dashes of the others are looked for as they are)");
        }
        List<ValueTest> tests = new ArrayList<>();
        for (String spelling : modifiers.has("windash") ? Wildcards.dashes(literal) : List.of(literal)) {
            byte[] bytes = bytes(modifiers.characters(), spelling);
            if (modifiers.has("base64offset")) {
                if (bytes.length < FEWEST_BYTES) {
                    problems.add(at, "base64offset: '" + value + "' (expected: at least " + FEWEST_BYTES + " bytes)");
                    return null;
                }
                for (int offset = 0; offset < 3; offset++) {
                    tests.add(new ValueTest.Contains(atOffset(bytes, offset), true));
                }
            } else {
                String text = Base64.getEncoder().encodeToString(bytes);
                tests.add(place(modifiers, text));
            }
        }
        return tests.size() == 1 ? tests.get(0) : new ValueTest.AnyOf(List.copyOf(tests));
    }

    private static ValueTest place(Modifiers modifiers, String text) {
        if (modifiers.has("contains")) {
            return new ValueTest.Contains(text, true);
        }
        if (modifiers.has("startswith")) {
            return new ValueTest.StartsWith(text, true);
        }
        return modifiers.has("endswith") ? new ValueTest.EndsWith(text, true) : new ValueTest.Equal(text, true);
    }

    /** What stays the same of the encoded bytes, whatever comes before and after them. */
    private static String atOffset(byte[] bytes, int offset) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int begin = (offset * 8 + 5) / 6;
        int end = shifted.length * 8 / 6;
        return text.substring(begin, Math.max(begin, end));
    }

    private static byte[] bytes(@Nullable String characters, String text) {
        if (characters == null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (characters.equals("utf16")) {
            return ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
        }
        Charset charset = characters.equals("utf16be") ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        return text.getBytes(charset);
    }
}
