package io.entrawatch.ingest.json;

/** A record that cannot become an event; the reader turns it into a dead letter. */
public final class RejectedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public RejectedRecordException(String reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
