package io.entrawatch.cli;

import java.time.Duration;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.entrawatch.yaml.Durations;

/** Time spans as rules write them: {@code 30s}, {@code 5m}, {@code 24h}, {@code 7d}. */
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        Duration duration = Durations.parse(text);
        if (duration == null) {
            throw new TypeConversionException(text + " (expected: a time span such as 30s, 5m, 24h or 7d)");
        }
        return duration;
    }
}
