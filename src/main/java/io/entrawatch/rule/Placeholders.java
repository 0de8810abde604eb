package io.entrawatch.rule;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The lists that {@code %placeholders%} stand for. */
public interface Placeholders {

    /** The tenants that have lists of their own. */
    Set<String> tenants();

    /** A tenant's list, or what all tenants share where it has none. */
    Optional<List<String>> list(String tenant, String name);

    /** The list of every tenant that has none of its own. */
    Optional<List<String>> shared(String name);

    /** Whether any tenant has a list of this name. */
    default boolean isKnownToSomebody(String name) {
        return shared(name).isPresent()
                || tenants().stream().anyMatch(tenant -> list(tenant, name).isPresent());
    }
}
