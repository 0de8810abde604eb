package io.entrawatch.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Function;

import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers and days of options, and tells what was expected in the words of who types them. */
final class PlainValues {

    private PlainValues() {}

    static CommandLine readBy(CommandLine command) {
        ITypeConverter<Integer> number = reading(Integer::valueOf, "a whole number up to " + Integer.MAX_VALUE);
        ITypeConverter<Long> large = reading(Long::valueOf, "a whole number up to " + Long.MAX_VALUE);
        return command.registerConverter(int.class, number)
                .registerConverter(Integer.class, number)
                .registerConverter(long.class, large)
                .registerConverter(Long.class, large)
                .registerConverter(LocalDate.class, reading(LocalDate::parse, "a day such as 2026-03-02"));
    }

    private static <T> ITypeConverter<T> reading(Function<String, T> reader, String expected) {
        return text -> {
            try {
                return reader.apply(text);
            } catch (NumberFormatException | DateTimeException e) {
                throw new TypeConversionException("'" + text + "' (expected: " + expected + ")");
            }
        };
    }
}
