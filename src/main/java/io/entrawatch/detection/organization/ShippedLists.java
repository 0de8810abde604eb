package io.entrawatch.detection.organization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The lists that every organization has, to which it adds its own values. */
final class ShippedLists {

    /** The tenants that own Microsoft's applications, and Microsoft's own. */
    private static final List<String> MICROSOFT_TENANTS =
            List.of("f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47");

    static final Map<String, List<String>> ALL =
            Map.of("microsoft_tenants", MICROSOFT_TENANTS, "privileged_roles", privilegedRoles());

    private ShippedLists() {}

    private static List<String> privilegedRoles() {
        List<String> roles = new ArrayList<>();
        for (String[] row : CsvResource.rows("privileged-roles.csv")) {
            for (String idOrName : row) {
                if (!roles.contains(idOrName)) {
                    roles.add(idOrName);
                }
            }
        }
        return List.copyOf(roles);
    }
}
