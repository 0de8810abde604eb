package io.entrawatch.detection.organization;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * People whose work does not take them anywhere else.
 *
 * @param users ids and user principal names, in lower case
 */
public record StationaryGroup(String name, Set<String> users, Whereabouts home) implements Serializable {

    boolean includes(@Nullable String idOrName) {
        return idOrName != null && users.contains(idOrName.toLowerCase(Locale.ROOT));
    }
}
