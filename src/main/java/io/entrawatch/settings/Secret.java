package io.entrawatch.settings;

import java.io.Serializable;

/** A password or key. Prints as stars, so that it reaches no log and no page by mistake. */
public final class Secret implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The secret itself, for the one who has to send it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
