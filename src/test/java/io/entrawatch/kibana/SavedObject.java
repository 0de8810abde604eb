package io.entrawatch.kibana;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The envelope of all that Kibana saves, as Kibana 8.12 and what came after it import it. */
final class SavedObject {

    /** The last version of the envelope; newer Kibanas take it as well. */
    static final String CORE_VERSION = "8.8.0";

    private SavedObject() {}

    /** @param version of the form of its type; Kibana refuses one that it does not know yet */
    static ObjectNode of(String type, String id, String version, List<Reference> references, ObjectNode attributes) {
        return Json.object(
                "type",
                type,
                "id",
                id,
                "coreMigrationVersion",
                CORE_VERSION,
                "typeMigrationVersion",
                version,
                "managed",
                false,
                "references",
                references.stream().map(Reference::json).toList(),
                "attributes",
                attributes);
    }
}
