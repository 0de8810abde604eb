package io.entrawatch.cli;

/** A command cannot be done as it was given. The message says what was expected. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
