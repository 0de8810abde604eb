package io.entrawatch.detection.organization;

import java.io.Serializable;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An attribute that every new account has.
 *
 * @param pattern what the whole value looks like; null where it may be any
 */
public record RequiredAttribute(String name, @Nullable Pattern pattern) implements Serializable {

    boolean isMetBy(@Nullable String value) {
        return value != null && !value.isBlank() && (pattern == null || pattern.matches(value));
    }
}
