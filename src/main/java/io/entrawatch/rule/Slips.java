package io.entrawatch.rule;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.IpAddress;
import io.entrawatch.event.LogSource;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlNode;

/** Tells of values that no record has, although they can be compared. */
final class Slips {

    /** Another form of a number would be compared as a text, and never be found. */
    private static final Pattern NUMBER_OF_RECORDS = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?");

    private static final Pattern PLACEHOLDER = Pattern.compile("%[A-Za-z_]\\w*\\??%");

    private static final List<String> FLAG = List.of("true", "false");

    /** All that the fields of the organization ever say. */
    private static final Map<Field, List<String>> VALUES = Map.of(
            Field.USER_IS_PRIVILEGED, FLAG,
            Field.USER_IS_VIP, FLAG,
            Field.ACTOR_IS_PRIVILEGED, FLAG,
            Field.ACTOR_IS_VIP, FLAG,
            Field.TARGET_IS_PRIVILEGED, FLAG,
            Field.TARGET_IS_VIP, FLAG,
            Field.SOURCE_IS_TRUSTED, FLAG,
            Field.USER_IS_AWAY, FLAG,
            Field.AFTER_LEGACY_CUT_OFF, FLAG,
            Field.TIME_BUSINESS, List.of("hours", "off-hours", "weekend", "holiday"));

    /** Fields of sign-ins and audit records that have no id where their logs have that of nobody. */
    private static final Set<Field> IDS =
            EnumSet.of(Field.USER_ID, Field.USER, Field.TARGET_ID, Field.TARGETS_ID, Field.TARGET);

    private Slips() {}

    static void tell(LogSource source, Field field, Modifiers modifiers, YamlNode value, Problems problems) {
        String told = field.label() + ": " + value.describe();
        // A part of a text may be anything: a time of day, a piece of a name.
        boolean number = value.isNumber() || (modifiers.isPlain() && value.isNumberElsewhere());
        if (number && modifiers.comparesTexts() && !isOfRecords(field, value.text())) {
            problems.add(
                    value.position(),
                    told + " (expected: a number as records write it, such as 50126; or a text in quotes)");
        }
        if (value.isBooleanElsewhere()) {
            problems.add(
                    value.position(),
                    field.label() + ": " + value.text() + " (expected: true or false, or '" + value.text()
                            + "' in quotes, which other tools take for true or false)");
        }
        if (PLACEHOLDER.matcher(value.text()).matches()) {
            problems.note(
                    value.position(), told + " is a text here (expected: the modifier expand, where a list is meant)");
        }
        List<String> values = VALUES.get(field);
        if (values != null && modifiers.isPlain() && isNone(value.text(), values)) {
            problems.note(value.position(), told + " is never there (expected: " + String.join(", ", values) + ")");
        }
        if (modifiers.isPlain() && isNobody(source, field, value.text())) {
            problems.note(
                    value.position(), told + " is never there (expected: the name in lower case, or null without one)");
        }
        if (modifiers.isPlain() && isNowhere(field, value.text())) {
            problems.note(value.position(), told + " is never there (expected: null)");
        }
    }

    private static boolean isNobody(LogSource source, Field field, String text) {
        boolean forgotten = source == LogSource.SIGN_INS || source == LogSource.AUDIT;
        return forgotten && IDS.contains(field) && text.equals(EntraEvent.NOBODY);
    }

    private static boolean isNowhere(Field field, String text) {
        IpAddress address = ValueNames.isOfAddresses(field) ? IpAddress.parse(text) : null;
        return address != null && address.isUnspecified();
    }

    /** A version may be written as a number; a code is always a whole one. */
    private static boolean isOfRecords(Field field, String number) {
        boolean whole = field != Field.ERROR_CODE || number.indexOf('.') < 0;
        return whole && NUMBER_OF_RECORDS.matcher(number).matches();
    }

    private static boolean isNone(String text, List<String> values) {
        String literal = Wildcards.literal(text);
        return literal != null && values.stream().noneMatch(literal::equalsIgnoreCase);
    }
}
