package io.entrawatch.ingest.json;

/** Says what stands in a record where JSON has something else. */
final class NotJson {

    private NotJson() {}

    /** @param c the byte that was found; negative at the end */
    static RejectedRecordException unexpected(int c, String expected) {
        boolean visible = c > ' ' && c < 0x7f;
        String found = c < 0 ? "the end" : visible ? "'" + (char) c + "'" : "byte 0x" + Integer.toHexString(c);
        return new RejectedRecordException("not-json", found + " (expected: " + expected + ")");
    }
}
