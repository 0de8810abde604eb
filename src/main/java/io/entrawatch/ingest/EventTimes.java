package io.entrawatch.ingest;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the ways in which Entra's exports write a time: ISO 8601 with up to nine decimals, with a blank instead of the
 * T, with and without a zone (none is UTC), the American {@code 8/22/2022 6:07:16 PM}, and {@code /Date(1661191636000)/} of
 * older PowerShell.
 */
final class EventTimes {

    /** Entra is younger; older and later times are defaults or mistakes. */
    private static final long EARLIEST =
            LocalDateTime.of(2000, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    private static final long LATEST =
            LocalDateTime.of(2100, 1, 1, 0, 0).toInstant(ZoneOffset.UTC).toEpochMilli();

    private static final DateTimeFormatter ISO_WITH_BLANK = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[ ]['T']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[ ][XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter AMERICAN = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("M/d/uuuu[,] [h:mm[:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("] a][H:mm[:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("]][ ][XXX]")
            .toFormatter(Locale.US)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern SINCE_1970 = Pattern.compile("/Date\\((\\d{1,15})([+-]\\d{4})?\\)/");

    /** What some programs write before AM and PM. */
    private static final Pattern UNUSUAL_BLANK = Pattern.compile("[\\u202f\\u00a0]");

    private static final Pattern NAME_OF_ZONE = Pattern.compile("(?i) ?(UTC|GMT)$");

    private EventTimes() {}

    /** Milliseconds since 1970 UTC, or null where the text is no time between 2000 and 2100. */
    static @Nullable Long parse(@Nullable String text) {
        if (text == null || text.length() < 8) {
            return null;
        }
        long millis = isoMillis(text);
        if (millis == Long.MIN_VALUE) {
            Long usual = parseSlowly(text.strip());
            Long slow = usual == null ? parseUnusual(text) : usual;
            if (slow == null) {
                return null;
            }
            millis = slow;
        }
        return millis >= EARLIEST && millis < LATEST ? millis : null;
    }

    /** The form nearly every record has, {@code 2026-03-02T09:15:42.1234567Z}, without a formatter's objects. */
    private static long isoMillis(String text) {
        int length = text.length();
        if (length < 20
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(length - 1) != 'Z') {
            return Long.MIN_VALUE;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || minute < 0 || second < 0) {
            return Long.MIN_VALUE;
        }
        boolean leap = IsoChronology.INSTANCE.isLeapYear(year);
        if (day > Month.of(month).length(leap) || hour > 23 || minute > 59 || second > 59) {
            return Long.MIN_VALUE;
        }
        int millis = 0;
        if (length > 20) {
            if (text.charAt(19) != '.' || length < 22) {
                return Long.MIN_VALUE;
            }
            int scale = 100;
            for (int i = 20; i < length - 1; i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return Long.MIN_VALUE;
                }
                millis += digit * scale;
                scale /= 10;
            }
        }
        return (daysSince1970(year, month, day) * 86_400L + hour * 3_600L + minute * 60L + second) * 1_000L + millis;
    }

    /** Days of the civil calendar, counted from March so that the leap day is the last of its year. */
    private static long daysSince1970(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Tried last, because hardly any record has it. */
    private static @Nullable Long parseUnusual(String written) {
        String text = UNUSUAL_BLANK.matcher(written).replaceAll(" ").strip();
        Matcher since1970 = SINCE_1970.matcher(text);
        return since1970.matches()
                ? Long.valueOf(since1970.group(1))
                : parseSlowly(NAME_OF_ZONE.matcher(text).replaceFirst(""));
    }

    private static @Nullable Long parseSlowly(String text) {
        DateTimeFormatter formatter = text.indexOf('/') > 0 ? AMERICAN : ISO_WITH_BLANK;
        try {
            TemporalAccessor time = formatter.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime offset
                    ? offset.toInstant().toEpochMilli()
                    : LocalDateTime.from(time).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }
}
