package io.entrawatch.kibana;

/** How a saved object names another one, which Kibana looks up by this name. */
record Reference(String type, String id, String name) {

    Reference in(String panel) {
        return new Reference(type, id, panel + ":" + name);
    }

    Json json() {
        return Json.of("type", type).and("id", id).and("name", name);
    }
}
