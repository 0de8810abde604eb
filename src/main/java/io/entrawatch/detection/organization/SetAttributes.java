package io.entrawatch.detection.organization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;

/**
 * The attributes that an audit record sets.
 *
 * @param values by name in lower case
 */
record SetAttributes(Map<String, String> values) {

    private static final String NAME_END = ": ";
    private static final String ARROW = " -> ";

    /** Read from {@link Field#CHANGES}. */
    static SetAttributes of(EntraEvent event) {
        Map<String, String> values = new HashMap<>();
        String @Nullable [] changes = event.fields().all(Field.CHANGES);
        if (changes != null) {
            for (String change : changes) {
                int name = change.indexOf(NAME_END);
                int arrow = change.indexOf(ARROW, Math.max(0, name));
                if (name > 0 && arrow > 0) {
                    values.put(
                            change.substring(0, name).toLowerCase(Locale.ROOT),
                            change.substring(arrow + ARROW.length()).strip());
                }
            }
        }
        return new SetAttributes(values);
    }

    String[] missing(TenantProfile profile) {
        return required(profile, false);
    }

    String[] present(TenantProfile profile) {
        return required(profile, true);
    }

    private String[] required(TenantProfile profile, boolean met) {
        List<String> names = new ArrayList<>();
        for (RequiredAttribute attribute : profile.expected().requiredAttributes()) {
            if (attribute.isMetBy(values.get(attribute.name().toLowerCase(Locale.ROOT))) == met) {
                names.add(attribute.name());
            }
        }
        return names.toArray(String[]::new);
    }
}
