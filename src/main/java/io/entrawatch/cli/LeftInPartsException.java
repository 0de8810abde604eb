package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Path;

/** A job has ended well, and what it found could not be put together. It is still there, in the parts that its subtasks wrote. */
final class LeftInPartsException extends IOException {

    private static final long serialVersionUID = 1L;

    LeftInPartsException(Path parts, Throwable cause) {
        super("the results cannot be written: " + cause.getMessage() + " (what was found is in " + parts + ")", cause);
    }
}
