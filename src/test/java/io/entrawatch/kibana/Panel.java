package io.entrawatch.kibana;

import java.util.List;

/** A part of a dashboard. */
interface Panel {

    String title();

    /**
     * What the dashboard keeps of it, but for its title and its place.
     *
     * @param panel its id in the dashboard
     */
    Json json(String panel);

    List<Reference> references(String panel);
}
