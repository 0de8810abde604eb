package io.entrawatch.kibana;

import java.util.List;

/** The envelope of all that Kibana saves, as Kibana 8.12 and what came after it import it. */
final class SavedObject {

    /** The last version of the envelope; newer Kibanas take it as well. */
    static final String CORE_VERSION = "8.8.0";

    private SavedObject() {}

    /** @param version of the form of its type; Kibana refuses one that it does not know yet */
    static Json of(String type, String id, String version, List<Reference> references, Json attributes) {
        return Json.of("type", type)
                .and("id", id)
                .and("coreMigrationVersion", CORE_VERSION)
                .and("typeMigrationVersion", version)
                .and("managed", false)
                .and("references", references.stream().map(Reference::json).toList())
                .and("attributes", attributes);
    }
}
