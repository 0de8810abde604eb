package io.entrawatch.yaml;

/** One thing that is wrong with a file, printed as {@code file:line:column: message}. */
public record Problem(Position at, String message) {

    @Override
    public String toString() {
        return Printable.of(at + ": " + message);
    }
}
