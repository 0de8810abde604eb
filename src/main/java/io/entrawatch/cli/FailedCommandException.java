package io.entrawatch.cli;

import java.io.IOException;

/** A command was given well and could not be finished. The message says why, and what there is of its results. */
class FailedCommandException extends IOException {

    private static final long serialVersionUID = 1L;

    FailedCommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
