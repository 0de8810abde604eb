package io.entrawatch.ingest;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.LongText;
import io.entrawatch.ingest.json.RejectedRecordException;

/** Makes dead letters of records as they were written, within their bounds. */
final class DeadLetters {

    static final String UNOPENED = "a closing bracket without its list";

    /** A detail names a value of the record, which may be as long as the record. */
    private static final int LONGEST_DETAIL = 1_000;

    private DeadLetters() {}

    static Decoded dead(
            RejectedRecordException why, String source, String position, byte[] bytes, int offset, int length) {
        return dead(why.reason(), String.valueOf(why.getMessage()), source, position, bytes, offset, length);
    }

    static Decoded dead(
            String reason, String detail, String source, String position, byte[] bytes, int offset, int length) {
        String text = DeadLetter.beginningOf(bytes, offset, length);
        return Decoded.of(new DeadLetter(reason, LongText.cut(detail, LONGEST_DETAIL), source, position, text));
    }
}
