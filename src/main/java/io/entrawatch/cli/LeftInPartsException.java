package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Path;

import io.entrawatch.yaml.FileReason;

/** A job has ended well, and what it found could not be put together. It is still there, in the parts that its subtasks wrote. */
final class LeftInPartsException extends FailedCommandException {

    private static final long serialVersionUID = 1L;

    LeftInPartsException(Path parts, Throwable cause) {
        super("the results cannot be written: " + reasonOf(cause) + " (what was found is in " + parts + ")", cause);
    }

    private static String reasonOf(Throwable cause) {
        return cause instanceof IOException failure ? FileReason.named(failure) : String.valueOf(cause.getMessage());
    }
}
