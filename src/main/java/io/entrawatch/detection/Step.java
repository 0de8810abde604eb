package io.entrawatch.detection;

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.rule.Rule;

/**
 * A rule as part of a detection.
 *
 * @param group the fields to group its events by
 */
public record Step(Rule rule, List<Field> group) implements Serializable {

    /** Separates the parts of a key; taken out of values before. */
    public static final char SEPARATOR = '\u001f';

    /** The key of an event's group: the detection, the tenant and the group's values; null where one is missing. */
    public @Nullable String key(String detection, EntraEvent event) {
        StringBuilder key = new StringBuilder(160);
        key.append(detection).append(SEPARATOR).append(event.tenant());
        for (Field field : group) {
            String value = event.text(field);
            if (value == null || value.isEmpty()) {
                return null;
            }
            key.append(SEPARATOR).append(value.indexOf(SEPARATOR) < 0 ? value : value.replace(SEPARATOR, ' '));
        }
        return key.toString();
    }
}
