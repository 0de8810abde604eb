package io.entrawatch.ingest;

/** A record that cannot become an event; the reader turns it into a dead letter. */
final class RejectedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    RejectedRecordException(String reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
