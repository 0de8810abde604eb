package io.entrawatch.kibana;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a saved object names another one, which Kibana looks up by this name. */
record Reference(String type, String id, String name) {

    Reference in(String panel) {
        return new Reference(type, id, panel + ":" + name);
    }

    ObjectNode json() {
        return Json.object("type", type, "id", id, "name", name);
    }
}
