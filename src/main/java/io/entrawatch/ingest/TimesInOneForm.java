package io.entrawatch.ingest;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;

/**
 * Adds the times that rules ask for, which some forms of a record have elsewhere or not at all, and some write as no rule
 * reads them.
 */
final class TimesInOneForm {

    private static final Set<Field> TIMES = EnumSet.of(
            Field.ENVELOPE_TIME,
            Field.CREATED_AT,
            Field.ACTIVITY_AT,
            Field.DETECTED_AT,
            Field.RISK_UPDATED_AT,
            Field.RISK_LAST_UPDATED_AT,
            Field.CREATED_ON,
            Field.UPDATED_ON);

    private final Field[] asked;

    /** @param asked the fields that rules ask for, not those that every record is read with */
    TimesInOneForm(Set<Field> asked) {
        this.asked = asked.stream().filter(TIMES::contains).toArray(Field[]::new);
    }

    void add(LogKind kind, FieldValues fields, @Nullable String envelopeTime, long at) {
        for (Field field : asked) {
            String own = fields.first(field);
            String written = own == null && field == Field.ENVELOPE_TIME ? envelopeTime : own;
            String text = isIso(written) ? written : inIso(written, isOfEvent(kind, field) ? at : null);
            if (text != null && !text.equals(own)) {
                fields.set(field, text);
            }
        }
    }

    private static boolean isIso(@Nullable String time) {
        return time != null && time.length() > 10 && time.charAt(4) == '-' && time.charAt(7) == '-';
    }

    private static @Nullable String inIso(@Nullable String written, @Nullable Long ofEvent) {
        Long read = EventTimes.parse(written);
        Long at = read == null ? ofEvent : read;
        return at == null ? null : Instant.ofEpochMilli(at).toString();
    }

    /** Whether a time is that of the event, and so known of every record. */
    private static boolean isOfEvent(LogKind kind, Field time) {
        return time == Field.ENVELOPE_TIME
                || (time == Field.CREATED_AT && kind.isSignIn())
                || (time == Field.ACTIVITY_AT && kind == LogKind.AUDIT);
    }
}
